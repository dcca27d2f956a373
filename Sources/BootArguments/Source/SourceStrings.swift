internal import SourceText

/// The strings of a program in their order, comments left out.
struct SourceStrings {
  /// What stands between a string and the one before it.
  enum Link: Hashable {
    /// Something else: another statement, another call.
    case none
    /// They are put together to one.
    case glued
    /// A value that nobody knows stands between them, put together with both.
    case gluedByValue
    /// They are items of one list.
    case item
    /// They are a name and its value.
    case assigned
  }

  struct Piece {
    var item: QuotedItem
    var link: Link
    /// Whether it may hold line breaks.
    var isLong: Bool
  }

  private let bytes: [UInt8]
  private let language: SourceLanguage
  private var position = 0
  private var pieces: [Piece] = []
  /// What stands behind the last string, without blanks and comments.
  private var gap: [UInt8] = []

  /// Long strings that are never closed, each of which was looked for to the end of the text.
  private var unclosed = 0
  private static let mostUnclosed = 16

  /// More between two strings than anything that links them.
  private static let longestGap = 64

  private init(_ bytes: [UInt8], _ language: SourceLanguage) {
    self.bytes = bytes
    self.language = language
  }

  /// - Complexity: O(bytes)
  static func read(_ bytes: [UInt8], _ language: SourceLanguage) -> [Piece] {
    var reader = SourceStrings(bytes, language)
    reader.read()
    return reader.pieces
  }

  private mutating func read() {
    while position < bytes.count {
      let byte = bytes[position]
      if skipComment() { continue }
      switch byte {
      case UInt8(ascii: "\""): readString(escapes: true)
      case UInt8(ascii: "'") where language.hasSingleQuotes: readString(escapes: true)
      case UInt8(ascii: "'"): skipCharacter()
      case UInt8(ascii: "`") where language.hasBackticks: readLong([byte], escapes: false)
      case UInt8(ascii: "r") where language.hasRawStrings && opensRaw: readRaw()
      case UInt8(ascii: "<") where language.hasHereDocuments && readHereDocument(): continue
      default:
        note(byte)
        position += 1
      }
    }
  }

  private mutating func note(_ byte: UInt8) {
    if !ArgumentText.isBlank(byte), byte != UInt8(ascii: "\\"), gap.count <= Self.longestGap {
      gap.append(byte)
    }
  }

  // MARK: What is no string

  private mutating func skipComment() -> Bool {
    let rest = bytes[position...]
    if language.hasBlockComments, rest.starts(with: "/*".utf8) {
      let end = rest.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound
      position = end ?? bytes.count
      return true
    }
    guard language.lineComments.contains(where: { rest.starts(with: $0) }) else { return false }
    position = rest.firstIndex(of: 0x0A) ?? bytes.count
    return true
  }

  /// `'a'`, `'\n'`, or a lone quote: a lifetime, a digit separator.
  private mutating func skipCharacter() {
    let rest = bytes[(position + 1)...].prefix(12).prefix { $0 != 0x0A }
    let isEscape = rest.first == UInt8(ascii: "\\")
    let close = rest.dropFirst(isEscape ? 2 : 1).firstIndex(of: UInt8(ascii: "'"))
    if let close, isEscape || close <= position + 5 {
      note(UInt8(ascii: "x"))
      position = close + 1
    } else {
      position += 1
    }
  }

  // MARK: Strings

  private mutating func readString(escapes: Bool) {
    let quote = bytes[position]
    let triple = [quote, quote, quote]
    if language.hasTripleQuotes, bytes[position...].starts(with: triple) {
      return readLong(triple, escapes: escapes)
    }
    var item = QuotedItem(start: position)
    var index = position + 1
    while index < bytes.count, bytes[index] != 0x0A {
      if bytes[index] == quote {
        item.end = index
        position = index + 1
        return append(item, isLong: false)
      }
      if escapes, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index = unescape(at: index, into: &item)
      } else {
        item.append([bytes[index]], at: index)
        index += 1
      }
    }
    // Never closed: no string, whatever it is.
    note(quote)
    position = index
  }

  /// Takes an escape over; a line break that is taken out joins two lines.
  private func unescape(at index: Int, into item: inout QuotedItem) -> Int {
    let next = bytes[index + 1]
    switch next {
    case 0x0A:
      var end = index + 2
      while end < bytes.count, TextLine.isBlank(bytes[end]) { end += 1 }
      return end
    case UInt8(ascii: "n"), UInt8(ascii: "r"): item.append([0x0A], at: index)
    case UInt8(ascii: "t"): item.append([0x09], at: index)
    case UInt8(ascii: "0") where !isDigit(at: index + 2): item.append([0x0A], at: index)
    // What Swift, Perl and others put in.
    case UInt8(ascii: "("): item.append([1], at: index)
    default: item.append([next], at: index)
    }
    return index + 2
  }

  private func isDigit(at index: Int) -> Bool {
    index < bytes.count && (0x30...0x39).contains(bytes[index])
  }

  /// Text over several lines, up to the next delimiter.
  private mutating func readLong(_ delimiter: [UInt8], escapes: Bool) {
    let start = position
    var item = QuotedItem(start: start)
    var index = unclosed < Self.mostUnclosed ? start + delimiter.count : bytes.count
    while index < bytes.count {
      if bytes[index] == delimiter[0], bytes[index...].starts(with: delimiter) {
        item.end = index
        position = index + delimiter.count
        return append(item, isLong: true)
      }
      if escapes, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index = unescape(at: index, into: &item)
      } else {
        item.append([bytes[index]], at: index)
        index += 1
      }
    }
    unclosed += 1
    note(bytes[start])
    position = start + delimiter.count
  }

  /// Whether `r"` or `r#` stands here, behind no letter.
  private var opensRaw: Bool {
    let before = position > 0 ? bytes[position - 1] : 0x20
    guard !Self.isNameByte(before) || before == UInt8(ascii: "b") else { return false }
    let rest = bytes[(position + 1)...].drop { $0 == UInt8(ascii: "#") }
    return rest.first == UInt8(ascii: "\"")
  }

  private mutating func readRaw() {
    let start = position
    let hashes = bytes[(start + 1)...].prefix { $0 == UInt8(ascii: "#") }.count
    let close = [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "#"), count: hashes)
    let content = start + 2 + hashes
    guard unclosed < Self.mostUnclosed, let end = bytes[content...].firstRange(of: close) else {
      unclosed += 1
      position = content
      return
    }
    var item = QuotedItem(start: start)
    for index in content..<end.lowerBound { item.append([bytes[index]], at: index) }
    item.end = end.lowerBound
    position = end.upperBound
    append(item, isLong: true)
  }

  /// Reads `<<-TAG` with the lines that follow; false where none begins here.
  private mutating func readHereDocument() -> Bool {
    var index = position
    while index < bytes.count, bytes[index] == UInt8(ascii: "<") { index += 1 }
    guard index - position >= 2 else { return false }
    while index < bytes.count, "-~\"'".utf8.contains(bytes[index]) { index += 1 }
    let tag = bytes[index...].prefix { Self.isNameByte($0) }
    guard unclosed < Self.mostUnclosed, let first = tag.first, (0x41...0x5A).contains(first),
      let feed = bytes[index...].firstIndex(of: 0x0A)
    else { return false }
    var item = QuotedItem(start: position)
    var start = feed + 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end].drop { TextLine.isBlank($0) }
      if line.starts(with: tag), !line.dropFirst(tag.count).contains(where: Self.isNameByte) {
        item.end = start
        position = end
        append(item, isLong: true)
        return true
      }
      for offset in start..<min(end + 1, bytes.count) { item.append([bytes[offset]], at: offset) }
      start = end + 1
    }
    unclosed += 1
    return false
  }

  // MARK: Links

  private mutating func append(_ item: QuotedItem, isLong: Bool) {
    pieces.append(Piece(item: item, link: pieces.isEmpty ? .none : link(), isLong: isLong))
    gap = []
  }

  /// What the gap makes of the two strings around it.
  private func link() -> Link {
    guard gap.count <= Self.longestGap else { return .none }
    // A zero ends a setting of an environment.
    if let last = pieces.last?.item, last.text.last == 0x0A, let place = last.offsets.last,
      bytes[place...].starts(with: "\\0".utf8)
    {
      return .none
    }
    // `f"…"`, `b'…'`, `&"…"`: a sign of how the string is to be read.
    var text = gap[...]
    while let last = text.last, "rbfuRBFUL&@$".utf8.contains(last),
      text.dropLast().last.map({ !Self.isNameByte($0) }) ?? true
    {
      text = text.dropLast()
    }
    // `.to_string()`, `.into()` behind the first one.
    if text.starts(with: ".".utf8), let close = text.firstRange(of: Array("()".utf8)),
      text[text.index(after: text.startIndex)..<close.lowerBound].allSatisfy(Self.isNameByte)
    {
      text = text[close.upperBound...]
    }
    guard let first = text.first, let last = text.last else { return .glued }
    let signs = Array(text)
    if signs == [0x2C] { return .item }
    if ["+", "..", ".", "<<"].contains(where: { $0.utf8.elementsEqual(signs) }) { return .glued }
    if [":", "=>"].contains(where: { $0.utf8.elementsEqual(signs) }) { return .assigned }
    let isValue = text.dropFirst().dropLast().allSatisfy {
      Self.isNameByte($0) || ".()[]*&".utf8.contains($0)
    }
    return first == last && first == UInt8(ascii: "+") && text.count > 2 && isValue
      ? .gluedByValue : .none
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
