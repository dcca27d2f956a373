internal import SourceText

extension KernelArgumentFormat {
  /// Ignition configs: `kernelArguments.shouldExist`.
  static let ignitionConfig = KernelArgumentFormat(
    name: "ignition",
    title: "Ignition config (JSON)",
    documentation: FormatRow(
      recognizedBy: "an object with `ignition` and `kernelArguments`",
      read: "`shouldExist`",
      notRead: "`shouldNotExist`, files inside"
    ),
    markers: .ignition,
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "{") && sample.markers.contains(.kernelArguments)
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      try IgnitionConfig(file: file, bytes: bytes).list()
    }
  )
}

private struct IgnitionConfig {
  let file: String
  let bytes: [UInt8]

  func list() throws(LocatedError) -> ArgumentList {
    guard case .object(let root) = try JSONText.parse(file: file, bytes) else {
      throw failure(at: 0, "an Ignition config is an object")
    }
    guard root.value("ignition") != nil else {
      throw failure(at: root.open, "no key ignition: this is no Ignition config")
    }
    guard let (start, value) = root.value("kernelArguments") else {
      return adding("kernelArguments", to: root) { "{ \"shouldExist\": [\($0)] }" }
    }
    guard case .object(let arguments) = value else {
      throw failure(at: start, "kernelArguments must be an object")
    }
    guard let (listStart, listValue) = arguments.value("shouldExist") else {
      return adding("shouldExist", to: arguments) { "[\($0)]" }
    }
    guard case .array(let list, true) = listValue else {
      throw failure(at: listStart, "shouldExist must be a list of strings")
    }
    guard list.items.count <= QuotedItems.limit else {
      throw failure(at: list.open, "more than \(QuotedItems.limit) arguments")
    }
    return ArgumentList(quoted: list, in: bytes) { JSONText.string($0) }
  }

  private func adding(
    _ key: String,
    to object: JSONText.JSONObject,
    render: @escaping @Sendable (String) -> String
  ) -> ArgumentList {
    @Sendable func member(_ arguments: [BootArgument]) -> String {
      let words = arguments.map { JSONText.string($0.word) }.joined(separator: ", ")
      return "\"\(key)\": " + render(words)
    }
    guard let first = object.members.first?.keyStart else {
      return ArgumentList(missing: .text(at: object.open + 1) { member($0) })
    }
    // In front of the first key and laid out like it.
    let gap = String(decoding: bytes[(object.open + 1)..<first], as: UTF8.self)
    return ArgumentList(
      missing: .text(at: first) { member($0) + "," + (gap.isEmpty ? " " : gap) }
    )
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
