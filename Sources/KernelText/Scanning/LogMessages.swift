/// Puts the messages of a log together from its lines: prefixes are taken off, and what a mail program
/// or a terminal has broken becomes one again.
struct LogMessages: Sendable {
  /// The message that is complete, where `add` or `finish` said so.
  private(set) var message: [UInt8] = []
  /// The line of the file on which it begins.
  private(set) var line = 0

  /// The message that the next line may belong to.
  private var open: [UInt8] = []
  private var openLine = 0
  /// How wide its last line is in the file.
  private var openWidth = 0
  private var isPrefixed = false
  /// The width at which a terminal has broken all lines.
  private var breakWidth: Int?
  private var hasHead = false

  /// Takes a line; true where the message in front of it is complete.
  mutating func add(_ bytes: [UInt8], line number: Int, width: Int) -> Bool {
    let text = bytes.span
    let prefix = LogPrefix(upToStampIn: text) ?? LogPrefix(of: text)
    var end = text.count
    while end > prefix.end, text[end &- 1].isBlank { end &-= 1 }
    let rest = prefix.end..<end
    let isBare = prefix.isEmpty || prefix.isQuote
    if isBare, continues(text, rest) {
      if endStandsForBlank { open.append(.space) }
      // A terminal breaks anywhere: in front of a blank, too.
      let isInsideWords = openWidth == breakWidth && prefix.isEmpty
      open.append(contentsOf: isInsideWords ? bytes[0..<end] : bytes[rest])
      openWidth = width
      return false
    }
    complete()
    open.append(contentsOf: bytes[rest])
    openLine = number
    openWidth = width
    isPrefixed = !isBare
    return !message.isEmpty
  }

  /// Looks at the beginning of a log for how its lines may be broken.
  mutating func look(at head: Span<UInt8>) {
    guard !hasHead else { return }
    hasHead = true
    breakWidth = LogBreaks.width(of: head)
  }

  /// Ends the log; true where there is a last message.
  mutating func finish() -> Bool {
    complete()
    return !message.isEmpty
  }

  private mutating func complete() {
    swap(&message, &open)
    open.removeAll(keepingCapacity: true)
    line = openLine
  }

  // MARK: What belongs together

  /// Whether a line without a prefix is the rest of the message in front of it.
  private func continues(_ text: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    guard !open.isEmpty, !rest.isEmpty, !LogPrefix.beginsWithDate(text) else { return false }
    if isUnfinished { return true }
    if openWidth == breakWidth { return true }
    guard !isIndented(text, rest), 24...Self.widestMail ~= openWidth else { return false }
    // A mail program breaks where the next word would not fit any more.
    let wouldNotFit = openWidth + 1 + text.word(from: rest.lowerBound, in: rest).count > 71
    if isPrefixed { return wouldNotFit }
    // Without prefixes only a command line is known to go on.
    let isCommandLine =
      open.span.hasPrefix(open.indices, "Command line: ")
      || open.span.hasPrefix(open.indices, "Kernel command line: ")
    return isCommandLine && wouldNotFit && !beginsMessage(text, rest)
  }

  /// Mail programs break at 72 to 78 columns; the widest terminal that logs are copied from has not
  /// many more.
  private static let widestMail = 82

  /// Whether a range of addresses has begun and not ended.
  private var isUnfinished: Bool {
    let message = open.span
    let whole = 0..<message.count
    guard message.count < 400, let start = message.find("[mem", in: whole) else { return false }
    return message.find("]", in: start..<message.count) == nil
  }

  /// Whether more stands in front of a line than the blank behind a mark of quoting.
  private func isIndented(_ text: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    let start = rest.lowerBound
    guard start > 0, text[start &- 1].isBlank else { return false }
    return start == 1 || text[start &- 2].isBlank
  }

  /// Whether a line without a prefix looks like a message of its own.
  private func beginsMessage(_ text: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    guard
      let colon = text.find(":", in: rest.lowerBound..<min(rest.upperBound, rest.lowerBound + 40))
    else { return false }
    return text.find("=", in: rest.lowerBound..<colon) == nil
  }

  /// Whether the end of the line stands for a blank.
  private var endStandsForBlank: Bool {
    if isUnfinished { return open.suffix(4).elementsEqual("[mem".utf8) }
    return openWidth != breakWidth && open.last != UInt8(ascii: "-")
  }
}
