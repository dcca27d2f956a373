package import SourceText

/// Why a kernel text was refused, and where.
package struct ParseError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case empty
    case binary
    case tooLarge(limit: Int)
    /// Text before the first header: the top of the file is lost, or it is another file.
    case headerMissing(expected: String)
    case notANumber(field: String)
    case numberTooLarge(field: String)
    case truncated(inside: String, missing: String)
    case duplicate(String)
    /// Lines of the file were left out on purpose, as `grep -A` does.
    case excerpt
    /// Parts that the text itself says must be there are not.
    case incomplete(String)
    case malformed(expected: String)
  }

  package var reason: Reason
  /// The line; a kernel's text has one record a line, so nothing points into it.
  package var place: SourceLocation

  package init(_ reason: Reason, file: String, line: Int) {
    self.reason = reason
    place = SourceLocation(file: file, line: line)
  }
}

extension ParseError: CustomStringConvertible {
  package var description: String { "\(place.lineText): \(reason)" }
}

extension ParseError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty:
      "the file is empty; take it again on the host"
    case .binary:
      "this is not text; give the file as the kernel prints it"
    case .tooLarge(let limit):
      "larger than \(limit >> 20) MiB, which no kernel prints; give the file itself"
    case .headerMissing(let expected):
      "expected \(expected): the top of the file is lost or this is another file"
    case .notANumber(let field):
      "\(field) is not a number"
    case .numberTooLarge(let field):
      "\(field) is larger than any kernel prints"
    case .truncated(let inside, let missing):
      "the text ends inside \(inside) (no \(missing)); take the whole file again"
    case .duplicate(let what):
      "\(what) appears twice; where two hosts' files were put together, give each its own: cut in "
        + "front of this line"
    case .excerpt:
      "lines are left out here, as grep -A does; give the whole file, as cat prints it"
    case .incomplete(let what):
      "\(what); take the whole file again"
    case .malformed(let expected):
      "expected \(expected)"
    }
  }
}
