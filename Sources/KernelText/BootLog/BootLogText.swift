/// Reads a kernel's boot messages from a log that may be of any length.
///
/// Takes every form of log that Documentation/log-wraps.md lists: what carries the lines and stands in
/// front of them is taken off, lines that were broken are put together, foreign lines between the
/// kernel's are passed over. A log is fed in pieces; only what the layout needs is kept,
/// so memory stays bounded.
package struct BootLogText: Sendable {
  /// The kernel prints at most about a thousand bytes a line; what is longer is cut here.
  private static let longestLine = 1 << 16

  private let file: String
  private var collector = BootLogTextCollector()
  private var lines = LogLines(longest: longestLine)
  private var messages = LogMessages()

  /// - Parameter file: The log's name in messages.
  package init(file: String) { self.file = file }

  /// Reads a whole log.
  /// - Parameters:
  ///   - text: The log.
  ///   - file: Its name in messages.
  /// - Returns: The last boot that the log holds completely.
  /// - Throws: Why it is no boot log.
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> BootLog {
    var reader = BootLogText(file: file)
    reader.feed(text)
    return try reader.finish()
  }

  /// Reads the next piece, which may begin and end anywhere.
  package mutating func feed(_ chunk: Span<UInt8>) {
    messages.look(at: chunk)
    for index in 0..<chunk.count where lines.add(chunk[index]) { collect() }
  }

  /// Ends the log.
  ///
  /// - Returns: The last boot that the log holds completely, or the last one where none is.
  /// - Throws: Why it is no boot log.
  package mutating func finish() throws(ParseError) -> BootLog {
    if lines.finish() { collect() }
    if messages.finish() { take() }
    if let log = collector.finish() { return log }
    guard lines.byteCount > 0 else { throw ParseError(.empty, file: file, line: 1) }
    throw ParseError(
      lines.hasNUL
        ? .binary
        : .headerMissing(
          expected: "a kernel's boot messages (dmesg, journalctl -k -b or a serial console's log)"
        ),
      file: file,
      line: 1
    )
  }

  private mutating func collect() {
    if messages.add(lines.text, line: lines.number, width: lines.width) { take() }
  }

  private mutating func take() {
    let message = messages.message
    collector.take(message.span, message.indices, line: messages.line)
  }
}
