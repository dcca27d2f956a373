/// Cuts a log, which comes in pieces, into lines freed of what carries them: escape sequences of
/// terminals, JSON and YAML, quoted-printable, HTML, records of the journal and of netconsole.
///
/// A tab becomes a blank. What stands in front of a message on its line is `LogPrefix`'s part. A text
/// that is carried by nothing pays for one look at the beginning of a line and one over its bytes.
struct LogLines: Sendable {
  /// The line being read, and where `add` said that it has ended, the whole line.
  private(set) var text: [UInt8] = []
  /// Number of the line of the file that ended last, from 1.
  private(set) var number = 0
  /// How long the line is that ended last, as it stands in the file.
  private(set) var width = 0
  /// Bytes so far.
  private(set) var byteCount = 0
  private(set) var hasNUL = false

  private var start = Start.blank
  private var escape = Escape.none
  /// Whether a byte above the control characters is simply the next one of the line.
  private var isPlain = false
  private var hasEnded = false
  private var firstByte = 0
  /// The top bit is set where a byte is none of ASCII.
  private var bits: UInt8 = 0
  private var json = JSONLogText()
  private var wrapping = LogWrapping()
  /// What of a line is longer goes by.
  private let longest: Int

  /// What the beginning of a line has told so far.
  private enum Start {
    /// Nothing yet but blanks and a list's dash.
    case blank
    case dash
    case brace
    case bracket
    /// Inside JSON's strings.
    case json
    case text
  }

  /// Where in a terminal's escape sequence the text stands.
  private enum Escape {
    case none
    case introduced
    case inside
  }

  init(longest: Int) { self.longest = longest }

  /// Takes one byte; true where it ends a line.
  @inline(__always)
  mutating func add(_ byte: UInt8) -> Bool {
    byteCount &+= 1
    if isPlain, byte >= 0x20 {
      if text.count < longest { text.append(byte) }
      bits |= byte
      return false
    }
    return addSlowly(byte)
  }

  /// Ends the log; true where there is a last line without a line break.
  mutating func finish() -> Bool {
    guard !hasEnded else { return false }
    if start == .json { return addJSON(.newline) }
    return !text.isEmpty && end()
  }

  private mutating func addSlowly(_ byte: UInt8) -> Bool {
    if hasEnded { clear() }
    if start == .json { return addJSON(byte) }
    if byte == .newline { return end() }
    guard byte >= 0x20, escape == .none else {
      control(byte)
      return false
    }
    begin(byte)
    push(byte)
    return false
  }

  private mutating func clear() {
    text.removeAll(keepingCapacity: true)
    hasEnded = false
    bits = 0
  }

  private mutating func push(_ byte: UInt8) {
    if text.count < longest { text.append(byte) }
    bits |= byte
  }

  // MARK: The beginning of a line

  private mutating func begin(_ byte: UInt8) {
    switch (start, byte) {
    case (.blank, .space): return
    case (.blank, UInt8(ascii: "-")): start = .dash
    case (.dash, .space): start = .blank
    case (.blank, UInt8(ascii: "{")): start = .brace
    case (.blank, UInt8(ascii: "[")): start = .bracket
    case (.brace, .space), (.bracket, .space): return
    case (.blank, UInt8(ascii: "\"")), (.brace, UInt8(ascii: "\"")), (.bracket, UInt8(ascii: "\"")),
      (.bracket, UInt8(ascii: "{")):
      json.begin(hasBracket: start == .bracket && byte == UInt8(ascii: "{"))
      start = .json
    default: start = .text
    }
    isPlain = start == .text
  }

  // MARK: JSON

  private mutating func addJSON(_ byte: UInt8) -> Bool {
    // What was read in front of the first string were brackets.
    if json.isFresh {
      text.removeAll(keepingCapacity: true)
      bits = 0
    }
    switch json.take(byte) {
    case .nothing: break
    case .byte(let byte):
      if byte >= 0x20, escape == .none { push(byte) } else { control(byte) }
    case .key:
      json.take(key: text)
      text.removeAll(keepingCapacity: true)
    case .line:
      escape = .none
      if json.isWanted(text) {
        width = text.count
        hasEnded = true
        // The line of the file goes on.
        return unwrap()
      }
      text.removeAll(keepingCapacity: true)
    case .endOfFileLine(let isWhole):
      let isWanted = json.isWanted(text)
      if isWhole, !isWanted { text.removeAll(keepingCapacity: true) }
      return end()
    }
    return false
  }

  // MARK: The end of a line

  private mutating func end() -> Bool {
    width = max(0, byteCount - firstByte - 1)
    firstByte = byteCount
    number += 1
    escape = .none
    start = .blank
    isPlain = false
    hasEnded = true
    return unwrap()
  }

  /// Takes off what carries a whole line; false where nothing is left or the next line belongs to it.
  private mutating func unwrap() -> Bool {
    guard wrapping.concerns(text, bits: bits) else { return true }
    switch wrapping.unwrap(&text, bits: bits, width: width) {
    case .line: return true
    case .nothing: return false
    case .continues:
      hasEnded = false
      return false
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch (escape, byte) {
    case (_, 0x1B):
      escape = .introduced
      isPlain = false
    case (.introduced, 0x5B): escape = .inside
    case (.introduced, _), (.inside, 0x40...0x7E):
      escape = .none
      isPlain = start == .text
    case (.inside, _): break
    case (.none, 0x09): push(.space)
    case (.none, 0): hasNUL = true
    case (.none, _): break
    }
  }
}
