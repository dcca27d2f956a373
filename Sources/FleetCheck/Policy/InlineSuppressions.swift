package import Advice
package import SourceText

/// The suppressions that comments of a file hold: `zonewise-ignore ZW101 until 2027-01-31: reason`.
///
/// A comment beside an argument is about that line; one on a line of its own is about the next
/// statement that is no comment.
package struct InlineSuppressions: Sendable {
  package struct Mistake: Hashable, Sendable {
    package var place: SourceLocation
    package var fault: SuppressionInvalid.Detail
  }

  /// In the order of the file.
  package private(set) var all: [Suppression] = []
  package private(set) var mistakes: [Mistake] = []
  /// Indices of `all`, by the line that they are about.
  private var byLine: [Int: [Int]] = [:]

  /// Those that are about a line.
  package func about(line: Int) -> [Suppression] { (byLine[line] ?? []).map { all[$0] } }

  private static let marker = Array("zonewise-ignore".utf8)

  /// Nothing is looked at but lines that hold the marker, and those below them.
  package init(_ bytes: [UInt8], file: String) {
    let syntax = CommentSyntax(bytes, file: file)
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
      let read = Self.read(text, place: place)
      guard let subject = syntax.subject(of: found, lineStart: counted) else {
        // Where no comment can be, somebody hoped that this is one.
        if CommentSyntax.hasNone(file), case .success = read {
          mistakes.append(Mistake(place: place, fault: .noComment))
        }
        continue
      }
      switch read {
      case .success(let suppression):
        var lines = [line]
        if case .next(let offset) = subject {
          let starts = syntax.statement(from: offset)
          lines = starts.map { start in line + bytes[found..<start].count { $0 == 0x0A } }
          if lines.isEmpty { lines = [line] }
        }
        all.append(suppression)
        for line in lines { byLine[line, default: []].append(all.count - 1) }
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
    for closer in CommentSyntax.closers where text.contains(closer) {
      text = text.prefix(upTo: text.ranges(of: closer)[0].lowerBound)
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
