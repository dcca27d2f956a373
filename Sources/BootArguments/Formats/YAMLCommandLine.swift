package import Yams

/// Kernel arguments in a scalar of a YAML text that somebody else has parsed.
package enum YAMLCommandLine {
  /// A word and the characters that it takes.
  package struct Word: Hashable, Sendable {
    package var text: String
    /// From 1.
    package var line: Int
    package var column: Int
    package var length: Int
  }

  /// The words of a scalar, each where it stands; where the text can't be followed byte by byte
  /// (folded over lines, tagged), all of them stand where the scalar begins.
  package static func words(of node: Node, in text: String) -> [Word] {
    guard let scalar = node.scalar, let mark = node.mark else { return [] }
    let bytes = Array(text.utf8)
    let found = offset(of: mark, in: bytes).flatMap {
      YAMLScalarReader(bytes: bytes, start: $0).read(scalar.string)
    }
    let line = CommandLine(scalar.string)
    let offsets = line.ranges.map { found?.offsets[$0.lowerBound] ?? 0 }
    let places = TextPosition.places(of: offsets, in: bytes)
    return line.arguments.enumerated().map { index, argument in
      guard found != nil, places.indices.contains(index) else {
        return Word(text: argument.word, line: mark.line, column: mark.column, length: 0)
      }
      return Word(
        text: argument.word,
        line: places[index].line,
        column: places[index].column,
        length: argument.word.unicodeScalars.count
      )
    }
  }

  private static func offset(of mark: Mark, in bytes: [UInt8]) -> Int? {
    var offset = 0
    for _ in 1..<max(1, mark.line) {
      guard let feed = bytes[offset...].firstIndex(of: 0x0A) else { return nil }
      offset = feed + 1
    }
    for _ in 1..<max(1, mark.column) where offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset < bytes.count ? offset : nil
  }
}
