internal import SourceText

extension KernelArgumentFormat {
  /// The `bootloader` role of the Linux System Roles, in plays and in files of variables.
  static let ansibleRole = KernelArgumentFormat(
    name: "ansible",
    title: "Ansible, bootloader system role",
    documentation: FormatRow(
      recognizedBy: "a key `bootloader_settings`",
      read: "`options` with name and value, for each kernel",
      notRead: "`state: absent` of an option or a kernel, templates"
    ),
    markers: .bootloaderRole,
    recognizes: { sample in
      sample.hasSuffix(".yml", ".yaml", ".json")
        && (sample.hasLine(beginning: "bootloader_settings:")
          || sample.hasLine(beginning: "- bootloader_settings:")
          || sample.hasLine(beginning: "\"bootloader_settings\""))
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      try BootloaderRole(search: search).lists()
    }
  )
}

/// The `bootloader_settings` of the bootloader system role: arguments as `name` and `value`.
struct BootloaderRole {
  private let search: YAMLSearch
  private var text: YAMLText { search.text }

  init(search: YAMLSearch) { self.search = search }

  /// An item of `options`. Values are quoted, so that YAML makes no booleans or numbers of them.
  static func option(
    _ name: String,
    _ value: String?,
    state: String = "present",
    indent: Int,
    lineBreak: String = "\n"
  ) -> String {
    var lines = ["- name: \(quoted(name))"]
    if let value { lines.append("  value: \(quoted(value))") }
    lines.append("  state: \(state)")
    return lines.map { String(repeating: " ", count: indent) + $0 + lineBreak }.joined()
  }

  private static func quoted(_ text: String) -> String {
    let encoded = YAMLText.encode(text)
    return encoded.hasPrefix("\"") || encoded.contains("=") ? encoded : "\"\(encoded)\""
  }

  /// The options of all settings, wherever a play, a task or a file of variables has them.
  func lists() throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    for place in search.places() {
      guard let settings = YAMLSearch.value("bootloader_settings", of: place.node) else { continue }
      // Else a template that some other file fills, or the description of the role's variables.
      guard let kernels = settings.sequence else {
        let why = "bootloader_settings must be a list"
        lists.append(ArgumentList(missing: .refused(text.failure(at: settings, why))))
        continue
      }
      for kernel in kernels {
        guard YAMLText.string("state", of: kernel) != "absent",
          let options = YAMLSearch.value("options", of: kernel), !YAMLText.isEmpty(options)
        else { continue }
        guard let items = options.sequence else {
          let why = "options must be a list"
          lists.append(ArgumentList(missing: .refused(text.failure(at: options, why))))
          continue
        }
        guard items.count <= QuotedItems.limit else {
          throw text.failure(at: settings, "more than \(QuotedItems.limit) arguments")
        }
        lists.append(
          ArgumentList(
            title: YAMLSearch.value("kernel", of: kernel)?.scalar?.string ?? place.title,
            fragments: items.compactMap { fragment($0) },
            isComplete: false,
            insertion: insertion(into: options),
            whenEmpty: items.isEmpty || text.isFlow(options)
              ? nil : text.emptyList(under: text.lineStart(of: text.offset(of: options)))
          )
        )
      }
    }
    return lists
  }

  private func fragment(_ item: YAMLTree) -> ArgumentFragment? {
    guard YAMLText.string("state", of: item) != "absent",
      let nameNode = YAMLText.entry("name", of: item)?.value, let name = text.scalar(nameNode)
    else { return nil }
    let value = YAMLText.entry("value", of: item).flatMap { text.scalar($0.value) }
    var argument = name.text
    var offsets = Array(name.offsets.dropLast())
    if let value {
      let needsQuotes = value.text.utf8.contains(0x20)
      argument += needsQuotes ? "=\"\(value.text)\"" : "=" + value.text
      let start = value.offsets[0]
      let lead = Array(repeating: start, count: needsQuotes ? 2 : 1)
      offsets += lead + value.offsets.dropLast() + (needsQuotes ? [start] : [])
    }
    let isPlain = name.isPlainToEdit && value?.isPlainToEdit != false
    return ArgumentFragment(
      text: argument,
      offsets: offsets + [offsets.last ?? name.offsets[0]],
      range: value?.range ?? name.range,
      removal: isPlain ? ArgumentFragment.Removal(lines(of: item)) : nil,
      rewriting: value != nil && isPlain
        ? .whole { Self.quoted(CommandLine($0).arguments.first?.value ?? "") }
        : .refused("give this option a value in one line")
    )
  }

  /// From an item's dash to the end of its last line.
  private func lines(of item: YAMLTree) -> Range<Int> {
    let start = text.lineStart(of: text.offset(of: item))
    var end = text.offset(of: item)
    for (_, value) in item.mapping ?? [] {
      end = max(end, text.scalar(value)?.range.upperBound ?? text.offset(of: value))
    }
    let next = text.bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.bytes.count
    return start..<next
  }

  private func insertion(into list: YAMLTree) -> ArgumentInsertion {
    guard let last = list.sequence?.last, !text.isFlow(list) else {
      return .refused(text.failure(at: list, "write options as a block list, an item a line"))
    }
    let item = text.offset(of: last)
    let lead = text.bytes[text.lineStart(of: item)..<item]
    let indent = lead.prefix { $0 == 0x20 }.count
    guard lead.dropFirst(indent).elementsEqual("- ".utf8) else {
      return .refused(text.failure(at: item, "begin each option with - on a line of its own"))
    }
    let end = lines(of: last).upperBound
    let needsBreak = end > 0 && text.bytes[end - 1] != 0x0A
    let lineBreak = text.lineBreak(of: item)
    return .text(at: end) { arguments in
      (needsBreak ? lineBreak : "")
        + arguments.map {
          Self.option($0.name, $0.value, indent: indent, lineBreak: lineBreak)
        }
        .joined()
    }
  }
}
