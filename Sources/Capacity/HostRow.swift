package import Advice
package import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// One host in a capacity report: what is left of its assessment once it has been made.
package struct HostRow: Sendable {
  /// What a what-if makes of the host.
  package enum Outcome: Sendable {
    case told(WhatIfOutcome)
    /// Why it can't be told.
    case untold(String)
  }

  /// As the user named the source.
  package var source: String
  /// Why nothing could be judged; everything below is empty then.
  package var failure: String?

  package var name = ""
  /// Machines that the row stands for: a class of a spec may have many.
  package var machines = 1
  package var kernelRelease: String?
  package var architecture: String?
  package var profile = ""
  package var zoneArguments = ""
  package var total = ByteCount.zero
  package var kernel = ByteCount.zero
  package var movable = ByteCount.zero
  package var headroom: ByteCount?
  /// The same once user memory fills the host, at worst.
  package var headroomWhenFull: ByteCount?
  /// What of it is left once the kernel has grown to the horizon.
  package var headroomAtHorizon: Int64?
  package var needed: ByteCount?
  package var used: ByteCount?
  package var unexplained: Int64?
  package var maxSafeMovable: ByteCount?
  package var verdict = Verdict.unknown
  package var method = Recommendation.Method.none
  package var arguments: [String] = []
  package var removedArguments: [String] = []
  package var reason = ""
  package var findings: [FindingBrief] = []
  package var unknownInputs = 0
  package var nodes: [CurrentBalance.Node] = []
  package var terms: [DemandTerm] = []
  /// Nil where nothing was asked.
  package var outcome: Outcome?
  /// What its class must know; given up once the class knows it, for it is large.
  package var needs: HostNeeds?
  package var account: HostAccount?
  /// Where it stands in a table of labels; nil where it is not in it.
  package var labelIndex: Int?
  package var labels: [HostLabel] = []
  /// What each grouping makes of it; nil for a host that is in no group of one.
  package var groups: [String?] = []
  /// What its history tells; nil where it has none.
  package var outlook: HostOutlook?
  /// Whether it was not captured: what its history does not tell is not known.
  package var isHistoryOnly = false

  /// A source that could not be judged.
  package init(source: String, failure: String) {
    self.source = source
    self.failure = failure
    name = source
  }

  /// The failure for a line of its own: most name their source themselves.
  package var failureLine: String? {
    guard let failure else { return nil }
    return failure.hasPrefix(source) ? failure : "\(source): \(failure)"
  }

  package init(source: String, _ assessment: Assessment, outcome: Outcome? = nil) {
    let snapshot = assessment.snapshot
    self.source = source
    self.outcome = outcome
    name = snapshot.hostName.value ?? source
    kernelRelease = snapshot.kernel.value?.release
    architecture = snapshot.architecture.value?.rawValue
    profile = assessment.profile.name
    zoneArguments = Self.zoneArguments(snapshot.commandLine.value ?? "")
    kernel = assessment.current.kernel
    movable = assessment.current.movable
    total = kernel + movable
    headroom = assessment.current.headroom.value
    headroomWhenFull = assessment.current.full.value?.least
    headroomAtHorizon = assessment.headroomAtHorizon.value
    needed = assessment.demand.value?.needed
    used = assessment.demand.value?.now
    unexplained = assessment.demand.value?.unexplained
    maxSafeMovable = assessment.sizing.value?.maxSafeMovable
    verdict = assessment.current.verdict
    method = assessment.recommendation.method
    arguments = assessment.recommendation.arguments
    removedArguments = assessment.recommendation.remove
    reason = assessment.recommendation.reason.text
    findings = assessment.findings.map(FindingBrief.init)
    unknownInputs = assessment.unknown.count
    nodes = assessment.current.nodes
    terms = assessment.demand.value?.terms ?? []
    needs = HostNeeds(assessment)
    account = HostAccount(assessment)
  }

  /// Whether its zones are known: a history alone may not tell them, and that is not nothing.
  package var hasZones: Bool { !isHistoryOnly || total > .zero }
  package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
  package var recommendation: String { arguments.joined(separator: " ") }
  /// Movable beyond what is safe; nil where nobody knows.
  package var excess: ByteCount? { maxSafeMovable.map { movable.subtractingOrZero($0) } }
  /// Memory that could safely become Movable; nil where nobody knows.
  package var possible: ByteCount? { maxSafeMovable.map { $0.subtractingOrZero(movable) } }

  /// Warnings and errors, each named once.
  package var rules: [String] {
    var names: [String] = []
    for finding in findings where finding.severity > .note && !names.contains(finding.text) {
      names.append(finding.text)
    }
    return names
  }

  package func count(_ severity: Finding.Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// The machine class: what hosts that were bought together have in common.
  package var machineClass: String {
    let gibibytes = (total.count + (1 << 29)) >> 30
    let size = gibibytes > 0 ? "\(gibibytes) GiB" : "\((total.count + (1 << 19)) >> 20) MiB"
    let nodes = nodes.count
    if !hasZones { return "no capture" }
    return "\(architecture ?? "unknown") · \(size) · \(nodes) node\(nodes == 1 ? "" : "s")"
  }

  /// The arguments that decide about zones, as they were written.
  /// What of a command line sizes zones.
  package static func zoneArguments(_ line: String) -> String {
    KernelCommandLineText.arguments(line).filter {
      ZoneArgumentWord.Name(rawValue: $0.normalizedName) != nil
        || $0.normalizedName == "memhp_default_state"
        || $0.normalizedName.hasPrefix("memory_hotplug.")
    }.map(\.text).joined(separator: " ")
  }
}

extension HostRow {
  /// A size of one machine for all that the row stands for.
  package func all(_ size: ByteCount) -> ByteCount { size * UInt64(max(0, machines)) }
}
