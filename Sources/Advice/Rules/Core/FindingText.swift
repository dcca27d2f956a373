/// What is said about a finding.
package struct FindingText: Hashable, Sendable {
  /// One sentence with the figures, no full stop.
  package var message: String
  /// What to do here; nil for what the rule says in general.
  package var remedy: String?

  package init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }
}
