internal import Yams

/// A YAML text with its documents as trees and the place of every node in bytes.
///
/// Yams tells where a node begins; where a scalar ends and what each of its bytes says is read
/// again from the text, and held against what Yams got.
struct YAMLText {
  let file: String
  let bytes: [UInt8]
  let documents: [Node]
  private let lineStarts: [Int]
  /// Then a column is a number of bytes.
  private let isASCII: Bool
  /// How many characters stand in front of every so many bytes; empty where all are ASCII.
  private let checkpoints: [Int]
  private static let checkpointDistance = 256

  init(file: String, _ bytes: [UInt8]) throws(BootArgumentsError) {
    self.file = file
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    checkpoints = isASCII ? [] : Self.checkpoints(bytes)
    lineStarts = Self.lineStarts(bytes)
    try YAMLAliases.refuseInKeys(of: bytes, file: file)
    do {
      let parser = try Parser(yaml: String(decoding: bytes, as: UTF8.self))
      var documents: [Node] = []
      while let document = try parser.nextRoot() { documents.append(document) }
      self.documents = documents
    } catch {
      throw Self.located(error, file: file)
    }
  }

  private static func located(_ error: any Error, file: String) -> BootArgumentsError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .file(file, line: mark.line, column: mark.column, problem: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      // The mark is the mapping's.
      .file(
        file,
        line: context.mark.line,
        column: context.mark.column,
        problem: "key \(duplicates.sorted().joined(separator: ", ")) appears twice"
      )
    default:
      .file(file, line: 1, column: 1, problem: "not YAML: \(error)")
    }
  }

  // MARK: Places

  /// The byte at which a node begins.
  func offset(of node: Node) -> Int {
    guard let mark = node.mark, lineStarts.indices.contains(mark.line - 1) else { return 0 }
    var offset = lineStarts[mark.line - 1]
    if isASCII { return min(offset + max(0, mark.column - 1), bytes.count) }
    // A line may be the whole text, so its characters are not counted one by one.
    let target = characters(before: offset) + max(0, mark.column - 1)
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
    var starts = [0]
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
  func isFlow(_ node: Node) -> Bool {
    let first = bytes[offset(of: node)...].first
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  func lineStart(of offset: Int) -> Int {
    (bytes[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The line break that ends a line, or the end of the text.
  func lineEnd(of offset: Int) -> Int {
    let feed = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    return feed > offset && bytes[feed - 1] == 0x0D ? feed - 1 : feed
  }

  func lineBreak(of offset: Int) -> String {
    let end = lineEnd(of: offset)
    return end < bytes.count && bytes[end] == 0x0D ? "\r\n" : "\n"
  }

  func failure(at node: Node, _ problem: String) -> BootArgumentsError {
    failure(at: offset(of: node), problem)
  }

  func failure(at offset: Int, _ problem: String) -> BootArgumentsError {
    let place = TextPosition(of: offset, in: bytes)
    return .file(file, line: place.line, column: place.column, problem: problem)
  }

  // MARK: Trees

  static func entry(_ key: String, of node: Node) -> (key: Node, value: Node)? {
    guard let mapping = node.mapping else { return nil }
    for (name, value) in mapping where name.scalar?.string == key { return (name, value) }
    return nil
  }

  static func string(_ key: String, of node: Node) -> String? {
    entry(key, of: node)?.value.scalar?.string
  }

  /// Nothing behind the key: `key:`.
  static func isEmpty(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.string.isEmpty else { return false }
    return scalar.style != .doubleQuoted && scalar.style != .singleQuoted
  }

  // MARK: Scalars

  /// A scalar in its text.
  struct Scalar {
    var text: String
    var offsets: [Int]
    /// With its quotes.
    var range: Range<Int>
    /// Whether it stands in one line and was read as Yams read it.
    var isPlainToEdit: Bool
  }

  func scalar(_ node: Node) -> Scalar? {
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
  static func encode(_ text: String) -> String {
    if isSafePlain(text) { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
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
