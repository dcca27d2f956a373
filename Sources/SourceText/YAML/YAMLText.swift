/// A YAML text with its documents as trees and the place of every node in bytes.
///
/// libyaml tells where a node begins; where a scalar ends and what each of its bytes says is read
/// again from the text, and held against what libyaml got.
package struct YAMLText {
  package let file: String
  package let bytes: [UInt8]
  package private(set) var documents: [YAMLTree] = []
  /// The line of the file on which the text begins.
  private let firstLine: Int
  private let lineStarts: [Int]
  /// Then a column is a number of bytes.
  private let isASCII: Bool
  /// How many characters stand in front of every so many bytes; empty where all are ASCII.
  private let checkpoints: [Int]
  private static let checkpointDistance = 256

  /// Parses a text.
  ///
  /// - Parameters:
  ///   - file: Its file.
  ///   - bytes: The text.
  ///   - firstLine: The line of the file on which the text begins.
  ///   - isSingle: Whether it must be one document, with neither anchors nor aliases.
  /// - Throws: What is wrong, and where.
  package init(
    file: String,
    _ bytes: [UInt8],
    firstLine: Int = 1,
    isSingle: Bool = false
  ) throws(LocatedError) {
    self.file = file
    self.bytes = bytes
    self.firstLine = firstLine
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    checkpoints = isASCII ? [] : Self.checkpoints(bytes)
    lineStarts = Self.lineStarts(bytes)
    do {
      documents = try YAMLReader.documents(
        in: bytes[SourceLocation.textStart(bytes)...],
        isSingle: isSingle
      )
    } catch {
      switch error {
      case .character(let problem, let offset):
        throw failure(at: SourceLocation.textStart(bytes) + offset, problem)
      case .structure(let problem, let mark): throw failure(at: offset(of: mark), problem)
      }
    }
    if isSingle { for document in documents { try refuseAnchors(document) } }
  }

  /// Refuses the first anchor, before anything that its aliases have multiplied is looked at.
  private func refuseAnchors(_ node: YAMLTree) throws(LocatedError) {
    if node.hasAnchor {
      throw failure(at: node, "anchors and aliases are not allowed here")
    }
    for child in node.sequence ?? [] { try refuseAnchors(child) }
    for (key, value) in node.mapping ?? [] {
      try refuseAnchors(key)
      try refuseAnchors(value)
    }
  }

  // MARK: Places

  /// The byte at which a node begins.
  package func offset(of node: YAMLTree) -> Int { offset(of: node.mark) }

  private func offset(of mark: YAMLTree.Mark) -> Int {
    guard lineStarts.indices.contains(mark.line) else { return bytes.count }
    var offset = lineStarts[mark.line]
    if isASCII { return min(offset + mark.column, bytes.count) }
    // A line may be the whole text, so its characters are not counted one by one.
    let target = characters(before: offset) + mark.column
    offset = max(offset, lastCheckpoint(upTo: target) * Self.checkpointDistance)
    var count = characters(before: offset)
    while offset < bytes.count, count < target || bytes[offset] & 0xC0 == 0x80 {
      if bytes[offset] & 0xC0 != 0x80 { count += 1 }
      offset += 1
    }
    return min(offset, bytes.count)
  }

  /// Where lines begin as YAML counts them: also behind a lone CR, NEL, LS and PS.
  private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [SourceLocation.textStart(bytes)]
    for index in bytes.indices {
      switch bytes[index] {
      case 0x0A: starts.append(index + 1)
      case 0x0D where index + 1 == bytes.count || bytes[index + 1] != 0x0A: starts.append(index + 1)
      case 0x85 where index > 0 && bytes[index - 1] == 0xC2: starts.append(index + 1)
      case 0xA8 where index > 1 && bytes[index - 2] == 0xE2 && bytes[index - 1] == 0x80,
        0xA9 where index > 1 && bytes[index - 2] == 0xE2 && bytes[index - 1] == 0x80:
        starts.append(index + 1)
      default: continue
      }
    }
    return starts
  }

  private static func checkpoints(_ bytes: [UInt8]) -> [Int] {
    var result: [Int] = []
    var count = 0
    for index in bytes.indices {
      if index.isMultiple(of: checkpointDistance) { result.append(count) }
      if bytes[index] & 0xC0 != 0x80 { count += 1 }
    }
    return result
  }

  private func characters(before offset: Int) -> Int {
    let checkpoint = min(offset / Self.checkpointDistance, checkpoints.count - 1)
    let rest = bytes[(checkpoint * Self.checkpointDistance)..<offset]
    return checkpoints[checkpoint] + rest.count { $0 & 0xC0 != 0x80 }
  }

  private func lastCheckpoint(upTo count: Int) -> Int {
    var lower = 0
    var upper = checkpoints.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if checkpoints[middle] <= count { lower = middle } else { upper = middle }
    }
    return lower
  }

  /// Whether a list or mapping is written in brackets.
  package func isFlow(_ node: YAMLTree) -> Bool {
    let first = bytes[offset(of: node)...].first
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  package func lineStart(of offset: Int) -> Int {
    (bytes[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The line break that ends a line, or the end of the text.
  package func lineEnd(of offset: Int) -> Int {
    let feed = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    return feed > offset && bytes[feed - 1] == 0x0D ? feed - 1 : feed
  }

  package func lineBreak(of offset: Int) -> String {
    let end = lineEnd(of: offset)
    return end < bytes.count && bytes[end] == 0x0D ? "\r\n" : "\n"
  }

  package func place(of node: YAMLTree) -> SourceLocation { place(of: offset(of: node)) }

  package func place(of offset: Int) -> SourceLocation {
    SourceLocation(of: offset, in: bytes, file: file, firstLine: firstLine)
  }

  /// The places of many bytes, in one pass over the text.
  package func places(of offsets: [Int]) -> [SourceLocation] {
    SourceLocation.places(of: offsets, in: bytes, file: file, firstLine: firstLine)
  }

  package func failure(at node: YAMLTree, _ problem: String) -> LocatedError {
    failure(at: offset(of: node), problem)
  }

  package func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: place(of: offset))
  }

  // MARK: Trees

  package static func entry(_ key: String, of node: YAMLTree) -> (key: YAMLTree, value: YAMLTree)? {
    guard let mapping = node.mapping else { return nil }
    for (name, value) in mapping where name.scalar?.string == key { return (name, value) }
    return nil
  }

  package static func string(_ key: String, of node: YAMLTree) -> String? {
    entry(key, of: node)?.value.scalar?.string
  }

  /// Nothing behind the key: `key:`.
  package static func isEmpty(_ node: YAMLTree) -> Bool {
    guard let scalar = node.scalar, scalar.string.isEmpty else { return false }
    return !scalar.isQuoted
  }

  // MARK: Scalars

  /// A scalar in its text.
  package struct Scalar {
    package var text: String
    package var offsets: [Int]
    /// With its quotes.
    package var range: Range<Int>
    /// Whether it stands in one line and was read as libyaml read it.
    package var isPlainToEdit: Bool
  }

  package func scalar(_ node: YAMLTree) -> Scalar? {
    guard let string = node.scalar?.string else { return nil }
    let start = offset(of: node)
    let reader = YAMLScalarReader(bytes: bytes, start: start)
    if let scalar = reader.read(string) { return scalar }
    // Over several lines, tagged or otherwise beyond a plain reading: not to be changed.
    return Scalar(
      text: string,
      offsets: reader.aligned(string) ?? Array(repeating: start, count: string.utf8.count + 1),
      range: start..<start,
      isPlainToEdit: false
    )
  }

  /// A text as a scalar of one line.
  package static func encode(_ text: String) -> String {
    isSafePlain(text) ? text : quoted(text)
  }

  /// As a double-quoted scalar, which can hold anything.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.isControl, "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// `name=value` of letters and digits is a string to every reader of YAML, quoted or not.
  private static func isSafePlain(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
    guard parts.count == 2, let first = text.utf8.first, isLetter(first) else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { isLetter($0) || "0123456789_-.%".utf8.contains($0) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
