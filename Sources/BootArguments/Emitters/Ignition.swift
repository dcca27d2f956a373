internal import SourceText

extension BootTarget {
  /// Ignition 3.3 or newer (Fedora CoreOS, RHEL CoreOS, Flatcar): applied at a machine's first boot.
  static let ignition = BootTarget(
    name: "ignition",
    title: "Ignition config (JSON)",
    place: "the machine's Ignition config",
    comment: nil,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      var lists = [list("shouldExist", request.arguments.map { $0.word })]
      // Only whole arguments can be named, so only those that a host is known to have.
      if !request.goingWords.isEmpty {
        lists.append(list("shouldNotExist", request.goingWords))
      }
      return """
        {
          "ignition": { "version": "3.3.0" },
          "kernelArguments": {
        \(lists.joined(separator: ",\n"))
          }
        }

        """
    },
    apply: { _ in ["# give it to the machine at its first boot, which reboots once"] },
    rollback: { request in
      [
        "# take the arguments out of the config for machines to come",
        "# on a machine that has booted: see --for rpm-ostree --rollback",
      ]
    },
    notes: { _ in ["Ignition runs at the first boot only; merge it into the machine's config"] },
    parse: { (file, bytes) throws(LocatedError) in
      try IgnitionConfig.parse(file: file, bytes)
    }
  )

  private static func list(_ key: String, _ words: [String]) -> String {
    let items = words.map { "      " + JSONText.string($0) }.joined(separator: ",\n")
    return "    \"\(key)\": [\n\(items)\n    ]"
  }
}

/// `kernelArguments.shouldExist` of an Ignition config.
enum IgnitionConfig {
  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    guard case .object(let root) = try JSONText.parse(file: file, bytes) else {
      throw failure(file, bytes, 0, "an Ignition config is an object")
    }
    guard root.value("ignition") != nil else {
      throw failure(file, bytes, root.open, "no key ignition: this is no Ignition config")
    }
    var empty = BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: adding("kernelArguments", to: root, in: bytes) { words in
        "{ \"shouldExist\": [\(words)] }"
      }
    )
    guard let (start, value) = root.value("kernelArguments") else { return empty }
    guard case .object(let arguments) = value else {
      throw failure(file, bytes, start, "kernelArguments must be an object")
    }
    empty.insertion = adding("shouldExist", to: arguments, in: bytes) { "[\($0)]" }
    guard let (listStart, listValue) = arguments.value("shouldExist") else { return empty }
    guard case .array(let list, true) = listValue else {
      throw failure(file, bytes, listStart, "shouldExist must be a list of strings")
    }
    guard list.items.count <= QuotedItems.limit else {
      throw failure(file, bytes, list.open, "more than \(QuotedItems.limit) arguments")
    }
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: list.fragments(in: bytes) { JSONText.string($0) },
      insertion: list.insertion(in: bytes) { JSONText.string($0) }
    )
  }

  private static func adding(
    _ key: String,
    to object: JSONText.JSONObject,
    in bytes: [UInt8],
    render: @escaping @Sendable (String) -> String
  ) -> BootFile.Insertion {
    guard let first = object.members.first?.keyStart else {
      return .text(at: object.open + 1) { arguments in
        "\"\(key)\": " + render(words(arguments))
      }
    }
    // In front of the first key and laid out like it.
    let gap = String(decoding: bytes[(object.open + 1)..<first], as: UTF8.self)
    return .text(at: first) { arguments in
      "\"\(key)\": " + render(words(arguments)) + "," + (gap.isEmpty ? " " : gap)
    }
  }

  private static func words(_ arguments: [BootArgument]) -> String {
    arguments.map { JSONText.string($0.word) }.joined(separator: ", ")
  }

  private static func failure(
    _ file: String,
    _ bytes: [UInt8],
    _ offset: Int,
    _ problem: String
  ) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
