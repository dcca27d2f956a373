/// Which risk a finding is about: two findings that have the same one tell the same thing, whatever
/// their amounts, and wherever they were seen.
package struct FindingRisk: Hashable, Sendable {
  package var code: String
  package var subject: FindingSubject
  /// Which of the things that the rule can see it is.
  package var kind: String
}

extension Finding {
  package var risk: FindingRisk {
    FindingRisk(code: code, subject: subject, kind: detail.kind)
  }
}
