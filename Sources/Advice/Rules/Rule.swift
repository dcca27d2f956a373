package import HostModel
package import Profiles

/// One risk that zonewise knows: a file of its own, and a line in `RuleRegistry`.
package protocol Rule: Sendable {
  /// What people read about the rule, and what other programs know it by.
  static var about: RuleDescription { get }
  /// Looks for the risk.
  static func check(_ context: RuleContext) -> RuleOutcome
}

/// A rule's documentation: from it come `explain`, the rules page and SARIF metadata.
package struct RuleDescription: Hashable, Sendable {
  /// `ZW101`; stable for ever.
  package var code: String
  /// `ratio-over-limit`; stable for ever.
  package var slug: String
  package var title: String
  /// What brings the risk about, likeliest first: kernel arguments and keys of a fleet spec. A check
  /// of files points at the first of them that is there.
  package var causes: [String]
  /// What happens on a host that has the risk, and why.
  package var why: String
  /// Files and fields that it looks at.
  package var observes: String
  /// When it is a note, a warning, an error.
  package var severity: String
  package var remedy: String
  /// Kernel file and release, or documentation.
  package var reference: String
  package var kernels: String
  /// Folders of Tests/Fixtures that show the risk, and that don't.
  package var positive: [String]
  package var negative: [String]
  /// Why folders that show the risk are edited copies of what a kernel said; empty where none is.
  package var unbooted: String

  package init(
    code: String,
    slug: String,
    title: String,
    causes: [String] = RuleDescription.zoneArguments,
    why: String,
    observes: String,
    severity: String = RuleDescription.severityByShare,
    remedy: String,
    reference: String,
    kernels: String = "all",
    positive: [String],
    negative: [String],
    unbooted: String = ""
  ) {
    self.code = code
    self.slug = slug
    self.title = title
    self.causes = causes
    self.why = why
    self.observes = observes
    self.severity = severity
    self.remedy = remedy
    self.reference = reference
    self.kernels = kernels
    self.positive = positive
    self.negative = negative
    self.unbooted = unbooted
  }

  /// Whether an example is a root as a booted kernel left it: those are named after its release.
  package static func isRecorded(_ name: String) -> Bool { name.first?.isNumber == true }
}

extension RuleDescription {
  /// The arguments that divide memory at boot.
  package static let zoneArguments = ["kernelcore", "movablecore", "movable_node"]
}

/// What a rule may look at.
package struct RuleContext: Sendable {
  package let facts: HostFacts
  package let profile: Profile
  package let demand: Reading<Demand>
  package let current: Standing

  package var snapshot: HostSnapshot { facts.snapshot }
}

extension RuleContext {
  /// What rules may look at on that host.
  package init(_ snapshot: HostSnapshot, profile: Profile) throws(NotJudged) {
    let facts = try HostFacts(snapshot)
    let demand = DemandModel(facts: facts, survey: TermSurvey(facts), profile: profile).demand()
    self.init(
      facts: facts,
      profile: profile,
      demand: demand,
      current: Standing.judge(facts, demand: demand, profile: profile)
    )
  }
}

/// What a rule saw.
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
}

/// One thing that a rule saw.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    case note
    case warning
    case error

    package static func < (left: Self, right: Self) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// A place in a file that the finding is about.
  package struct Location: Hashable, Sendable {
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  package var rule: String
  package var code: String
  package var severity: Severity
  package var message: String
  /// File, field and value.
  package var evidence: [String]
  package var remedy: String
  package var reference: String
  package var node: NodeID?
  package var location: Location?

  package init(
    _ rule: any Rule.Type,
    _ severity: Severity,
    node: NodeID? = nil,
    message: String,
    evidence: [String],
    remedy: String? = nil,
    location: Location? = nil
  ) {
    let about = rule.about
    self.rule = about.slug
    code = about.code
    self.severity = severity
    self.message = message
    self.evidence = evidence
    self.remedy = remedy ?? about.remedy
    reference = about.reference
    self.node = node
    self.location = location
  }
}
