package import Advice

/// What a command has to say: one value that can be written in every format that the command knows.
///
/// Each answer has one exhaustive switch over its formats, so that a new format does not compile
/// until every answer in it has been written.
package protocol Answer {
  associatedtype Format: RawRepresentable<String> & CaseIterable & Sendable

  /// The answer in a format; `style` is for those that people read.
  func rendered(as format: Format, style: TextStyle) -> [UInt8]

  /// The worst severity among what was found; nil where nothing was.
  var worstSeverity: Finding.Severity? { get }

  /// Inputs that could not be read and would have told more.
  var unknownInputs: Int { get }

  /// Whether the answer to what the user asked for is NO.
  var isRefusal: Bool { get }
}

extension Answer {
  package var isRefusal: Bool { false }
}

/// The formats of an answer that people and programs read.
package enum TextOrJSON: String, CaseIterable, Sendable {
  case text
  case json
}
