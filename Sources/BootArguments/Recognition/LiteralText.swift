internal import SourceText

/// Kernel arguments in a text of any kind: lists of strings, lists of lines, and strings or options
/// that hold arguments and nothing else.
///
/// It takes no sentence and no comment for a command line: without a known argument with a value,
/// and without something around it that says what it is for, there is nothing.
struct LiteralText {
  let bytes: [UInt8]

  func drafts() -> [CommandLineDraft] {
    let (lists, covered) = StringLists(bytes: bytes).drafts()
    var drafts = lists
    var items = CommandLineDraft(fragments: [], isComplete: false)
    var next = covered.startIndex
    for line in TextLine.lines(of: bytes) {
      while next < covered.endIndex, covered[next].upperBound <= line.range.lowerBound { next += 1 }
      let isCovered = next < covered.endIndex && covered[next].overlaps(line.range)
      if let item = item(of: line), !isCovered {
        items.fragments.append(item)
        continue
      }
      flush(&items, into: &drafts)
      guard !isCovered, mayHoldArgument(line.range) else { continue }
      drafts += LiteralLine(line, in: bytes).drafts()
    }
    flush(&items, into: &drafts)
    return drafts.sorted { $0.start < $1.start }
  }

  private func flush(_ items: inout CommandLineDraft, into drafts: inout [CommandLineDraft]) {
    let isKnown = items.fragments.contains { fragment in
      let text = Array(fragment.text.utf8)
      return ArgumentText.isKnown(text, 0..<text.count)
    }
    if isKnown { drafts.append(items) }
    items.fragments = []
  }

  /// `- argument` alone in its line, with or without quotes.
  private func item(of line: TextLine) -> BootFile.Fragment? {
    var content = line.trimmed(from: line.range.lowerBound)
    guard bytes[content].starts(with: "- ".utf8) else { return nil }
    content = TextLine(bytes: bytes, range: content).trimmed(from: content.lowerBound + 2)
    if content.count > 2, let quote = content.first.map({ bytes[$0] }),
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      bytes[content.upperBound - 1] == quote
    {
      content = content.dropFirst().dropLast()
    }
    let fragment = BootFile.Fragment.line(content, in: bytes)
    let text = Array(fragment.text.utf8)
    guard ArgumentText.words(text, 0..<text.count).count == 1,
      ArgumentText.isArgument(text, 0..<text.count)
    else { return nil }
    return fragment
  }

  /// Looks for the letters of a known name in front of an equals sign.
  private func mayHoldArgument(_ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while let equals = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "=")) {
      let before = bytes[range.lowerBound..<equals]
      if KnownArguments.searchedNames.contains(where: { before.suffix($0.count).elementsEqual($0) })
      {
        return true
      }
      start = equals + 1
    }
    return false
  }

  /// `--args=a=1` without what stands in front of its arguments.
  static func withoutOption(_ fragment: BootFile.Fragment) -> BootFile.Fragment {
    let text = Array(fragment.text.utf8)
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")),
      text.first == UInt8(ascii: "-"), LiteralLine.namesArguments(text[..<equals])
    else { return fragment }
    return BootFile.Fragment(
      text: String(decoding: text[(equals + 1)...], as: UTF8.self),
      offsets: Array(fragment.offsets[(equals + 1)...])
    )
  }
}

extension CommandLineDraft {
  fileprivate var start: Int { fragments.first?.offsets.first ?? 0 }
}
