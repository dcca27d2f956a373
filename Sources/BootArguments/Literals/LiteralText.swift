internal import SourceText

/// Kernel arguments in a text of any kind: lists of strings, lists of lines, and strings or options
/// that hold arguments and nothing else.
///
/// It takes no sentence and no comment for a command line: without a known argument with a value,
/// and without something around it that says what it is for, there is nothing.
struct LiteralText {
  let bytes: [UInt8]
  private let hasFlags: Bool

  init(bytes: [UInt8]) {
    self.bytes = bytes
    hasFlags = FileMarkers(scanning: bytes).contains(.knownFlag)
  }

  func lists() -> [ArgumentList] {
    var (lists, covered) = StringLists(bytes: bytes).lists()
    var items = ArgumentList(fragments: [], isComplete: false)
    var next = covered.startIndex
    for line in TextLine.lines(of: bytes) {
      while next < covered.endIndex, covered[next].upperBound <= line.range.lowerBound { next += 1 }
      let isCovered = next < covered.endIndex && covered[next].overlaps(line.range)
      if let item = item(of: line), !isCovered {
        items.fragments.append(item)
        continue
      }
      flush(&items, into: &lists)
      guard !isCovered, mayHoldArgument(line.range) else { continue }
      lists += LiteralLine(line, in: bytes).lists()
    }
    flush(&items, into: &lists)
    return lists.sorted { $0.start < $1.start }
  }

  /// Those of one line alone.
  func lists(in line: TextLine) -> [ArgumentList] {
    mayHoldArgument(line.range) ? LiteralLine(line, in: bytes).lists() : []
  }

  private func flush(_ items: inout ArgumentList, into lists: inout [ArgumentList]) {
    let isKnown = items.fragments.contains { fragment in
      let text = Array(fragment.text.utf8)
      return ArgumentText.words(text, 0..<text.count).contains { ArgumentText.isKnown(text, $0) }
    }
    if isKnown { lists.append(items) }
    items.fragments = []
  }

  /// `- argument` alone in its line, with or without quotes; or several, all with values.
  private func item(of line: TextLine) -> ArgumentFragment? {
    var content = line.trimmed(from: line.range.lowerBound)
    guard bytes[content].starts(with: "- ".utf8) else { return nil }
    content = TextLine(bytes: bytes, range: content).trimmed(from: content.lowerBound + 2)
    if content.count > 2, let quote = content.first.map({ bytes[$0] }),
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      bytes[content.upperBound - 1] == quote
    {
      content = content.dropFirst().dropLast()
    }
    let fragment = ArgumentFragment.line(content, in: bytes)
    let text = Array(fragment.text.utf8)
    let words = ArgumentText.words(text, 0..<text.count)
    guard !words.isEmpty, words.allSatisfy({ ArgumentText.isArgument(text, $0) }),
      words.count == 1 || words.allSatisfy({ text[$0].contains(0x3D) || text[$0].contains(1) })
    else { return nil }
    return fragment
  }

  /// Looks for the letters of a known name in front of an equals sign, and for those of a flag.
  private func mayHoldArgument(_ range: Range<Int>) -> Bool {
    let hasFlag =
      hasFlags
      && KnownArguments.flags.contains {
        bytes[range].firstRange(of: $0) != nil
      }
    if hasFlag { return true }
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

  /// `--args=a=1` and `bootargs=a=1` without what stands in front of the arguments.
  static func withoutOption(_ fragment: ArgumentFragment) -> ArgumentFragment {
    let text = Array(fragment.text.utf8)
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")),
      text.first == UInt8(ascii: "-") || text.starts(with: "bootargs".utf8),
      LiteralLine.namesArguments(text[..<equals]), !LiteralLine.takesAway(text[..<equals])
    else { return fragment }
    return ArgumentFragment(
      text: String(decoding: text[(equals + 1)...], as: UTF8.self),
      offsets: Array(fragment.offsets[(equals + 1)...])
    )
  }
}

extension ArgumentList {
  /// Where its first piece begins.
  var start: Int { fragments.first?.offsets.first ?? 0 }
}
