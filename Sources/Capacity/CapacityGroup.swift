package import Advice
package import HostModel

/// Hosts that have something in common: a machine class, a kernel, a profile.
package struct CapacityGroup: Sendable {
  /// How many hosts have a value, and who, as examples: the first by name, whatever the order of hosts.
  package struct Variant: Sendable {
    private struct Example: Sendable {
      var name: String
      var source: String
    }

    package var hosts = 0
    private var first: [Example] = []

    /// Hosts of one name are told apart by where they come from.
    package var examples: [String] {
      first.indices.map { index in
        let isNamed = index > 0 && first[index - 1].name == first[index].name
        return isNamed ? first[index].source : first[index].name
      }
    }

    fileprivate mutating func add(_ row: HostRow) {
      hosts += row.machines
      let place = first.firstIndex { (row.name, row.source) < ($0.name, $0.source) } ?? first.count
      guard place < exampleLimit else { return }
      first.insert(Example(name: row.name, source: row.source), at: place)
      if first.count > exampleLimit { first.removeLast() }
    }
  }

  package var name: String
  package var hosts = 0
  package var verdicts: [Verdict: Int] = [:]
  /// Under a what-if.
  package var verdictsAfter: [Verdict: Int] = [:]
  package var total = ByteCount.zero
  package var movable = ByteCount.zero
  package var possible = ByteCount.zero
  package var excess = ByteCount.zero
  /// Hosts of which nobody knows how much Movable is safe.
  package var unsized = 0
  package var worstRatio: MovableRatio?
  package var worstRatioHost = ""
  package var leastHeadroom: ByteCount?
  package var leastHeadroomHost = ""
  package var kernels: [String: Variant] = [:]
  package var profiles: [String: Variant] = [:]
  package var arguments: [String: Variant] = [:]
  package var movables: [String: Variant] = [:]
  package var recommendations: [String: Variant] = [:]
  package var needs = ClassNeeds()

  /// Values that are told apart: names come from strangers, and a class of machines has few.
  private static let variantLimit = 64
  private static let exampleLimit = 3

  package init(name: String) { self.name = name }

  /// Takes a host in.
  ///
  /// - Parameters:
  ///   - row: A host that was judged.
  ///   - asClass: Whether to ask what it shares with its class.
  package mutating func add(_ row: HostRow, asClass: Bool) {
    hosts += row.machines
    verdicts[row.verdict, default: 0] += row.machines
    if case .told(let outcome) = row.outcome {
      verdictsAfter[outcome.verdict, default: 0] += row.machines
    }
    total += row.all(row.total)
    movable += row.all(row.movable)
    possible += row.all(row.possible ?? .zero)
    excess += row.all(row.excess ?? .zero)
    if row.maxSafeMovable == nil { unsized += row.machines }
    // Of hosts that are alike the first by name.
    if row.hasZones,
      worstRatio.map({ row.ratio > $0 || !(row.ratio < $0) && row.name < worstRatioHost }) ?? true
    {
      worstRatio = row.ratio
      worstRatioHost = row.name
    }
    if let headroom = row.headroom,
      leastHeadroom.map({ (headroom, row.name) < ($0, leastHeadroomHost) }) ?? true
    {
      leastHeadroom = headroom
      leastHeadroomHost = row.name
    }
    guard asClass else { return }
    Self.count(row.kernelRelease ?? "unknown", row, &kernels)
    Self.count(row.profile, row, &profiles)
    Self.count(row.zoneArguments.isEmpty ? "none" : row.zoneArguments, row, &arguments)
    Self.count(row.movable.text, row, &movables)
    if !row.arguments.isEmpty { Self.count(row.recommendation, row, &recommendations) }
    if let own = row.needs { needs.add(own) }
  }

  private static func count(_ value: String, _ row: HostRow, _ variants: inout [String: Variant]) {
    let isKnown = variants[value] != nil || variants.count < variantLimit
    let key = isKnown ? value : "others"
    variants[key, default: Variant()].add(row)
  }

  /// Whether a host of it is worse than balanced.
  package var isInTrouble: Bool { verdicts.contains { $0.key > .balanced } }

  /// Imbalanced and impossible hosts.
  package var bad: Int { (verdicts[.imbalanced] ?? 0) + (verdicts[.impossible] ?? 0) }

  /// What differs between machines that should be alike; the same for every run.
  package var drift: [Drift] {
    let all: [(String, [String: Variant])] = [
      ("kernel", kernels), ("zone arguments", arguments), ("size of Movable", movables),
    ]
    return all.filter { $0.1.count > 1 }.map { what, variants in
      Drift(what: what, variants: Self.sorted(variants))
    }
  }

  /// Most frequent first.
  package static func sorted(_ variants: [String: Variant]) -> [(value: String, of: Variant)] {
    variants.sorted { ($1.value.hosts, $0.key) < ($0.value.hosts, $1.key) }
      .map { ($0.key, $0.value) }
  }

  /// One thing in which machines of a class disagree.
  package struct Drift: Sendable {
    package var what: String
    package var variants: [(value: String, of: Variant)]

    /// The first few, with who differs from most.
    package var text: String {
      let shown = variants.prefix(4).enumerated().map { index, variant in
        let who = variant.of.examples.joined(separator: ", ")
        let more = variant.of.hosts > variant.of.examples.count ? " …" : ""
        return index == 0
          ? "\(variant.value) (\(variant.of.hosts))"
          : "\(variant.value) (\(variant.of.hosts): \(who)\(more))"
      }
      let rest = variants.count > 4 ? ", and \(variants.count - 4) more" : ""
      return "\(variants.count) × \(what): \(shown.joined(separator: ", "))\(rest)"
    }
  }
}
