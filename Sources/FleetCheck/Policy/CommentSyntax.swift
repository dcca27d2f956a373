/// Where comments stand in a text, by the signs that its kind of file has for them.
///
/// Most signs mean a comment wherever they stand in front of `zonewise-ignore`; a few are words of
/// other languages, and are asked for only where the file's name tells the language.
struct CommentSyntax {
  /// A comment that ends somewhere, maybe lines further down.
  struct Block: Hashable {
    var opener: [UInt8]
    var closer: [UInt8]

    init(_ opener: String, _ closer: String) {
      self.opener = Array(opener.utf8)
      self.closer = Array(closer.utf8)
    }
  }

  /// What a comment is about.
  enum Subject: Hashable {
    /// Its own line, beside whose content it stands.
    case ownLine
    /// The first line from here on that is neither empty nor a comment.
    case next(from: Int)
  }

  let bytes: [UInt8]
  /// Signs after which the rest of a line is a comment.
  private let signs: [[UInt8]]

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    signs = Self.signs(of: file).map { Array($0.utf8) }
  }

  /// Whether files of this name have no comments at all: what is accepted in them stands in the
  /// policy or in a baseline.
  static func hasNone(_ file: String) -> Bool {
    let name = lastPart(of: file)
    return [".json", ".ign", ".jsonl", ".ndjson", ".cmdline"].contains { name.hasSuffix($0) }
      || ["cmdline", "cmdline.txt"].contains(name)
  }

  private static func signs(of file: String) -> [String] {
    let name = lastPart(of: file)
    let dashes = [
      ".lua", ".sql", ".hs", ".elm", ".dhall", ".adb", ".ads", ".vhd", ".vhdl", ".purs", ".idr",
    ]
    let always = ["#", "//", ";", "REM ", "rem ", "dnl "]
    if dashes.contains(where: { name.hasSuffix($0) }) { return always + ["--"] }
    if [".bat", ".cmd"].contains(where: { name.hasSuffix($0) }) { return always + ["::"] }
    if [".bas", ".vbs", ".vb"].contains(where: { name.hasSuffix($0) }) { return always + ["'"] }
    return always
  }

  private static func lastPart(of file: String) -> String {
    file[(file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex)...]
      .lowercased()
  }

  private static let blocks = [
    Block("<!--", "-->"), Block("/*", "*/"), Block("{{/*", "*/}}"), Block("{{- /*", "*/ -}}"),
    Block("{{!--", "--}}"), Block("{#", "#}"), Block("<%#", "%>"), Block("<%--", "--%>"),
    Block("--[[", "]]"), Block("(*", "*)"), Block("{-", "-}"), Block("<#", "#>"),
  ]

  /// What ends a comment, the longest first.
  static let closers = blocks.map { String(decoding: $0.closer, as: UTF8.self) }
    .sorted { $1.count < $0.count }

  /// Signs that mean a comment only where a line begins with them: elsewhere they may be anything.
  private static let leading: Set<[UInt8]> = Set(
    ["REM ", "rem ", "dnl ", "::", "'"].map { Array($0.utf8) }
  )

  /// How far a comment of several lines is followed backwards.
  private static let reach = 16 << 10

  // MARK: The comment around a marker

  /// What the comment is about that a marker stands in; nil where it stands in none.
  func subject(of marker: Int, lineStart: Int) -> Subject? {
    let lineEnd = end(ofLineAt: marker)
    let before = bytes[lineStart..<marker].drop { $0 == 0x20 || $0 == 0x09 }
    if let block = Self.blocks.first(where: { before.starts(with: $0.opener) }) {
      return behind(block, from: marker, lineEnd: lineEnd)
    }
    if signs.contains(where: { before.starts(with: $0) }) { return .next(from: lineEnd + 1) }
    let inner = signs.filter { !Self.leading.contains($0) } + Self.blocks.map(\.opener)
    if inner.contains(where: { before.firstRange(of: $0) != nil }) { return .ownLine }
    return openBlock(before: lineStart).flatMap { behind($0, from: marker, lineEnd: lineEnd) }
  }

  /// A comment that begins a line is about what follows its end.
  private func behind(_ block: Block, from marker: Int, lineEnd: Int) -> Subject? {
    guard let close = bytes[marker...].firstRange(of: block.closer) else {
      return .next(from: lineEnd + 1)
    }
    guard close.upperBound <= lineEnd else { return .next(from: close.upperBound) }
    let rest = bytes[close.upperBound..<lineEnd]
    return rest.allSatisfy { Self.isBlank($0) } ? .next(from: lineEnd + 1) : .ownLine
  }

  /// A comment that began on an earlier line, first on it, and goes on here.
  private func openBlock(before lineStart: Int) -> Block? {
    let window = bytes[max(0, lineStart - Self.reach)..<lineStart]
    return Self.blocks.first { block in
      var start = window.startIndex
      var open: Int?
      while let found = window[start...].firstRange(of: block.opener) {
        start = found.upperBound
        let line = bytes[..<found.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if bytes[line..<found.lowerBound].allSatisfy({ Self.isBlank($0) }) {
          open = found.upperBound
        }
      }
      guard let open else { return false }
      return window[open...].firstRange(of: block.closer) == nil
        && bytes[lineStart...].firstRange(of: block.closer) != nil
    }
  }

  // MARK: Lines that a comment is about

  /// The lines of the first statement from an offset on, as offsets of their starts: its first line
  /// and those that it goes on to. Empty at the end of the text.
  func statement(from offset: Int) -> [Int] {
    var start = offset
    while start < bytes.count {
      let lineEnd = end(ofLineAt: start)
      let content = bytes[start..<lineEnd].drop { Self.isBlank($0) }
      if let block = Self.blocks.first(where: { content.starts(with: $0.opener) }) {
        guard let close = bytes[content.startIndex...].firstRange(of: block.closer) else {
          return []
        }
        // What follows the comment on its line is a statement.
        if close.upperBound <= lineEnd,
          !bytes[close.upperBound..<lineEnd].allSatisfy({ Self.isBlank($0) })
        {
          return going(on: start)
        }
        start = end(ofLineAt: close.upperBound) + 1
      } else if content.isEmpty || signs.contains(where: { content.starts(with: $0) }) {
        start = lineEnd + 1
      } else {
        return going(on: start)
      }
    }
    return []
  }

  /// A line and those that it goes on to: behind a backslash, and the deeper ones of a YAML text
  /// that `|` or `>` begins.
  private func going(on start: Int) -> [Int] {
    var starts = [start]
    var line = start
    while true {
      let lineEnd = end(ofLineAt: line)
      let content = bytes[line..<lineEnd].trimmingBlanksAtEnd
      guard content.last == UInt8(ascii: "\\"), lineEnd + 1 < bytes.count else { break }
      line = lineEnd + 1
      starts.append(line)
    }
    let first = bytes[start..<end(ofLineAt: start)].trimmingBlanksAtEnd
    guard starts.count == 1, Self.beginsBlockText(first) else { return starts }
    let indent = Self.indent(of: first)
    line = end(ofLineAt: start) + 1
    while line < bytes.count {
      let content = bytes[line..<end(ofLineAt: line)].trimmingBlanksAtEnd
      guard content.isEmpty || Self.indent(of: content) > indent else { break }
      starts.append(line)
      line = end(ofLineAt: line) + 1
    }
    return starts
  }

  /// `key: |`, `- >-`: YAML's texts of several lines.
  private static func beginsBlockText(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.split(separator: 0x20)
    guard words.count > 1, let last = words.last, let sign = last.first,
      sign == UInt8(ascii: "|") || sign == UInt8(ascii: ">")
    else { return false }
    return last.dropFirst().allSatisfy { "+-123456789".utf8.contains($0) }
      && (words[words.count - 2].last == UInt8(ascii: ":") || words[0].elementsEqual("-".utf8))
  }

  private static func indent(of line: ArraySlice<UInt8>) -> Int {
    line.prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  private func end(ofLineAt offset: Int) -> Int {
    bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingBlanksAtEnd: ArraySlice<UInt8> {
    var slice = self
    while let last = slice.last, last == 0x20 || last == 0x09 || last == 0x0D { slice.removeLast() }
    return slice
  }
}
