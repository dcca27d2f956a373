package import SourceText

/// Kernel arguments in a scalar of a YAML text.
package enum YAMLCommandLine {
  /// A word and the columns that it takes.
  package struct Word: Hashable, Sendable {
    package var text: String
    package var place: SourceLocation
    package var length: Int
  }

  /// The words of a scalar, each where it stands; where the text can't be followed byte by byte
  /// (folded over lines, tagged), all of them stand where the scalar begins.
  package static func words(of node: YAMLNode) -> [Word] {
    guard let string = node.string else { return [] }
    let line = CommandLine(string)
    let scalar = node.text.scalar(node.node)
    guard let scalar, scalar.isPlainToEdit else {
      let start = node.place
      return line.arguments.map { Word(text: $0.word, place: start, length: 0) }
    }
    let places = node.text.places(of: line.ranges.map { scalar.offsets[$0.lowerBound] })
    return zip(line.arguments, places).map { argument, place in
      Word(text: argument.word, place: place, length: argument.word.unicodeScalars.count)
    }
  }
}
