internal import SourceText
internal import Yams

/// The `bootloader_settings` of the bootloader system role: arguments as `name` and `value`.
struct BootloaderRole {
  let text: YAMLText

  /// An item of `options`. Values are quoted, so that YAML makes no booleans or numbers of them.
  static func option(_ argument: BootArgument, indent: Int, lineBreak: String = "\n") -> String {
    var lines = ["- name: \(quoted(argument.name))"]
    if let value = argument.value { lines.append("  value: \(quoted(value))") }
    lines.append("  state: present")
    return lines.map { String(repeating: " ", count: indent) + $0 + lineBreak }.joined()
  }

  static func absent(_ name: String, _ value: String?, indent: Int) -> String {
    var lines = ["- name: \(quoted(name))"]
    if let value { lines.append("  value: \(quoted(value))") }
    lines.append("  state: absent")
    return lines.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    let encoded = YAMLText.encode(text)
    return encoded.hasPrefix("\"") || encoded.contains("=") ? encoded : "\"\(encoded)\""
  }

  func bootFile() throws(LocatedError) -> BootFile {
    var options: [Node] = []
    var left = 100_000
    for document in text.documents { try find(in: document, depth: 0, &left, &options) }
    guard let last = options.last else {
      throw LocatedError("no bootloader_settings with a list of options in here", file: text.file)
    }
    var fragments: [BootFile.Fragment] = []
    for list in options {
      for item in list.sequence.map(Array.init) ?? [] {
        if let fragment = try fragment(item) { fragments.append(fragment) }
      }
    }
    return BootFile(
      file: text.file,
      bytes: text.bytes,
      fragments: fragments,
      insertion: insertion(into: last),
      whenEmpty: emptied(last)
    )
  }

  /// Collects the `options` of all settings, wherever a play, a task or a file of variables has
  /// them.
  private func find(
    in node: Node,
    depth: Int,
    _ left: inout Int,
    _ found: inout [Node]
  ) throws(LocatedError) {
    left -= 1
    guard left > 0, depth < 64 else { throw text.failure(at: node, "too large to search") }
    if let settings = YAMLText.entry("bootloader_settings", of: node)?.value {
      guard let kernels = settings.sequence else {
        throw text.failure(at: settings, "bootloader_settings must be a list")
      }
      for kernel in kernels {
        guard let options = YAMLText.entry("options", of: kernel)?.value,
          !YAMLText.isEmpty(options)
        else { continue }
        guard options.sequence != nil else {
          throw text.failure(at: options, "options must be a list")
        }
        found.append(options)
      }
    }
    for item in node.sequence.map(Array.init) ?? [] {
      try find(in: item, depth: depth + 1, &left, &found)
    }
    for (_, value) in node.mapping.map(Array.init) ?? [] {
      try find(in: value, depth: depth + 1, &left, &found)
    }
  }

  func fragment(_ item: Node) throws(LocatedError) -> BootFile.Fragment? {
    guard item.mapping != nil else { throw text.failure(at: item, "an option is a mapping") }
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
    let lines = lines(of: item)
    let isPlain = name.isPlainToEdit && value?.isPlainToEdit != false
    return BootFile.Fragment(
      text: argument,
      offsets: offsets + [offsets.last ?? name.offsets[0]],
      range: value?.range ?? name.range,
      removal: isPlain ? BootFile.Removal(lines) : nil,
      rewriting: value != nil && isPlain
        ? .whole { Self.quoted(CommandLine($0).arguments.first?.value ?? "") }
        : .refused("give this option a value in one line")
    )
  }

  /// From an item's dash to the end of its last line.
  private func lines(of item: Node) -> Range<Int> {
    let start = text.lineStart(of: text.offset(of: item))
    var end = text.offset(of: item)
    for (_, value) in item.mapping.map(Array.init) ?? [] {
      end = max(end, text.scalar(value)?.range.upperBound ?? text.offset(of: value))
    }
    let next = text.bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.bytes.count
    return start..<next
  }

  /// A list with nothing in it would be no list any more.
  private func emptied(_ list: Node) -> TextEdit? {
    let start = text.lineStart(of: text.offset(of: list))
    guard start > 0, list.sequence?.isEmpty == false else { return nil }
    let keyEnd = text.lineEnd(of: text.lineStart(of: start - 1))
    guard keyEnd > 0, text.bytes[keyEnd - 1] == UInt8(ascii: ":") else { return nil }
    return TextEdit(range: keyEnd..<keyEnd, text: " []")
  }

  private func insertion(into list: Node) -> BootFile.Insertion {
    let place = text.offset(of: list)
    guard let last = list.sequence?.last, !text.isFlow(list) else {
      return .refused(at: place, why: "write options as a block list, an item a line")
    }
    let item = text.offset(of: last)
    let lead = text.bytes[text.lineStart(of: item)..<item]
    let indent = lead.prefix { $0 == 0x20 }.count
    guard lead.dropFirst(indent).elementsEqual("- ".utf8) else {
      return .refused(at: item, why: "begin each option with - on a line of its own")
    }
    let end = lines(of: last).upperBound
    let needsBreak = end > 0 && text.bytes[end - 1] != 0x0A
    let lineBreak = text.lineBreak(of: item)
    return .text(at: end) { arguments in
      (needsBreak ? lineBreak : "")
        + arguments.map { Self.option($0, indent: indent, lineBreak: lineBreak) }.joined()
    }
  }
}
