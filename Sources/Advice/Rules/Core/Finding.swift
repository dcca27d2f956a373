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

  // MARK: In words

  package var message: String { content.words.message + elsewhereText }
  package var remedy: String { content.words.remedy ?? about.remedy }
  /// The place as files give it.
  package var location: SourceLocation? { place?.location }
}
