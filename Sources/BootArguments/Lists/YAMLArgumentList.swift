internal import SourceText

/// A list of kernel arguments in a YAML document, by the keys that lead to it from some mapping.
struct YAMLArgumentList {
  let text: YAMLText
  let root: YAMLTree
  let path: [String]
  /// Whether `root` is a whole document: a missing key goes to its end.
  var isDocument = false
  /// Whether one text may stand for the list.
  var allowsText = false
  /// What an argument looks like (Talos marks removals with `-`).
  var isArgument: (String) -> Bool = { _ in true }

  private var name: String { path.joined(separator: ".") }

  /// The list, or the place where it belongs.
  func located() throws(LocatedError) -> ArgumentList {
    var node = root
    var isMerged = false
    for (depth, key) in path.enumerated() {
      guard node.mapping != nil else {
        return ArgumentList(
          missing: .refused(text.failure(at: node, "expected a mapping with \(key) in it"))
        )
      }
      guard let entry = YAMLText.entry(key, of: node) else {
        guard let merged = YAMLSearch.value(key, of: node) else {
          return ArgumentList(missing: adding(Array(path[depth...]), to: node, depth: depth))
        }
        node = merged
        isMerged = true
        continue
      }
      if YAMLText.isEmpty(entry.value) {
        return ArgumentList(missing: filling(entry.key, with: Array(path[(depth + 1)...])))
      }
      node = entry.value
    }
    let list = try read(node)
    return isMerged ? refusing(list, at: node) : list
  }

  /// What others use too is not changed for one of them.
  private func refusing(_ list: ArgumentList, at node: YAMLTree) -> ArgumentList {
    let why = "\(name) comes from a merge (<<); write the list out where it counts"
    var list = list
    list.fragments = list.fragments.map { $0.refusing(why) }
    list.insertion = .refused(text.failure(at: node, why))
    list.whenEmpty = nil
    return list
  }

  // MARK: An existing list

  private func read(_ node: YAMLTree) throws(LocatedError) -> ArgumentList {
    let noList = text.failure(at: node, "\(name) must be a list")
    guard let sequence = node.sequence else {
      if node.isNull { return ArgumentList(missing: .refused(noList)) }
      guard allowsText || isTemplate(node), let scalar = text.scalar(node) else { throw noList }
      let fragment = ArgumentFragment(text: scalar.text, offsets: scalar.offsets)
      return ArgumentList(
        fragments: [fragment],
        isComplete: false,
        insertion: .refused(noList)
      )
    }
    guard sequence.count <= QuotedItems.limit else {
      throw text.failure(at: node, "more than \(QuotedItems.limit) arguments")
    }
    var items: [YAMLText.Scalar] = []
    for item in sequence {
      guard let scalar = text.scalar(item) else {
        if isTemplate(item) { continue }
        throw text.failure(at: item, "an item of \(name) must be a text")
      }
      items.append(scalar)
    }
    return text.isFlow(node)
      ? flow(items, open: text.offset(of: node), isWhole: items.count == sequence.count)
      : block(items, at: node, isWhole: items.count == sequence.count)
  }

  /// `{{ … }}` without quotes, which YAML takes for a mapping in a mapping.
  private func isTemplate(_ node: YAMLTree) -> Bool {
    if let string = node.scalar?.string { return string.contains("{{") || string.hasPrefix("$") }
    return text.bytes[text.offset(of: node)...].starts(with: "{{".utf8)
  }

  private func flow(_ items: [YAMLText.Scalar], open: Int, isWhole: Bool) -> ArgumentList {
    guard isWhole, !items.contains(where: { !$0.isPlainToEdit }) else {
      let why = "write each argument in one line"
      let fragments = items.filter { isArgument($0.text) }.map {
        ArgumentFragment(text: $0.text, offsets: $0.offsets, because: why)
      }
      return ArgumentList(
        fragments: fragments,
        isComplete: false,
        insertion: .refused(text.failure(at: open, why))
      )
    }
    var close = items.last?.range.upperBound ?? open + 1
    while close < text.bytes.count, text.bytes[close] != UInt8(ascii: "]") {
      close = text.bytes[close] == UInt8(ascii: "#") ? text.lineEnd(of: close) : close + 1
    }
    let quoted = QuotedItems(
      open: open,
      close: close,
      items: items.map { QuotedItem($0) },
      separator: ","
    )
    var list = ArgumentList(quoted: quoted, in: text.bytes) { YAMLText.encode($0) }
    list.fragments = zip(list.fragments, items).filter { isArgument($0.1.text) }.map { $0.0 }
    return list
  }

  private func block(_ items: [YAMLText.Scalar], at node: YAMLTree, isWhole: Bool) -> ArgumentList {
    let fragments = items.filter { isArgument($0.text) }.map { fragment($0) }
    guard let last = items.last else {
      return ArgumentList(missing: .refused(text.failure(at: node, "an empty list")))
    }
    let start = text.lineStart(of: last.offsets[0])
    let lead = text.bytes[start..<last.offsets[0]].prefix { $0 == 0x20 || $0 == 0x2D }
    guard last.isPlainToEdit, lead.count(where: { $0 == 0x2D }) == 1 else {
      let why = "write the last item of this list in one line"
      return ArgumentList(
        fragments: fragments,
        isComplete: false,
        insertion: .refused(text.failure(at: last.offsets[0], why))
      )
    }
    let prefix = String(decoding: lead, as: UTF8.self)
    let lineBreak = text.lineBreak(of: start)
    let end = line(of: last).upperBound
    let needsBreak = text.bytes[end - 1] != 0x0A
    let listStart = items.first.map { text.lineStart(of: $0.offsets[0]) } ?? start
    return ArgumentList(
      fragments: fragments,
      isComplete: false,
      insertion: .text(at: end) { arguments in
        (needsBreak ? lineBreak : "")
          + arguments.map { prefix + YAMLText.encode($0.word) + lineBreak }.joined()
      },
      whenEmpty: isWhole && fragments.count == items.count
        ? text.emptyList(under: listStart) : nil
    )
  }

  private func fragment(_ item: YAMLText.Scalar) -> ArgumentFragment {
    ArgumentFragment(
      text: item.text,
      offsets: item.offsets,
      range: item.range,
      removal: item.isPlainToEdit ? ArgumentFragment.Removal(line(of: item)) : nil,
      rewriting: item.isPlainToEdit
        ? .whole { YAMLText.encode($0) }
        : .refused("this argument is written over several lines; write it in one")
    )
  }

  /// An item's line with its line break.
  private func line(of item: YAMLText.Scalar) -> Range<Int> {
    let next = text.bytes[item.range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
    return text.lineStart(of: item.range.lowerBound)..<(next ?? text.bytes.count)
  }

  // MARK: A missing list

  /// Behind `key:` with nothing in it.
  private func filling(_ key: YAMLTree, with keys: [String]) -> ArgumentInsertion {
    let start = text.offset(of: key)
    let indent = start - text.lineStart(of: start)
    let lineBreak = text.lineBreak(of: start)
    return .text(at: text.lineEnd(of: start)) { arguments in
      lineBreak
        + Self.block(keys, arguments, indent: indent + 2, lineBreak: lineBreak)
        .trimmingSuffix("\n").trimmingSuffix("\r\n")
    }
  }

  private func adding(_ keys: [String], to node: YAMLTree, depth: Int) -> ArgumentInsertion {
    guard let first = node.mapping?.first?.key, !text.isFlow(node) else {
      return .refused(text.failure(at: node, "write this mapping in block style, a key a line"))
    }
    let firstStart = text.offset(of: first)
    let lineStart = text.lineStart(of: firstStart)
    let indent = firstStart - lineStart
    let lineBreak = text.lineBreak(of: firstStart)
    guard text.bytes[lineStart..<firstStart].allSatisfy({ $0 == 0x20 }) else {
      return .refused(text.failure(at: first, "begin this mapping on a line of its own"))
    }
    guard depth > 0 || !isDocument else {
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

extension YAMLText {
  /// A list with nothing in it would be no list any more: its key gets `[]`.
  func emptyList(under start: Int) -> TextEdit? {
    guard start > 0 else { return nil }
    let keyEnd = lineEnd(of: lineStart(of: start - 1))
    guard keyEnd > 0, bytes[keyEnd - 1] == UInt8(ascii: ":") else { return nil }
    return TextEdit(range: keyEnd..<keyEnd, text: " []")
  }
}

extension QuotedItem {
  fileprivate init(_ scalar: YAMLText.Scalar) {
    self.init(start: scalar.range.lowerBound)
    end = scalar.range.upperBound - 1
    for (byte, offset) in zip(scalar.text.utf8, scalar.offsets) { append([byte], at: offset) }
  }
}

extension String {
  func trimmingSuffix(_ suffix: Character) -> String {
    last == suffix ? String(dropLast()) : self
  }
}
