/// Something that a history does not tell, with what that costs and what would tell it.
package struct HistoryGap: Hashable, Sendable {
  /// What is missing: a collector, a metric, a field.
  package var missing: String
  /// What can't be said without it.
  package var cost: String
  /// What brings it.
  package var remedy: String

  /// The whole of it, as an item of a list of what is missing.
  package var text: String { "\(missing): \(cost). To have it, \(remedy)." }

  package init(missing: String, cost: String, remedy: String) {
    self.missing = missing
    self.cost = cost
    self.remedy = remedy
  }
}
