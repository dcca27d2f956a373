package import Advice
package import HostModel

/// A finding as a list of hosts shows it.
package struct FindingBrief: Hashable, Sendable {
  package var code: String
  package var rule: String
  package var severity: Finding.Severity
  package var node: NodeID?

  package init(code: String, rule: String, severity: Finding.Severity, node: NodeID?) {
    self.code = code
    self.rule = rule
    self.severity = severity
    self.node = node
  }

  package init(_ finding: Finding) {
    self.init(
      code: finding.code,
      rule: finding.rule,
      severity: finding.severity,
      node: finding.node
    )
  }

  package var text: String { "\(code) \(rule)" }
}
