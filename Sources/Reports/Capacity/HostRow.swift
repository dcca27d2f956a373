package import Advice
package import HostModel

/// One host in a capacity report: what is left of its assessment once it has been made.
package struct HostRow: Sendable {
  /// As the user named the source.
  package var source: String
  /// Why nothing could be judged; everything below is empty then.
  package var failure: String?

  package var name = ""
  package var kernelRelease: String?
  package var architecture: String?
  package var profile = ""
  package var zoneArguments = ""
  package var total = ByteCount.zero
  package var kernel = ByteCount.zero
  package var movable = ByteCount.zero
  package var headroom: ByteCount?
  package var needed: ByteCount?
  package var used: ByteCount?
  package var unexplained: Int64?
  package var maxSafeMovable: ByteCount?
  package var verdict = Verdict.unknown
  package var recommendation = ""
  package var reason = ""
  package var errors = 0
  package var warnings = 0
  package var rules: [String] = []
  package var unknownInputs = 0
  package var nodes: [Standing.Node] = []

  /// A source that could not be judged.
  package init(source: String, failure: String) {
    self.source = source
    self.failure = failure
    name = source
  }

  package init(source: String, _ assessment: Assessment) {
    let snapshot = assessment.snapshot
    self.source = source
    name = snapshot.hostName.value ?? source
    kernelRelease = snapshot.kernel.value?.release
    architecture = snapshot.architecture.value?.rawValue
    profile = assessment.profile.name
    zoneArguments = Self.zoneArguments(snapshot.commandLine.value ?? "")
    kernel = assessment.current.kernel
    movable = assessment.current.movable
    total = kernel + movable
    headroom = assessment.current.headroom.value
    needed = assessment.demand.value?.needed
    used = assessment.demand.value?.now
    unexplained = assessment.demand.value?.unexplained
    maxSafeMovable = assessment.sizing.value?.maxSafeMovable
    verdict = assessment.current.verdict
    recommendation = assessment.recommendation.arguments.joined(separator: " ")
    reason = assessment.recommendation.reason
    errors = assessment.findings.count { $0.severity == .error }
    warnings = assessment.findings.count { $0.severity == .warning }
    rules = assessment.findings.filter { $0.severity > .note }.map { "\($0.code) \($0.rule)" }
    unknownInputs = assessment.unknown.count
    nodes = assessment.current.nodes
  }

  package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
  /// Movable beyond what is safe.
  package var excess: ByteCount { maxSafeMovable.map { movable - $0 } ?? .zero }
  /// Memory that could safely become Movable.
  package var possible: ByteCount { maxSafeMovable.map { $0 - movable } ?? .zero }

  /// The machine class: what hosts that were bought together have in common.
  package var machineClass: String {
    let gibibytes = (total.count + (1 << 29)) >> 30
    let nodes = nodes.count
    return "\(architecture ?? "unknown") · \(gibibytes) GiB · \(nodes) node\(nodes == 1 ? "" : "s")"
  }

  private static func zoneArguments(_ line: String) -> String {
    let names = ["kernelcore", "movablecore", "movable_node", "memhp_default_state"]
    return line.split(separator: " ").filter { word in
      names.contains { word == $0 || word.hasPrefix($0 + "=") }
        || word.hasPrefix("memory_hotplug.")
    }.joined(separator: " ")
  }
}
