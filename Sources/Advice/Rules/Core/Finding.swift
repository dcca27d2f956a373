package import HostModel
package import SourceText

/// One thing that a rule saw: values only. Sentences are made from them by the rule, on demand.
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

  private let content: FindingContent
  private var decided: Remedy?
  package var subject: FindingSubject
  /// The rule's own, or what a policy makes of it.
  package var severity: Severity
  package var place: FindingPlace?
  /// Where it was read.
  package var evidence: [Evidence]
  /// The same cause on other nodes of the host, and on the host as a whole.
  package internal(set) var elsewhere: [Elsewhere] = []

  package init<R: Rule>(
    _ rule: R.Type,
    _ detail: R.Detail,
    on subject: FindingSubject = .host,
    at place: FindingPlace? = nil,
    evidence: [Evidence]
  ) {
    content = FindingContent(rule, detail)
    self.subject = subject
    severity = R.severity(of: detail)
    self.place = place
    self.evidence = evidence
  }

  // MARK: The rule

  package var about: RuleDescription { content.rule.about }
  package var code: String { about.code }
  /// The rule's name.
  package var rule: String { about.slug }
  package var reference: String { about.reference }

  /// Whether it is a finding of that rule.
  package func isOf(_ rule: any Rule.Type) -> Bool { content.rule == rule }

  /// What that rule saw; nil for a finding of another one.
  package func detail<R: Rule>(of rule: R.Type) -> R.Detail? {
    isOf(rule) ? content.detail as? R.Detail : nil
  }

  /// Whether it is about what a host does not tell: a spec tells what its writer knows.
  package var isAboutInputs: Bool { about.group == .inputs }

  // MARK: What was seen

  package var detail: any FindingDetail { content.detail }
  /// The amounts by name, in the rule's order.
  package var amounts: FindingAmounts { content.detail.amounts }
  package var node: NodeID? { subject.node }

  // MARK: What cures it

  /// What cures it: the rule's word, or what was decided for the machine as a whole.
  package var cure: Remedy { decided ?? content.remedy }
  /// What a program changes to cure it; empty where none can.
  package var changes: [Change] { cure.changes }

  /// Whether its rule asks for another division of boot memory.
  package var asksForLayout: Bool { content.remedy.isLayout }

  /// Puts something in the place of the rule's own remedy.
  package mutating func decide(_ remedy: Remedy) { decided = remedy }

  /// The finding with the machine's own advice where its rule asks for another division of memory.
  package func decided(by advice: Recommendation) -> Finding {
    guard asksForLayout else { return self }
    var finding = self
    finding.decided = content.remedy.decided(by: advice)
    return finding
  }

  // MARK: In words

  package var message: String { content.words.message + elsewhereText }
  package var remedy: String { cure.text }
  /// The place as files give it.
  package var location: SourceLocation? { place?.location }
}
