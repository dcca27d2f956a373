/// Where a terminal has broken the lines of a log: at its width, inside words too.
enum LogBreaks {
  private static let headSize = 64 << 10
  private static let widestTerminal = 250
  private static let narrowestTerminal = 60

  /// The width, told from a log's beginning; nil where no terminal has broken it.
  ///
  /// Of a log whose lines have prefixes, the pieces that have none then follow lines of exactly the
  /// greatest width. A mail program breaks at blanks: its lines have all widths.
  static func width(of head: Span<UInt8>) -> Int? {
    var widest = 0
    var start = 0
    let limit = Swift.min(head.count, headSize)
    while start < limit {
      let end = head.endOfLine(from: start)
      widest = Swift.max(widest, width(of: start..<end, in: head))
      guard widest <= widestTerminal else { return nil }
      start = end &+ 1
    }
    return widest < narrowestTerminal ? nil : isBroken(head, at: widest, limit) ? widest : nil
  }

  private static func isBroken(_ head: Span<UInt8>, at widest: Int, _ limit: Int) -> Bool {
    var prefixed = 0
    var behindWidest = 0
    var behindOthers = 0
    var previous = 0
    var start = 0
    while start < limit {
      let end = head.endOfLine(from: start)
      let own = width(of: start..<end, in: head)
      if own > 0 {
        if isBare(head.extracting(start..<start + own)) {
          if previous == widest { behindWidest += 1 } else { behindOthers += 1 }
        } else {
          prefixed += 1
        }
      }
      previous = own
      start = end &+ 1
    }
    return behindWidest > 0 && behindWidest > 4 * behindOthers && prefixed > behindOthers
  }

  /// Whether no logger has put anything in front of a line.
  static func isBare(_ line: Span<UInt8>) -> Bool {
    if LogPrefix.beginsWithDate(line) { return false }
    let prefix = LogPrefix(upToStampIn: line) ?? LogPrefix(of: line)
    return prefix.isEmpty || prefix.isQuote
  }

  private static func width(of line: Range<Int>, in text: Span<UInt8>) -> Int {
    let hasReturn = line.count > 0 && text[line.upperBound &- 1] == 0x0D
    return line.count &- (hasReturn ? 1 : 0)
  }
}
