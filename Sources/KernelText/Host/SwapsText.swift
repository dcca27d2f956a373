package import HostModel

/// /proc/swaps: a header, then one line per swap area; only the header where there is no swap.
package enum SwapsText {
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> [SwapArea] {
    try CounterText.check(text, file: file)
    var areas: [SwapArea] = []
    var hasHeader = false
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      if content.isEmpty { continue }
      guard hasHeader else {
        guard text.equals(text.word(from: content.lowerBound, in: content), "Filename") else {
          throw ParseError(
            .headerMissing(expected: "`Filename Type Size Used Priority`"),
            file: file,
            line: scanner.line
          )
        }
        hasHeader = true
        continue
      }
      areas.append(try area(text, content, file: file, line: scanner.line))
    }
    return areas
  }

  /// Reads the columns from the right: only the path can hold anything.
  private static func area(
    _ text: Span<UInt8>,
    _ content: Range<Int>,
    file: String,
    line: Int
  ) throws(ParseError) -> SwapArea {
    let priority = text.lastWord(in: content)
    let used = text.lastWord(in: content.lowerBound..<priority.lowerBound)
    let size = text.lastWord(in: content.lowerBound..<used.lowerBound)
    let type = text.lastWord(in: content.lowerBound..<size.lowerBound)
    let path = text.trimmedEnd(content.lowerBound..<type.lowerBound)
    guard !path.isEmpty else {
      throw ParseError(
        .malformed(expected: "a path, a type, a size, the use and a priority"),
        file: file,
        line: line
      )
    }
    guard let total = text.decimal(size) else {
      throw ParseError(.notANumber(field: "the size"), file: file, line: line)
    }
    guard let inUse = text.decimal(used) else {
      throw ParseError(.notANumber(field: "the use"), file: file, line: line)
    }
    guard let rank = text.signedDecimal(priority) else {
      throw ParseError(.notANumber(field: "the priority"), file: file, line: line)
    }
    guard total < 1 << 53, inUse <= total else {
      throw ParseError(
        .numberTooLarge(field: total < 1 << 53 ? "the use" : "the size"),
        file: file,
        line: line
      )
    }
    return SwapArea(
      path: text.unescapedOctal(path),
      type: text.string(type),
      size: .kibibytes(total),
      used: .kibibytes(inUse),
      priority: rank
    )
  }
}

extension Span<UInt8> {
  /// The last blank-separated word of the range, empty where there is none.
  fileprivate func lastWord(in range: Range<Int>) -> Range<Int> {
    let end = trimmedEnd(range).upperBound
    var start = end
    while start > range.lowerBound, !self[start &- 1].isBlank { start &-= 1 }
    return start..<end
  }

  /// The range without blanks at its end.
  fileprivate func trimmedEnd(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, self[end &- 1].isBlank { end &-= 1 }
    return range.lowerBound..<end
  }

  /// A decimal number of at most 9 digits that may have a minus.
  fileprivate func signedDecimal(_ range: Range<Int>) -> Int? {
    guard let first = range.first else { return nil }
    let isNegative = self[first] == UInt8(ascii: "-")
    let digits = isNegative ? first + 1..<range.upperBound : range
    guard digits.count <= 9, let number = decimal(digits).flatMap({ Int(exactly: $0) }) else {
      return nil
    }
    return isNegative ? 0 - number : number
  }

  /// The text with the kernel's `\040` (seq_file's mangle_path) turned back into the byte.
  fileprivate func unescapedOctal(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if self[index] == UInt8(ascii: "\\"), range.upperBound - index >= 4,
        let byte = octalByte(at: index + 1)
      {
        bytes.append(byte)
        index += 4
      } else {
        bytes.append(self[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Three octal digits as a byte.
  private func octalByte(at start: Int) -> UInt8? {
    var value = 0
    for index in start..<start + 3 {
      guard (0x30...0x37).contains(self[index]) else { return nil }
      value = value * 8 + Int(self[index] - 0x30)
    }
    return UInt8(exactly: value)
  }
}
