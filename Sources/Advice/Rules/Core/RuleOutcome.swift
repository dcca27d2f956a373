package import HostModel

/// What became of a rule's look at a host.
package enum RuleOutcome: Hashable, Sendable {
  /// Looked, and all is well.
  case passed
  case found([Finding])
  /// Could not look: the reason goes to the report.
  case unknown(UnreadInput)
  /// The host has nothing that the rule is about.
  case notApplicable

  /// Found, or passed where there is nothing.
  static func findings(_ findings: [Finding]) -> RuleOutcome {
    findings.isEmpty ? .passed : .found(findings)
  }

  /// Could not look, for that reason; `effect` says what stays open.
  static func unknown(_ reason: UnknownReason?, effect: String) -> RuleOutcome {
    let reason = reason ?? .undetermined("not told by this host")
    let cause =
      switch reason {
      case .missing: "not there"
      case .unreadable(_, let cause): cause
      default: "\(reason)"
      }
    return .unknown(
      UnreadInput(input: reason.input ?? "this host", reason: cause, effect: effect)
    )
  }
}
