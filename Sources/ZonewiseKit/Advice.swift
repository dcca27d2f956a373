internal import Advice
internal import HostModel
internal import Reports

extension Host {
  /// Where a machine stands, and what to do: the gist of `zonewise advise --format json`.
  ///
  /// Sizes are bytes; nil is unknown, never zero.
  public struct Advice: Hashable, Sendable {
    /// Whether zones are in balance.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
      /// Nothing to do.
      case balanced
      /// Fine today, and little is left.
      case tight
      /// Kernel zones are too small for what is Movable.
      case imbalanced
      /// Kernel zones can't hold what this memory needs of them.
      case impossible
      /// Too little could be read to judge.
      case unknown
    }

    /// The verdict.
    public let verdict: Verdict
    /// The answer in a sentence or two, in English.
    public let summary: String
    /// Memory that the kernel can use: present pages of its zones, CMA areas left out.
    public let kernel: UInt64
    /// ZONE_MOVABLE and CMA areas.
    public let movable: UInt64
    /// How much more unmovable memory the kernel can take now.
    public let headroom: UInt64?
    /// How much more it can take once user memory fills the machine; the verdict goes by this.
    public let headroomWhenFull: UInt64?
    /// What the kernel zones must hold at the profile's horizon, reserve and margin included.
    public let needed: UInt64?
    /// The largest ZONE_MOVABLE that is safe.
    public let largestSafeMovable: UInt64?
    /// Kernel arguments that are advised; empty where nothing is.
    public let arguments: [String]
    /// What was found, worst first.
    public let findings: [Finding]
    /// Inputs that could not be read and would have told more.
    public let unknownInputs: [String]

    /// A risk that a rule saw.
    public struct Finding: Hashable, Sendable {
      /// `ZW101`; stable.
      public let code: String
      /// `ratio-over-limit`; stable.
      public let name: String
      /// `error`, `warning` or `note`.
      public let severity: String
      /// What was seen, in English.
      public let message: String
      /// What cures it, in English.
      public let remedy: String
    }

    init(_ assessment: Assessment) {
      let current = assessment.current
      verdict = Verdict(rawValue: current.verdict.rawValue) ?? .unknown
      summary = AdviseSummary.text(assessment)
      kernel = current.kernel.count
      movable = current.movable.count
      headroom = current.headroom.value?.count
      headroomWhenFull = current.full.value?.least.count
      needed = assessment.demand.value?.needed.count
      largestSafeMovable = assessment.sizing.value?.maxSafeMovable.count
      arguments = assessment.recommendation.arguments
      findings = assessment.findings.map { finding in
        Finding(
          code: finding.code,
          name: finding.rule,
          severity: finding.severity.rawValue,
          message: finding.message,
          remedy: finding.remedy
        )
      }
      unknownInputs = assessment.unknown.map(\.input)
    }
  }
}
