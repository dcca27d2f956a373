internal import HostModel
internal import KernelBehavior
internal import KernelText

/// The CMA areas of a machine, under any layout of its zones.
///
/// Where they lie depends on the layout, and whether they come to be: the kernel gives up an area
/// that lies across the start of ZONE_MOVABLE.
struct LayoutAreas: Sendable {
  private let inputs: BootLayoutInputs
  /// The words that set memory apart; empty where there are none.
  private let line: String
  /// Areas that no word asks for (CONFIG_CMA_SIZE_MBYTES): taken to stay where they are.
  private let others: [NodeID: PageCount]

  /// What areas mean for a layout.
  struct Held: Hashable, Sendable {
    /// Their pages in kernel zones, which the kernel itself can't use.
    var inKernelZones: [NodeID: PageCount] = [:]
    /// The kernel pages that a node must have lest an area on it is given up.
    var reach: [NodeID: PageCount] = [:]
    /// Areas that can't be had, whatever the boundaries.
    var refused: [BootReservation] = []
  }

  /// - Parameters:
  ///   - snapshot: Its zones tell what areas there are now.
  ///   - inputs: The machine.
  ///   - extra: Words that will be added to its command line.
  init(_ snapshot: HostSnapshot, inputs: BootLayoutInputs, adding extra: [String] = []) {
    self.inputs = inputs
    let own = snapshot.commandLine.value ?? inputs.commandLine ?? ""
    let names = Set(extra.compactMap { KernelCommandLineText.arguments($0).first?.normalizedName })
    let kept = KernelCommandLineText.arguments(own).filter { word in
      !names.contains(word.normalizedName)
        && ZoneArgumentWord.Name(rawValue: word.normalizedName) == nil
    }
    let line = (kept.map(\.text) + extra).joined(separator: " ")
    self.line = BootReservations.asks(line) ? line : ""
    var others = Self.shown(snapshot)
    if BootReservations.asks(own), let now = try? inputs.predict(inputs.arguments(own)) {
      let placed = Self.held(inputs.reservations(own, in: now), in: now, inputs)
      for (node, pages) in placed.inKernelZones { others[node]?.take(upTo: pages) }
    }
    self.others = others
  }

  /// What they mean for a layout.
  func held(in layout: BootLayout) -> Held {
    var held = Held()
    if !line.isEmpty { held = Self.held(inputs.reservations(line, in: layout), in: layout, inputs) }
    for (node, pages) in others { held.inKernelZones[node, default: .zero] += pages }
    return held
  }

  private static func held(
    _ reservations: BootReservations,
    in layout: BootLayout,
    _ inputs: BootLayoutInputs
  ) -> Held {
    var held = Held()
    for node in layout.nodes {
      held.inKernelZones[node.id] = node.zones.filter(\.kind.servesKernel)
        .map { reservations.cma(in: $0, of: node.id) }.total()
    }
    for reservation in reservations.failures {
      guard case .acrossZones(let area) = reservation.outcome, area.zone == .movable else {
        held.refused.append(reservation)
        continue
      }
      let needed = inputs.map.ranges.lazy.filter { $0.node == area.node }
        .map { $0.frames.pages(below: area.frames.end) }.total()
      held.reach[area.node] = max(held.reach[area.node] ?? .zero, needed)
    }
    return held
  }

  /// CMA pages in the kernel zones of a host as it is.
  private static func shown(_ snapshot: HostSnapshot) -> [NodeID: PageCount] {
    var shown: [NodeID: PageCount] = [:]
    for node in snapshot.zoneinfo.value?.nodes ?? [] {
      let pages = node.kernelZones.map { $0.cma.value ?? .zero }.total()
      if pages > .zero { shown[node.node] = pages }
    }
    return shown
  }
}

extension LayoutSearch {
  /// As often as a layout is looked for again because areas lie elsewhere in the one that was found.
  private static let mostMoves = 16

  /// The argument that makes most memory Movable and leaves every node what it needs beside the CMA
  /// areas that lie in its kernel zones then, none of which is given up.
  ///
  /// - Parameters:
  ///   - bounds: What the kernel itself must have.
  ///   - areas: The machine's areas.
  ///   - wish: More than that is not made Movable.
  /// - Returns: The argument, with the layout that it gives.
  /// - Throws: The node for which no size is enough.
  mutating func largestMovable(
    keeping bounds: Bounds,
    beside areas: LayoutAreas,
    atMost wish: PageCount? = nil
  ) throws(Impossible) -> Answer {
    var held = LayoutAreas.Held()
    for _ in 0..<Self.mostMoves {
      var all = bounds
      for (node, pages) in held.inKernelZones where all.nodes[node] != nil {
        all.nodes[node, default: .zero] += pages
      }
      all.host += held.inKernelZones.values.total()
      for (node, pages) in held.reach { all.nodes[node] = max(all.nodes[node] ?? .zero, pages) }
      let answer = try largestMovable(keeping: all, atMost: wish)
      let found = areas.held(in: answer.layout)
      if found.reach.isEmpty, bounds.areKept(by: answer.layout, beside: found) { return answer }
      held.inKernelZones.merge(found.inKernelZones) { max($0, $1) }
      held.reach.merge(found.reach) { max($0, $1) }
    }
    throw .areasInTheWay
  }
}

extension LayoutSearch.Bounds {
  /// Whether a layout leaves the kernel what it needs beside the areas in its zones.
  func areKept(by layout: BootLayout, beside held: LayoutAreas.Held) -> Bool {
    var sum = PageCount.zero
    for node in layout.nodes {
      let own = node.kernelPages.subtractingOrZero(held.inKernelZones[node.id] ?? .zero)
      if own < nodes[node.id] ?? .zero { return false }
      sum += own
    }
    return sum >= host
  }
}
