/// What one rule saw: an enum of its own where it sees several things, a struct where it is one.
package protocol FindingDetail: Hashable, Sendable {
  /// Which of the things that its rule can see it is, amounts aside: findings of the same kind about
  /// the same subject are the same risk, however large. A struct has one kind; an enum names them.
  var kind: String { get }
  /// What was counted, for programs; the names are part of the JSON.
  var amounts: FindingAmounts { get }
  /// The one of them that tells nodes with the same risk apart.
  var figure: FindingAmounts.Amount? { get }
}

extension FindingDetail {
  package var kind: String { "" }
  package var figure: FindingAmounts.Amount? { amounts.elements.first?.amount }
}
