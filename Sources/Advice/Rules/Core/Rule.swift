/// One risk that zonewise knows: a file of its own, and a line in `RuleRegistry`.
///
/// The file holds all there is about the risk: what it sees (`Detail`), how bad that is, what is said
/// about it, and how it looks. A rule says where it looks by the protocols it takes: `HostRule`,
/// `ArgumentRule`, `LayoutRule`, `GrowthRule`, `ClassRule`, `SuppressionRule`; one may take several.
package protocol Rule: Sendable {
  /// What the rule sees: typed amounts, no sentences.
  associatedtype Detail: FindingDetail
  /// What people read about the rule, and what other programs know it by.
  static var about: RuleDescription { get }
  /// How bad it is: the same whichever command asks.
  static func severity(of detail: Detail) -> Finding.Severity
  /// How it is said: the only place with sentences about the risk.
  static func words(for detail: Detail) -> FindingText
  /// What cures it; what a program can't do is an action.
  static func remedy(for detail: Detail) -> Remedy

  // Where the rule looks, as its protocols say. Asked of the type itself: a dynamic cast searches
  // all conformances of the program, at 50,000 instructions each.
  static var asHostRule: (any HostRule.Type)? { get }
  static var asArgumentRule: (any ArgumentRule.Type)? { get }
  static var asLayoutRule: (any LayoutRule.Type)? { get }
  static var asGrowthRule: (any GrowthRule.Type)? { get }
  static var asClassRule: (any ClassRule.Type)? { get }
}

extension Rule {
  package static var asHostRule: (any HostRule.Type)? { nil }
  package static var asArgumentRule: (any ArgumentRule.Type)? { nil }
  package static var asLayoutRule: (any LayoutRule.Type)? { nil }
  package static var asGrowthRule: (any GrowthRule.Type)? { nil }
  package static var asClassRule: (any ClassRule.Type)? { nil }
}

extension HostRule {
  package static var asHostRule: (any HostRule.Type)? { self }
}

extension ArgumentRule {
  package static var asArgumentRule: (any ArgumentRule.Type)? { self }
}

extension LayoutRule {
  package static var asLayoutRule: (any LayoutRule.Type)? { self }
}

extension GrowthRule {
  package static var asGrowthRule: (any GrowthRule.Type)? { self }
}

extension ClassRule {
  package static var asClassRule: (any ClassRule.Type)? { self }
}

extension Rule {
  /// What the rule saw, as a finding.
  ///
  /// - Parameters:
  ///   - detail: What was seen.
  ///   - subject: What it was seen on.
  ///   - place: Where it is written; nil where no line of text is the cause.
  ///   - evidence: Where it was read.
  /// - Returns: The finding, as grave as the rule says.
  package static func finding(
    _ detail: Detail,
    on subject: FindingSubject = .host,
    at place: FindingPlace? = nil,
    evidence: [Evidence]
  ) -> Finding {
    Finding(Self.self, detail, on: subject, at: place, evidence: evidence)
  }
}

/// A rule that looks at a host.
package protocol HostRule: Rule {
  static func check(_ context: RuleContext) -> RuleOutcome
}

/// A rule that looks at the words of a command line, whatever machine it boots.
package protocol ArgumentRule: Rule {
  static func findings(in line: ArgumentContext) -> [Finding]
}

/// A rule that looks at the zones that a command line is predicted to give.
package protocol LayoutRule: Rule {
  static func findings(in layout: LayoutContext) -> [Finding]
}

/// A rule that looks at how a machine grows.
package protocol GrowthRule: Rule {
  static func findings(in plan: GrowthPlan) -> [Finding]
}

/// A rule that holds a machine class against the goals in its spec.
package protocol ClassRule: Rule {
  static func findings(in machineClass: ClassContext) -> [Finding]
}

/// A rule about the suppressions of a check, which meets them itself as it goes along.
package protocol SuppressionRule: Rule {}
