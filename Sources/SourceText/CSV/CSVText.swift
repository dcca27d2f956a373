/// Lines of values with commas between them (RFC 4180): values may stand in double quotes, and hold
/// commas, ends of lines and doubled quotes there.
package struct CSVText {
  /// A value, and where it begins in its line.
  package struct Cell: Hashable, Sendable {
    package var text: String
    package var line: Int
    /// Bytes from the start of the text.
    fileprivate var lineStart: Int
    fileprivate var start: Int
  }

  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  private var line = 1
  /// Where the line of `place` begins.
  private var lineStart = 0

  package init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (place, lineStart) = (3, 3) }
  }

  /// The next line's values; nil behind the last. Empty lines are passed over.
  ///
  /// - Throws: Where a quote is not closed, something stands behind one, or the text is no UTF-8.
  package mutating func next() throws(LocatedError) -> [Cell]? {
    while place < bytes.count, bytes[place] == 0x0A || bytes[place] == 0x0D { endLine() }
    guard place < bytes.count else { return nil }
    var cells = [try cell()]
    while place < bytes.count, bytes[place] == 0x2C {
      place += 1
      cells.append(try cell())
    }
    if place < bytes.count { endLine() }
    return cells
  }

  private mutating func endLine() {
    if bytes[place] == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { place += 1 }
    place += 1
    line += 1
    lineStart = place
  }

  /// Where a value stands.
  package func location(of cell: Cell) -> SourceLocation {
    let before = String(decoding: bytes[cell.lineStart..<cell.start], as: UTF8.self)
    return SourceLocation(
      file: file,
      line: cell.line,
      column: before.unicodeScalars.count + 1
    )
  }

  private func location(_ place: Int) -> SourceLocation {
    location(of: Cell(text: "", line: line, lineStart: lineStart, start: place))
  }

  private mutating func cell() throws(LocatedError) -> Cell {
    var cell = Cell(text: "", line: line, lineStart: lineStart, start: place)
    guard place < bytes.count, bytes[place] == 0x22 else {
      let start = place
      while place < bytes.count, bytes[place] != 0x2C, bytes[place] != 0x0A, bytes[place] != 0x0D {
        guard bytes[place] != 0x22 else {
          throw LocatedError(
            "a quote inside a value",
            remedy: "put the whole value into quotes, and double this one",
            at: location(place)
          )
        }
        place += 1
      }
      cell.text = try text(bytes[start..<place], cell)
      return cell
    }
    place += 1
    var value: [UInt8] = []
    while true {
      guard place < bytes.count else {
        throw LocatedError("a quote that nothing closes", at: location(of: cell))
      }
      let byte = bytes[place]
      place += 1
      if byte == 0x22 {
        guard place < bytes.count, bytes[place] == 0x22 else { break }
        place += 1
      }
      if byte == 0x0A {
        line += 1
        lineStart = place
      }
      value.append(byte)
    }
    let isEnd =
      place == bytes.count || bytes[place] == 0x2C || bytes[place] == 0x0A || bytes[place] == 0x0D
    guard isEnd else {
      throw LocatedError(
        "something behind a closing quote",
        remedy: "a comma or the line's end belongs here",
        at: location(place)
      )
    }
    cell.text = try text(value[...], cell)
    return cell
  }

  private func text(
    _ bytes: ArraySlice<UInt8>,
    _ cell: Cell
  ) throws(LocatedError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LocatedError("a value that is not UTF-8", at: location(of: cell))
    }
    return text
  }
}
