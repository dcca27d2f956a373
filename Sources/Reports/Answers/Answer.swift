package import Advice
package import SourceText

/// What a command has to say: one value that can be written in every format that the command knows.
///
/// Each answer has one exhaustive switch over its formats, so that a new format does not compile
/// until every answer in it has been written.
package protocol Answer {
  associatedtype Format: RawRepresentable<String> & CaseIterable & Sendable

  /// Hands on the answer in a format, piece by piece; `style` is for those that people read.
  ///
  /// - Throws: That what it is made from can't be read any more.
  func write(
    as format: Format,
    style: TextStyle,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError)

  /// The worst severity among what was found; nil where nothing was.
  var worstSeverity: Finding.Severity? { get }

  /// Inputs that could not be read and would have told more.
  var unknownInputs: Int { get }

  /// Whether the answer to what the user asked for is NO.
  var isRefusal: Bool { get }
}

/// An answer that is no larger than can be held as a text.
package protocol WholeAnswer: Answer {
  // Said again, since it is told from `rendered`.
  associatedtype Format

  /// The answer in a format; `style` is for those that people read.
  func rendered(as format: Format, style: TextStyle) -> [UInt8]
}

extension WholeAnswer {
  package func write(
    as format: Format,
    style: TextStyle,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError) {
    put(rendered(as: format, style: style))
  }
}

extension Answer {
  package var isRefusal: Bool { false }
}

/// The formats of an answer that people and programs read.
package enum TextOrJSON: String, CaseIterable, Sendable {
  case text
  case json
}
