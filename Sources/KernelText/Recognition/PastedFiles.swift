/// The files that one text holds behind one another, as people paste them: `cat` of several, with
/// prompts, headings or nothing between them, quoted or indented.
///
/// A file keeps its line numbers: what does not belong to it is an empty line in its text. What is none
/// of the files that a host is judged by is left out.
package struct PastedFiles {
  /// The text of each file, by the name that `PastedFile` gives it.
  package private(set) var texts: [PastedFile: [UInt8]] = [:]

  private var current: PastedFile?
  /// How far the first line of the file is indented; its other lines lose that much.
  private var indentation = 0
  /// Whether the counters of a zoneinfo are indented below their zone, so that others end it.
  private var isIndented = false
  private var linesOf: [PastedFile: Int] = [:]

  /// Whether a text is a zoneinfo and nothing else, as far as the beginnings of its lines tell.
  package static func isZoneinfoAlone(_ bytes: [UInt8]) -> Bool {
    var isAtStart = true
    for byte in bytes {
      if isAtStart, byte > 0x20, byte != UInt8(ascii: "N") { return false }
      isAtStart = byte == 0x0A
    }
    return bytes.first == UInt8(ascii: "N")
  }

  package init(_ bytes: [UInt8]) {
    var number = 0
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
      number += 1
      take(Self.unquoted(bytes[start..<end]), number)
      start = end + 1
    }
  }

  // MARK: Lines

  private mutating func take(_ line: ArraySlice<UInt8>, _ number: Int) {
    let margin = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let words = TextLine(String(decoding: line.dropFirst(margin), as: UTF8.self))
    if words.words.isEmpty {
      if current?.endsAtEmptyLine != false { current = nil }
      return
    }
    if let begun = begins(words, margin: margin) {
      if begun != current { isIndented = false }
      (current, indentation) = (begun, margin)
    } else if let file = current {
      if file == .zoneinfo, margin > indentation { isIndented = true }
      let isInside = file == .zoneinfo && isIndented ? margin > indentation : file.has(words)
      if !isInside { current = nil }
    }
    guard let current else { return }
    keep(line.dropFirst(min(margin, indentation)), number, in: current)
  }

  private func begins(_ line: TextLine, margin: Int) -> PastedFile? {
    let isOutside = current == .zoneinfo && isIndented && margin <= indentation
    if let current, !isOutside, current.claims(line) { return nil }
    return PastedFile.allCases.first { $0.begins(line) }
  }

  private mutating func keep(_ line: ArraySlice<UInt8>, _ number: Int, in file: PastedFile) {
    let missing = number - 1 - linesOf[file, default: 0]
    texts[file, default: []] += repeatElement(0x0A, count: missing)
    texts[file, default: []] += line
    texts[file, default: []].append(0x0A)
    linesOf[file] = number
  }

  /// A line without the marks of quoted mail, and without a carriage return.
  private static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    if line.last == 0x0D { line = line.dropLast() }
    let mark = UInt8(ascii: ">")
    guard line.first == mark else { return line }
    while line.first == mark || line.first == 0x20 && line.dropFirst().first == mark {
      line = line.dropFirst()
    }
    return line.first == 0x20 ? line.dropFirst() : line
  }
}
