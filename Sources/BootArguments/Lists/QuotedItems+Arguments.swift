internal import SourceText

extension QuotedItems {
  func fragments(
    in bytes: [UInt8],
    encode: @escaping @Sendable (String) -> String
  ) -> [ArgumentFragment] {
    items.indices.map { index in
      let item = items[index]
      return ArgumentFragment(
        text: String(decoding: item.text, as: UTF8.self),
        offsets: item.offsets + [item.end],
        range: item.range,
        removal: ArgumentFragment.Removal { removal(of: index, isFirst: $0, in: bytes) },
        rewriting: .whole(encode)
      )
    }
  }

  /// An item with a separator, or its whole line where it has one to itself.
  private func removal(of index: Int, isFirst: Bool, in bytes: [UInt8]) -> Range<Int> {
    let item = items[index].range
    var end = item.upperBound
    func skipBlanks() {
      while end < close, TextLine.isBlank(bytes[end]) { end += 1 }
    }
    skipBlanks()
    let hasSeparator = !separator.isEmpty && bytes[end...].starts(with: separator.utf8)
    if hasSeparator {
      end += separator.utf8.count
      skipBlanks()
    }
    let lineStart = (bytes[..<item.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
    let startsLine = bytes[lineStart..<item.lowerBound].allSatisfy { TextLine.isBlank($0) }
    let lineEnd = bytes[end...].firstIndex(of: 0x0A) ?? bytes.count
    let rest = bytes[end..<lineEnd]
    let endsLine = rest.allSatisfy { $0 == 0x0D } || rest.first == UInt8(ascii: "#")
    if startsLine, endsLine, lineEnd < close, hasSeparator || separator.isEmpty {
      return lineStart..<(lineEnd + 1)
    }
    guard !isFirst, index > 0 else { return item.lowerBound..<end }
    let before = items[index - 1].range.upperBound
    let gap = bytes[before..<item.lowerBound]
    // Something else may stand between them: an expression, a comment.
    let isPlain = gap.allSatisfy { ArgumentText.isBlank($0) || separator.utf8.contains($0) }
    return isPlain ? before..<item.upperBound : item.lowerBound..<end
  }

  func insertion(
    in bytes: [UInt8],
    encode: @escaping @Sendable (String) -> String
  ) -> ArgumentInsertion {
    let separator = separator
    guard let last = items.last?.range else {
      let isTight = open + 1 == close && !separator.isEmpty
      return .text(at: open + 1) { arguments in
        let text = arguments.map { encode($0.word) }.joined(separator: separator + " ")
        return isTight || !separator.isEmpty ? text : " " + text
      }
    }
    let lineStart = (bytes[..<last.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
    let indent = bytes[lineStart..<last.lowerBound]
    guard lineStart > open, indent.allSatisfy({ TextLine.isBlank($0) }) else {
      return .text(at: last.upperBound) { arguments in
        arguments.map { separator + " " + encode($0.word) }.joined()
      }
    }
    let lead = separator + "\n" + String(decoding: indent, as: UTF8.self)
    return .text(at: last.upperBound) { arguments in
      arguments.map { lead + encode($0.word) }.joined()
    }
  }
}

extension QuotedItem {
  /// As a piece that is only read.
  var fragment: ArgumentFragment {
    ArgumentFragment(text: ArgumentFragment.text(of: text[...]), offsets: offsets + [end])
  }
}
