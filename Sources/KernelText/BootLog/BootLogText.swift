/// Reads a kernel's boot messages from a log that may be of any length.
///
/// Takes what dmesg (plain, `-T`, `-x`, `-r`, `--time-format iso`), journalctl, syslog files and
/// serial consoles give: prefixes, colours and carriage returns are taken off, foreign lines
/// between the kernel's are passed over. A log is fed in pieces; only what the layout needs is kept,
/// so memory stays bounded.
package struct BootLogText: Sendable {
  /// The kernel prints at most about a thousand bytes a line; what is longer is cut here.
  private static let longestLine = 1 << 16

  private let file: String
  private var collector = BootLogTextCollector()
  /// The line being read, without escape sequences and control characters.
  private var buffer: [UInt8] = []
  private var escape = Escape.none
  private var line = 0
  private var byteCount = 0
  private var hasNUL = false

  /// Where in a terminal's escape sequence the text stands.
  private enum Escape {
    case none
    case introduced
    case inside
  }

  /// - Parameter file: The log's name in messages.
  package init(file: String) {
    self.file = file
    buffer.reserveCapacity(1024)
  }

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
    byteCount += chunk.count
    for index in 0..<chunk.count {
      let byte = chunk[index]
      if byte == .newline {
        endLine()
      } else if byte >= 0x20, escape == .none {
        if buffer.count < Self.longestLine { buffer.append(byte) }
      } else {
        control(byte)
      }
    }
  }

  /// Ends the log.
  ///
  /// - Returns: The last boot that the log holds completely, or the last one where none is.
  /// - Throws: Why it is no boot log.
  package mutating func finish() throws(ParseError) -> BootLog {
    if !buffer.isEmpty { endLine() }
    if let log = collector.finish() { return log }
    guard byteCount > 0 else { throw ParseError(.empty, file: file, line: 1) }
    throw ParseError(
      hasNUL
        ? .binary
        : .headerMissing(
          expected: "a kernel's boot messages (dmesg, journalctl -k -b or a serial console's log)"
        ),
      file: file,
      line: 1
    )
  }

  private mutating func control(_ byte: UInt8) {
    switch (escape, byte) {
    case (_, 0x1B): escape = .introduced
    case (.introduced, 0x5B): escape = .inside
    case (.introduced, _): escape = .none
    case (.inside, 0x40...0x7E): escape = .none
    case (.inside, _): break
    case (.none, 0x09): buffer.append(.space)
    case (.none, 0): hasNUL = true
    case (.none, _): break
    }
  }

  private mutating func endLine() {
    escape = .none
    line += 1
    // Taken out for a moment: the collector must not overlap with a borrow of this value.
    var taken: [UInt8] = []
    swap(&taken, &buffer)
    collect(taken.span)
    taken.removeAll(keepingCapacity: true)
    swap(&taken, &buffer)
  }

  private mutating func collect(_ text: Span<UInt8>) {
    var start = text.kernelMessageStart
    var end = text.count
    while end > start, text[end &- 1].isBlank { end &-= 1 }
    while start < end, text[start].isBlank { start &+= 1 }
    if start < end { collector.take(text, start..<end, line: line) }
  }
}
