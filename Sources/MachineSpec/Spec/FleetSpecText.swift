/// A fleet spec's text, cut into its classes without parsing them.
///
/// A spec of 10,000 classes as one tree would take hundreds of megabytes, so each item of the list
/// `classes:` is parsed by itself. In block style an item can only begin at a `-` in the column of the
/// first one: whatever belongs to an item, block scalars too, is indented further.
package struct FleetSpecText: Sendable {
  /// The lines of one class, its dash replaced by a blank.
  package struct Item: Sendable {
    package var text: String
    /// The line of the file on which it begins, from 1.
    package var line: Int
  }

  /// Everything but the classes.
  package private(set) var head: String
  /// Where each class's lines are.
  private var items: [Range<Int>] = []
  private var lines: [Range<Int>] = []
  private let bytes: [UInt8]
  /// Column of the dashes.
  private var indent = 0
  /// Whether the classes stand in a block list; else the whole text has to be parsed at once.
  package private(set) var isSplit = false

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    head = ""
    lines = Self.lines(of: bytes)
    let start = lines.firstIndex { isClassesKey($0) }
    guard let start, let first = lines[(start + 1)...].firstIndex(where: { isContent($0) }),
      let indent = dash(lines[first])
    else {
      head = String(decoding: bytes, as: UTF8.self)
      return
    }
    self.indent = indent
    isSplit = true
    var end = lines.count
    var begins: [Int] = []
    for index in first..<lines.count where isContent(lines[index]) {
      let column = depth(lines[index])
      if dash(lines[index]) == indent {
        begins.append(index)
      } else if column <= indent, bytes[lines[index].lowerBound + column] != 0x09 {
        // A tab is the class's own mistake. Anything else is the next key of the spec,
        // or the end of the document.
        end = index
        break
      }
    }
    for (number, begin) in begins.enumerated() {
      items.append(begin..<(number + 1 < begins.count ? begins[number + 1] : end))
    }
    // The classes' lines stay as empty ones, so that lines behind them keep their numbers.
    var text = lines[..<start].map { string($0) }.joined(separator: "\n")
    if start > 0 { text += "\n" }
    text += "classes: []"
    if end < lines.count {
      text += String(repeating: "\n", count: end - start)
      text += lines[end...].map { string($0) }.joined(separator: "\n")
    }
    head = text
  }

  package var count: Int { items.count }

  /// The text of one class.
  package func item(_ index: Int) -> Item {
    let range = items[index]
    var text: [UInt8] = []
    for (number, line) in lines[range].enumerated() {
      if number > 0 { text.append(0x0A) }
      let from = text.count
      text += bytes[line]
      if number == 0 { text[from + indent] = UInt8(ascii: " ") }
    }
    return Item(text: String(decoding: text, as: UTF8.self), line: range.lowerBound + 1)
  }

  /// Where a class stands, from its dash to the next class's.
  func range(_ index: Int) -> Range<Int> {
    let range = items[index]
    let end = range.upperBound < lines.count ? lines[range.upperBound].lowerBound : bytes.count
    return lines[range.lowerBound].lowerBound..<end
  }

  /// The byte of a class's dash.
  func dash(_ index: Int) -> Int { lines[items[index].lowerBound].lowerBound + indent }

  // MARK: Lines

  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let hasReturn = end > start && bytes[end - 1] == 0x0D
      lines.append(start..<(hasReturn ? end - 1 : end))
      start = end + 1
    }
    return lines
  }

  private func string(_ line: Range<Int>) -> String {
    String(decoding: bytes[line], as: UTF8.self)
  }

  private func isClassesKey(_ line: Range<Int>) -> Bool {
    guard bytes[line].starts(with: "classes:".utf8) else { return false }
    let rest = bytes[line].dropFirst(8)
    return rest.first { $0 != 0x20 && $0 != 0x09 }.map { $0 == UInt8(ascii: "#") } ?? true
  }

  private func depth(_ line: Range<Int>) -> Int { bytes[line].prefix { $0 == 0x20 }.count }

  /// Whether a line is neither empty nor a comment.
  private func isContent(_ line: Range<Int>) -> Bool {
    let rest = bytes[line].drop { $0 == 0x20 || $0 == 0x09 }
    return rest.first.map { $0 != UInt8(ascii: "#") } ?? false
  }

  /// The column of a dash that begins an item, nil where there is none.
  private func dash(_ line: Range<Int>) -> Int? {
    let depth = depth(line)
    let rest = bytes[line].dropFirst(depth)
    guard rest.first == UInt8(ascii: "-") else { return nil }
    let next = rest.dropFirst().first
    return next == nil || next == 0x20 ? depth : nil
  }
}
