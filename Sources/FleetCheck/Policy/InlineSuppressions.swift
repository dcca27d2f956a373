package import Advice
package import SourceText

/// The suppressions that comments of a file hold: `zonewise-ignore ZW101 until 2027-01-31: reason`.
///
/// A comment beside an argument is about that line; one on a line of its own is about the next line
/// that is no comment.
package struct InlineSuppressions: Sendable {
  package struct Mistake: Hashable, Sendable {
    package var place: SourceLocation
    package var fault: SuppressionInvalid.Detail
  }

  /// By the line that they are about.
  package private(set) var byLine: [Int: [Suppression]] = [:]
  package private(set) var mistakes: [Mistake] = []

  package var all: [Suppression] {
    byLine.values.flatMap { $0 }.sorted {
      ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column)
    }
  }

  private static let marker = Array("zonewise-ignore".utf8)

  /// Nothing is looked at but lines that hold the marker, and those below them.
  package init(_ bytes: [UInt8], file: String) {
    var position = 0
    var line = 1
    var counted = 0
    while let found = Self.find(from: position, in: bytes) {
      while let feed = bytes[counted..<found].firstIndex(of: 0x0A) {
        line += 1
        counted = feed + 1
      }
      let end = bytes[found...].firstIndex(of: 0x0A) ?? bytes.count
      position = end
      let column = bytes[counted..<found].count { $0 & 0xC0 != 0x80 } + 1
      let place = SourceLocation(file: file, line: line, column: column)
      let text = String(decoding: bytes[(found + Self.marker.count)..<end], as: UTF8.self)
      guard let target = Self.target(bytes, lineStart: counted, found: found, line: line) else {
        continue
      }
      switch Self.read(text, place: place) {
      case .success(let suppression): byLine[target, default: []].append(suppression)
      case .failure(let mistake): mistakes.append(mistake)
      }
    }
  }

  private static func find(from start: Int, in bytes: [UInt8]) -> Int? {
    var position = start
    while let first = bytes[position...].firstIndex(of: marker[0]) {
      let end = first + marker.count
      guard end <= bytes.count else { return nil }
      if bytes[first..<end].elementsEqual(marker) { return first }
      position = first + 1
    }
    return nil
  }

  /// The line that a comment is about; nil where the marker stands in no comment.
  private static func target(
    _ bytes: [UInt8],
    lineStart: Int,
    found: Int,
    line: Int
  ) -> Int? {
    let before = bytes[lineStart..<found]
    guard let lead = comment(in: before) else { return nil }
    guard lead else { return line }
    // Alone on its line: the next line that is neither empty nor a comment.
    var start = bytes[found...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    var next = line + 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let content = bytes[start..<end].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !content.isEmpty, !beginsComment(content) { return next }
      start = end + 1
      next += 1
    }
    return line
  }

  /// Whether a comment begins in front of the marker: true where it begins the line.
  private static func comment(in before: ArraySlice<UInt8>) -> Bool? {
    let content = before.drop { $0 == 0x20 || $0 == 0x09 }
    if beginsComment(content) { return true }
    return leaders.contains { leader in
      content.count >= leader.count
        && content.indices.dropLast(leader.count - 1).contains {
          content[$0..<($0 + leader.count)].elementsEqual(leader)
        }
    } ? false : nil
  }

  private static func beginsComment(_ content: ArraySlice<UInt8>) -> Bool {
    leaders.contains { content.starts(with: $0) }
  }

  private static let leaders = ["#", "//", "<!--", "/*", ";"].map { Array($0.utf8) }

  /// ` ZW101,gigantic-pages until 2027-01-31: reason`
  private static func read(
    _ text: String,
    place: SourceLocation
  ) -> Result<Suppression, MistakeError> {
    func mistake(_ fault: SuppressionInvalid.Detail) -> Result<Suppression, MistakeError> {
      .failure(MistakeError(place: place, fault: fault))
    }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return mistake(.noReason) }
    var words = parts[0].split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," })[...]
    var expires: String?
    if let until = words.firstIndex(of: "until") {
      guard until + 2 == words.endIndex, Suppression.isDay(words[until + 1]) else {
        return mistake(.badDay)
      }
      expires = String(words[until + 1])
      words = words[..<until]
    }
    guard !words.isEmpty else { return mistake(.noRule) }
    let reason = String(parts[1]).trimmingComment
    guard !reason.isEmpty else { return mistake(.noReason) }
    switch Suppression.codes(words.map(String.init)) {
    case .failure(let unknown):
      return mistake(.unknownRule(unknown.name))
    case .success(let codes):
      return .success(Suppression(rules: codes, reason: reason, expires: expires, place: place))
    }
  }
}

extension InlineSuppressions {
  fileprivate typealias MistakeError = Mistake
}

extension InlineSuppressions.Mistake: Error {}

extension String {
  /// Without blanks and without what closes a comment.
  fileprivate var trimmingComment: String {
    var text = self[...]
    for closer in ["-->", "*/"] where text.contains(closer) {
      text = text.prefix(upTo: text.ranges(of: closer)[0].lowerBound)
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
