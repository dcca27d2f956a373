/// A rule by which udev onlines memory blocks.
package struct UdevMemoryRule: Hashable, Sendable {
  package var file: String
  package var line: Int
  /// What it writes to a block's `state`: `online`, `online_movable`; `RUN` for a program.
  package var action: String
  /// Whether it matches only some hosts or blocks beyond being an offline memory block.
  package var isConditional: Bool

  package init(file: String, line: Int, action: String, isConditional: Bool) {
    self.file = file
    self.line = line
    self.action = action
    self.isConditional = isConditional
  }
}
