package import Advice
package import Forecast
package import History
package import HostModel
internal import Profiles

/// When a host gets tight, by what was measured of it: what a report keeps of a forecast.
package struct HostOutlook: Sendable {
  package var host: String
  /// Nil where it is not expected before anybody can tell, and where nothing can be told.
  package var months: Double?
  /// The same for a column: `3.4`, `>12`, `?`.
  package var monthsText: String
  package var tight: Crossing?
  package var imbalanced: Crossing?
  /// The last second that was measured.
  package var until: Int64
  package var mostGrowth: String?
  /// Why nothing can be told; nil where something can.
  package var notKnown: String?
  package var profile: String
  /// As they were measured last.
  package var kernel: ByteCount?
  package var movable: ByteCount?
  package var headroom: ByteCount?
  package var nodes: [CurrentBalance.Node]

  package init(_ history: HostHistory, _ forecast: HostForecast) {
    host = history.host
    months = forecast.monthsToTight
    monthsText = forecast.months
    tight = forecast.tight
    imbalanced = forecast.imbalanced
    until = forecast.period.upperBound
    mostGrowth = forecast.mostGrowth?.key.description
    profile = forecast.profile.name
    func size(_ quantity: HistoryQuantity) -> ByteCount? {
      if let whole = history[quantity]?.last?.value { return whole }
      let parts = history.nodes.compactMap { history[quantity, node: $0]?.last?.value }
      return parts.isEmpty ? nil : parts.total()
    }
    kernel = size(.kernelPresent)
    movable = size(.movablePresent)
    headroom = size(.headroom)
    nodes = history.nodes.compactMap { Self.node($0, history, forecast) }
    notKnown = forecast.tight == nil ? Self.reason(forecast) : nil
  }

  /// A node's zones as they were measured last; nil where its history does not tell them.
  private static func node(
    _ id: NodeID,
    _ history: HostHistory,
    _ forecast: HostForecast
  ) -> CurrentBalance.Node? {
    func last(_ quantity: HistoryQuantity) -> ByteCount? {
      history[quantity, node: id]?.last?.value
    }
    func reading(_ quantity: HistoryQuantity) -> Reading<ByteCount> {
      last(quantity).map { .known($0) } ?? .unknown(.undetermined("its history does not tell"))
    }
    guard let kernel = last(.kernelPresent) else { return nil }
    let room = forecast.rooms.first { $0.node == id }
    return CurrentBalance.Node(
      node: id,
      kernel: kernel,
      movable: last(.movablePresent) ?? .zero,
      freeKernel: reading(.kernelFree),
      freeMovable: reading(.movableFree),
      headroom: reading(.headroom),
      verdict: verdict(room?.tight, room?.imbalanced)
    )
  }

  private static func reason(_ forecast: HostForecast) -> String {
    for room in forecast.rooms {
      if case .failure(let little) = room.trend { return little.description }
    }
    return forecast.gaps.first.map { "\($0.missing): \($0.cost)" }
      ?? "its history does not tell how much room the kernel has"
  }

  /// How it stands by its history alone: what a capture would tell beyond it is not known.
  package var verdict: Verdict { Self.verdict(tight, imbalanced) }

  private static func verdict(_ tight: Crossing?, _ imbalanced: Crossing?) -> Verdict {
    guard tight == .already else { return .unknown }
    return imbalanced == .already ? .imbalanced : .tight
  }
}

/// The outlooks of a fleet's hosts, found by the names that hosts have in reports.
package struct HostOutlooks: Sendable {
  package private(set) var all: [HostOutlook] = []
  private var byName: [String: Int] = [:]
  /// Without a port, which Prometheus' instances have.
  private var byAddress: [String: Int] = [:]

  package init() {}

  package mutating func add(_ outlook: HostOutlook) {
    if let known = byName[outlook.host] {
      // What tells nothing hides nothing that does.
      if all[known].tight == nil { all[known] = outlook }
      return
    }
    let index = all.count
    all.append(outlook)
    byName[outlook.host] = index
    if let address = Self.address(outlook.host) {
      // Two exporters of one host tell nothing of it that can be told apart.
      byAddress[address] = byAddress[address] == nil ? index : -1
    }
  }

  private static func address(_ instance: String) -> String? {
    guard let colon = instance.lastIndex(of: ":"),
      UInt16(instance[instance.index(after: colon)...]) != nil
    else { return nil }
    return String(instance[..<colon])
  }

  package func outlook(of host: String) -> HostOutlook? {
    guard let index = byName[host] ?? byAddress[host], index >= 0 else { return nil }
    return all[index]
  }
}
