/// An input that could not be read.
package struct UnreadInput: Hashable, Sendable {
  package var input: String
  package var reason: String
  /// What can't be told without it.
  package var effect: String

  package init(input: String, reason: String, effect: String) {
    self.input = input
    self.reason = reason
    self.effect = effect
  }
}
