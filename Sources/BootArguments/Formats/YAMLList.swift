internal import SourceText
internal import Yams

/// A list of kernel arguments in a YAML document, by the keys that lead to it.
struct YAMLList {
  let text: YAMLText
  let root: Node
  let path: [String]

  /// Finds the list, or the place where it belongs, and reads the items that are kernel arguments
  /// (Talos marks removals with `-`).
  func bootFile(
    isArgument: (String) -> Bool = { _ in true }
  ) throws(LocatedError) -> BootFile {
    var node = root
    for (depth, key) in path.enumerated() {
      guard node.mapping != nil else {
        throw text.failure(at: node, "expected a mapping with \(key) in it")
      }
      guard let entry = YAMLText.entry(key, of: node) else {
        return file([], try addingKeys(Array(path[depth...]), to: node, isRoot: depth == 0))
      }
      if YAMLText.isEmpty(entry.value) {
        return file([], filling(entry.key, with: Array(path[(depth + 1)...])))
      }
      node = entry.value
    }
    guard let sequence = node.sequence else {
      throw text.failure(at: node, "\(path.joined(separator: ".")) must be a list")
    }
    return try read(sequence, at: node, isArgument)
  }

  private func file(
    _ fragments: [BootFile.Fragment],
    _ insertion: BootFile.Insertion,
    whenEmpty: TextEdit? = nil
  ) -> BootFile {
    BootFile(
      file: text.file,
      bytes: text.bytes,
      fragments: fragments,
      insertion: insertion,
      whenEmpty: whenEmpty
    )
  }

  // MARK: An existing list

  private func read(
    _ sequence: Node.Sequence,
    at node: Node,
    _ isArgument: (String) -> Bool
  ) throws(LocatedError) -> BootFile {
    guard sequence.count <= QuotedItems.limit else {
      throw text.failure(at: node, "more than \(QuotedItems.limit) arguments")
    }
    var items: [YAMLText.Scalar] = []
    for item in sequence {
      guard let scalar = text.scalar(item) else {
        throw text.failure(at: item, "an item of \(path.joined(separator: ".")) must be a text")
      }
      items.append(scalar)
    }
    return text.isFlow(node)
      ? try flow(items, open: text.offset(of: node), isArgument)
      : block(items, isArgument)
  }

  private func flow(
    _ items: [YAMLText.Scalar],
    open: Int,
    _ isArgument: (String) -> Bool
  ) throws(LocatedError) -> BootFile {
    guard !items.contains(where: { !$0.isPlainToEdit }) else {
      throw text.failure(at: open, "write each argument in one line")
    }
    var close = items.last?.range.upperBound ?? open + 1
    while close < text.bytes.count, text.bytes[close] != UInt8(ascii: "]") {
      close = text.bytes[close] == UInt8(ascii: "#") ? text.lineEnd(of: close) : close + 1
    }
    let list = QuotedItems(
      open: open,
      close: close,
      items: items.map { QuotedItem($0) },
      separator: ","
    )
    let fragments = list.fragments(in: text.bytes) { YAMLText.encode($0) }
    return file(
      zip(fragments, items).filter { isArgument($0.1.text) }.map { $0.0 },
      list.insertion(in: text.bytes) { YAMLText.encode($0) }
    )
  }

  private func block(
    _ items: [YAMLText.Scalar],
    _ isArgument: (String) -> Bool
  ) -> BootFile {
    let fragments = items.filter { isArgument($0.text) }.map { item in
      let line = line(of: item)
      return BootFile.Fragment(
        text: item.text,
        offsets: item.offsets,
        range: item.range,
        removal: item.isPlainToEdit ? BootFile.Removal(line) : nil,
        rewriting: item.isPlainToEdit
          ? .whole { YAMLText.encode($0) }
          : .refused("this argument is written over several lines; write it in one")
      )
    }
    guard let last = items.last else { return file([], .refused(at: 0, why: "an empty list")) }
    let start = text.lineStart(of: last.offsets[0])
    let lead = text.bytes[start..<last.offsets[0]].prefix { $0 == 0x20 || $0 == 0x2D }
    guard last.isPlainToEdit, lead.count(where: { $0 == 0x2D }) == 1 else {
      return file(
        fragments,
        .refused(at: last.offsets[0], why: "write the last item of this list in one line")
      )
    }
    let prefix = String(decoding: lead, as: UTF8.self)
    let lineBreak = text.lineBreak(of: start)
    let end = line(of: last).upperBound
    let needsBreak = text.bytes[end - 1] != 0x0A
    let listStart = items.first.map { text.lineStart(of: $0.offsets[0]) } ?? start
    // A list with nothing in it would be no list any more.
    let keyEnd = listStart > 0 ? text.lineEnd(of: text.lineStart(of: listStart - 1)) : 0
    let hasKeyAbove = keyEnd > 0 && text.bytes[keyEnd - 1] == UInt8(ascii: ":")
    return file(
      fragments,
      .text(at: end) { arguments in
        (needsBreak ? lineBreak : "")
          + arguments.map { prefix + YAMLText.encode($0.word) + lineBreak }.joined()
      },
      whenEmpty: hasKeyAbove && fragments.count == items.count
        ? TextEdit(range: keyEnd..<keyEnd, text: " []") : nil
    )
  }

  /// An item's line with its line break.
  private func line(of item: YAMLText.Scalar) -> Range<Int> {
    let next = text.bytes[item.range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
    return text.lineStart(of: item.range.lowerBound)..<(next ?? text.bytes.count)
  }

  // MARK: A missing list

  /// Behind `key:` with nothing in it.
  private func filling(_ key: Node, with keys: [String]) -> BootFile.Insertion {
    let start = text.offset(of: key)
    let indent = start - text.lineStart(of: start)
    let lineBreak = text.lineBreak(of: start)
    return .text(at: text.lineEnd(of: start)) { arguments in
      lineBreak
        + Self.block(keys, arguments, indent: indent + 2, lineBreak: lineBreak)
        .trimmingSuffix("\n").trimmingSuffix("\r\n")
    }
  }

  private func addingKeys(
    _ keys: [String],
    to node: Node,
    isRoot: Bool
  ) throws(LocatedError) -> BootFile.Insertion {
    guard let first = node.mapping?.first?.key, !text.isFlow(node) else {
      throw text.failure(at: node, "write this mapping in block style, a key a line")
    }
    let firstStart = text.offset(of: first)
    let lineStart = text.lineStart(of: firstStart)
    let indent = firstStart - lineStart
    let lineBreak = text.lineBreak(of: firstStart)
    guard text.bytes[lineStart..<firstStart].allSatisfy({ $0 == 0x20 }) else {
      throw text.failure(at: first, "begin this mapping on a line of its own")
    }
    guard !isRoot else {
      let end = documentEnd(from: firstStart)
      let needsBreak = end > 0 && text.bytes[end - 1] != 0x0A
      return .text(at: end) { arguments in
        (needsBreak ? lineBreak : "")
          + Self.block(keys, arguments, indent: indent, lineBreak: lineBreak)
      }
    }
    // In front of the first key and of the comments that belong to it.
    var place = lineStart
    while place > 0 {
      let above = text.lineStart(of: place - 1)
      let content = text.bytes[above..<place].first { $0 != 0x20 && $0 != 0x09 }
      guard content == UInt8(ascii: "#") else { break }
      place = above
    }
    return .text(at: place) { arguments in
      Self.block(keys, arguments, indent: indent, lineBreak: lineBreak)
    }
  }

  /// The line that ends this document, or the end of the text.
  private func documentEnd(from start: Int) -> Int {
    TextLine.lines(of: text.bytes).first { line in
      guard line.range.lowerBound > start else { return false }
      let rest = text.bytes[line.range]
      return rest.starts(with: "---".utf8) || rest.starts(with: "...".utf8)
    }?.range.lowerBound ?? text.bytes.count
  }

  /// Keys inside each other and the list in the last of them.
  private static func block(
    _ keys: [String],
    _ arguments: [BootArgument],
    indent: Int,
    lineBreak: String
  ) -> String {
    var result = ""
    var indent = indent
    for key in keys {
      result += String(repeating: " ", count: indent) + key + ":" + lineBreak
      indent += 2
    }
    for argument in arguments {
      result +=
        String(repeating: " ", count: indent) + "- " + YAMLText.encode(argument.word) + lineBreak
    }
    return result
  }
}

extension QuotedItem {
  init(_ scalar: YAMLText.Scalar) {
    self.init(start: scalar.range.lowerBound)
    end = scalar.range.upperBound - 1
    for (byte, offset) in zip(scalar.text.utf8, scalar.offsets) { append([byte], at: offset) }
  }
}
