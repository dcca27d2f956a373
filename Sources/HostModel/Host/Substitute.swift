/// A file that stood in for an input.
package struct Substitute: Hashable, Sendable {
  package var input: String
  /// As the source names it: `sos_commands/memory/lsmem`.
  package var from: String

  package init(input: String, from: String) {
    self.input = input
    self.from = from
  }
}
