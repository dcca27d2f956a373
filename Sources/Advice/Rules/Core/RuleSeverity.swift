/// How grave a rule's findings are, for programs and for people.
package struct RuleSeverity: Hashable, Sendable {
  /// From the mildest to the gravest that the rule gives.
  package var levels: ClosedRange<Finding.Severity>
  /// What to expect before anything is known.
  package var usual: Finding.Severity
  /// When it is which.
  package var text: String

  package static let note = Self(always: .note)
  package static let warning = Self(always: .warning)
  package static let error = Self(always: .error)

  /// How most rules weigh a size that the kernel zones pay: `KernelShare`.
  package static let byShare = RuleSeverity(
    .note ... .error,
    usual: .note,
    """
    note from 1 % of the kernel zones, warning from 10 %, error from half of them; at most a note \
    on a host without ZONE_MOVABLE
    """
  )

  /// One severity whatever is seen.
  private init(always severity: Finding.Severity) {
    self.init(severity...severity, usual: severity, severity.rawValue)
  }

  package init(
    _ levels: ClosedRange<Finding.Severity>,
    usual: Finding.Severity,
    _ text: String
  ) {
    self.levels = levels
    self.usual = usual
    self.text = text
  }
}
