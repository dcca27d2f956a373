/// XML as far as finding one element's text takes: tags, comments, CDATA and character references.
package struct XMLText {
  package struct Element {
    package var path: [String]
    /// Of the `<` of the start tag.
    package var start: Int
    /// Between the tags; nil for `<name/>`.
    package var content: Range<Int>?
    /// Behind the end tag.
    package var end: Int
    /// Elements, comments or CDATA beside its text.
    package var hasChildren: Bool
  }

  private let file: String
  private let bytes: [UInt8]
  private var position = 0

  /// All elements, in the order of their ends.
  package static func elements(
    file: String,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> [Element] {
    var text = XMLText(file: file, bytes: bytes)
    return try text.read()
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private mutating func read() throws(LocatedError) -> [Element] {
    var closed: [Element] = []
    var open: [Element] = []
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      let rest = bytes[start...]
      position = start
      if rest.starts(with: "<!--".utf8) {
        if !open.isEmpty { open[open.count - 1].hasChildren = true }
        try skip(past: "-->", "this comment is never closed")
      } else if rest.starts(with: "<![CDATA[".utf8) {
        if !open.isEmpty { open[open.count - 1].hasChildren = true }
        try skip(past: "]]>", "this CDATA section is never closed")
      } else if rest.starts(with: "<?".utf8) {
        try skip(past: "?>", "this instruction is never closed")
      } else if rest.starts(with: "<!".utf8) {
        // An entity of a document type could stand for anything.
        throw failure(at: start, "a document type is not allowed here")
      } else if rest.starts(with: "</".utf8) {
        let name = try closingName()
        guard var element = open.popLast(), element.path.last == name else {
          throw failure(at: start, "</\(name)> closes nothing")
        }
        element.content = (element.content?.lowerBound ?? start)..<start
        element.end = position
        closed.append(element)
      } else {
        if !open.isEmpty { open[open.count - 1].hasChildren = true }
        let path = open.last?.path ?? []
        guard path.count < 256 else { throw failure(at: start, "nested too deeply") }
        let (name, isEmpty) = try openingTag()
        let element = Element(
          path: path + [name],
          start: start,
          content: isEmpty ? nil : position..<position,
          end: position,
          hasChildren: false
        )
        if isEmpty { closed.append(element) } else { open.append(element) }
      }
    }
    if let element = open.last {
      throw failure(at: element.start, "<\(element.path.last ?? "")> is never closed")
    }
    guard !closed.isEmpty else { throw failure(at: 0, "no XML in here") }
    return closed
  }

  private mutating func skip(past end: String, _ problem: String) throws(LocatedError) {
    guard let range = bytes[position...].firstRange(of: Array(end.utf8)) else {
      throw failure(at: position, problem)
    }
    position = range.upperBound
  }

  private mutating func closingName() throws(LocatedError) -> String {
    let start = position
    position += 2
    let name = name()
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
      throw failure(at: start, "this tag is never closed")
    }
    position += 1
    return name
  }

  private mutating func name() -> String {
    let start = position
    while position < bytes.count, !" \t\r\n/>=\"'<".utf8.contains(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func openingTag() throws(LocatedError) -> (name: String, isEmpty: Bool) {
    let start = position
    position += 1
    let name = name()
    guard !name.isEmpty else { throw failure(at: start, "expected a tag; write &lt; for <") }
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ">"):
        let isEmpty = bytes[position - 1] == UInt8(ascii: "/")
        position += 1
        return (name, isEmpty)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let quote = position
        guard let close = bytes[(quote + 1)...].firstIndex(of: bytes[quote]) else {
          throw failure(at: quote, "this quote is never closed")
        }
        position = close + 1
      case UInt8(ascii: "<"): throw failure(at: start, "this tag is never closed")
      default: position += 1
      }
    }
    throw failure(at: start, "this tag is never closed")
  }

  /// An element's text, decoded, with the place of each byte.
  package static func text(
    of content: Range<Int>,
    in bytes: [UInt8],
    file: String
  ) throws(LocatedError) -> (text: String, offsets: [Int]) {
    let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    var text: [UInt8] = []
    var offsets: [Int] = []
    var position = content.lowerBound
    while position < content.upperBound {
      guard bytes[position] == UInt8(ascii: "&") else {
        text.append(bytes[position])
        offsets.append(position)
        position += 1
        continue
      }
      let end = bytes[position..<content.upperBound].firstIndex(of: UInt8(ascii: ";"))
      let name = String(decoding: bytes[(position + 1)..<(end ?? position + 1)], as: UTF8.self)
      guard let end, let character = entities[name] ?? reference(name) else {
        throw LocatedError(
          "unknown reference; write &amp; for &",
          at: SourceLocation(of: position, in: bytes, file: file)
        )
      }
      text += character.utf8
      offsets += Array(repeating: position, count: character.utf8.count)
      position = end + 1
    }
    return (String(decoding: text, as: UTF8.self), offsets + [content.upperBound])
  }

  private static func reference(_ name: String) -> String? {
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return value.flatMap { Unicode.Scalar($0) }.map { String($0) }
  }

  package func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
