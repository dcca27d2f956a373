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
  package var severity: RuleSeverity
  /// What to do where a finding knows nothing better.
  package var remedy: String
  /// Kernel file and release, or documentation.
  package var reference: String
  package var kernels: String

  package init(
    code: String,
    slug: String,
    title: String,
    causes: [String] = RuleDescription.zoneArguments,
    why: String,
    observes: String,
    severity: RuleSeverity = .byShare,
    remedy: String,
    reference: String,
    kernels: String = "all"
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
  }
}

extension RuleDescription {
  /// The arguments that divide memory at boot.
  package static let zoneArguments = ["kernelcore", "movablecore", "movable_node"]
}
