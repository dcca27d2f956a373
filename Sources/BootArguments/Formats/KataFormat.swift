internal import SourceText

extension KernelArgumentFormat {
  /// Kata Containers' configuration.toml: `kernel_params` of each hypervisor's guests.
  static let kata = KernelArgumentFormat(
    name: "kata",
    title: "Kata Containers configuration.toml",
    documentation: FormatRow(
      recognizedBy: "`kernel_params` and a section `[hypervisor.…]`",
      read: "`kernel_params` of each hypervisor",
      notRead: "annotations"
    ),
    markers: .kernelParameters,
    recognizes: { sample in
      sample.hasLine(beginning: "kernel_params", indented: false)
        && sample.hasLine(beginning: "[hypervisor.", indented: false)
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      var section: String?
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first else { continue }
        if bytes[first] == UInt8(ascii: "[") {
          let name = bytes[content].dropFirst().prefix { $0 != UInt8(ascii: "]") }
          section = String(decoding: name, as: UTF8.self)
          continue
        }
        let name = bytes[content].prefix { $0 != UInt8(ascii: "=") && !TextLine.isBlank($0) }
        guard name.elementsEqual("kernel_params".utf8),
          let equals = bytes[content].firstIndex(of: UInt8(ascii: "="))
        else { continue }
        let value = line.trimmed(from: equals + 1)
        guard let quote = value.first.map({ bytes[$0] }),
          quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { continue }
        let item = try TOMLText.string(
          file: sample.path,
          bytes,
          at: value.lowerBound
        )
        guard !item.text.isEmpty else { continue }
        lists.append(
          ArgumentList(
            title: section,
            fragments: [item.fragment],
            isComplete: false
          )
        )
      }
      return lists
    }
  )
}
