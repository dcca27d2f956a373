public import Testing

/// A text as a test's argument: named by how it begins, so that a log does not print it whole.
public struct LongText: Sendable, CustomTestStringConvertible, ExpressibleByStringLiteral {
  /// The text, whole.
  public var text: String

  /// Wraps a text.
  public init(_ text: String) { self.text = text }

  /// Wraps a literal.
  public init(stringLiteral text: String) { self.text = text }

  /// How it begins, and its size.
  public var testDescription: String {
    text.utf8.count <= 40
      ? text.debugDescription
      : "\(text.prefix(40).debugDescription)…, \(text.utf8.count) bytes"
  }
}
