/// What is said about a finding.
package struct FindingText: Hashable, Sendable {
  /// One sentence with the figures, no full stop.
  package var message: String

  package init(_ message: String) { self.message = message }
}
