internal import HostModel
internal import KernelBehavior
internal import KernelText

/// Writes the boot arguments for needs beside those that a command line has.
///
/// `hugepages=` counts pages of the size in front of it, and a size counts once: so all pools are
/// written anew where the line has some already, those that are kept too.
struct NeedArguments {
  /// How pages that are asked for at boot will be made.
  enum Way {
    /// By counts on the command line.
    case counts
    /// Out of areas, while the host runs.
    case areas
    /// While the host runs, out of the kernel zones of a node: the kernel takes no counts by node.
    case kernelZones(NodeID)
  }

  private let machine: NeedMachine
  /// Pages by size, in the order of the line; node nil for all nodes together.
  private var pools: [HugeTLBArguments.Pool]
  private var asksForPages = false
  private var giganticAreas: [NodeID?: ByteCount] = [:]
  private var deviceAreas: [NodeID?: ByteCount] = [:]

  init(_ machine: NeedMachine) {
    self.machine = machine
    pools =
      HugeTLBArguments(machine.words, defaultSize: machine.standardHugePage).pools
  }

  private var hasOneNode: Bool { machine.nodes.count == 1 }

  // MARK: Huge pages

  mutating func add(pages count: UInt64, of size: ByteCount, on node: NodeID?) -> Way {
    if machine.isGigantic(size), machine.leavesGiganticPages {
      giganticAreas[hasOneNode ? nil : node, default: .zero] += size * count
      return .areas
    }
    if let node, !hasOneNode, !machine.has(.hugePagesByNode) { return .kernelZones(node) }
    asksForPages = true
    let place = hasOneNode ? nil : node
    let others = pools.filter { $0.size == size && $0.node != place }
    // Counts by node replace a count for all nodes, which is spread over them.
    if let whole = others.first(where: { $0.node == nil }), place != nil {
      pools.removeAll { $0.size == size }
      let share = whole.count / UInt64(max(1, machine.nodes.count))
      pools += machine.nodes.map { HugeTLBArguments.Pool(size: size, node: $0, count: share) }
    }
    if place == nil { pools.removeAll { $0.size == size && $0.node != nil } }
    if let index = pools.firstIndex(where: { $0.size == size && $0.node == place }) {
      pools[index].count = max(count, pools[index].count)
    } else {
      pools.append(HugeTLBArguments.Pool(size: size, node: place, count: count))
    }
    return .counts
  }

  private func pageWords(of size: ByteCount) -> [String] {
    let own = pools.filter { $0.size == size && $0.count > 0 }
    guard let first = own.first else { return [] }
    let counts =
      first.node == nil
      ? "\(first.count)"
      : own.compactMap { pool in pool.node.map { "\($0):\(pool.count)" } }.joined(separator: ",")
    return ["hugepagesz=\(size.argumentText)", "hugepages=\(counts)"]
  }

  private var sizes: [ByteCount] {
    var found: [ByteCount] = []
    for pool in pools where !found.contains(pool.size) { found.append(pool.size) }
    return found
  }

  // MARK: Areas

  mutating func add(area size: ByteCount, on node: NodeID?) {
    deviceAreas[hasOneNode ? nil : node, default: .zero] += size
  }

  private var deviceAreaWords: [String] {
    var words: [String] = []
    if let size = deviceAreas[nil] { words.append("cma=\(size.argumentText)") }
    var sizes = existing("numa_cma")
    let own = deviceAreas.compactMap { node, size in node.map { ($0, size) } }
    guard !own.isEmpty else { return words }
    for (node, size) in own { sizes[node] = size }
    return words + ["numa_cma=\(Self.list(sizes))"]
  }

  /// `hugetlb_cma=` divides one size over the nodes.
  private var giganticAreaWords: [String] {
    guard !giganticAreas.isEmpty else { return [] }
    let nodes = UInt64(max(1, machine.nodes.count))
    let own = giganticAreas.compactMap { node, size in node.map { ($0, size) } }
    guard !own.isEmpty else {
      let size = max(giganticAreas[nil] ?? .zero, existingWhole("hugetlb_cma"))
      return ["hugetlb_cma=\(size.argumentText)"]
    }
    guard machine.has(.giganticAreasByNode) else {
      let most = own.map(\.1).max() ?? .zero
      return ["hugetlb_cma=\((most * nodes).argumentText)"]
    }
    var sizes = existing("hugetlb_cma")
    for (node, size) in own { sizes[node] = max(sizes[node] ?? .zero, size) }
    return ["hugetlb_cma=\(Self.list(sizes))"]
  }

  private func existing(_ name: String) -> [NodeID: ByteCount] {
    let value = machine.words.last { $0.normalizedName == name }?.value ?? ""
    return NodeSizes(value).byNode.mapValues { $0.bytes(of: .zero) }
  }

  private func existingWhole(_ name: String) -> ByteCount {
    let value = machine.words.last { $0.normalizedName == name }?.value ?? ""
    return NodeSizes(value).whole?.bytes(of: .zero) ?? .zero
  }

  private static func list(_ sizes: [NodeID: ByteCount]) -> String {
    sizes.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.argumentText)" }
      .joined(separator: ",")
  }

  // MARK: All

  /// Whether pools of the line are written anew.
  private var replacesPages: Bool {
    asksForPages
      && machine.words.contains { ["hugepages", "hugepagesz"].contains($0.normalizedName) }
  }

  var all: [String] {
    let pages = asksForPages ? sizes.flatMap(pageWords) : []
    return pages + giganticAreaWords + deviceAreaWords
  }

  /// Names of words that must go.
  var remove: [String] { replacesPages ? ["hugepagesz", "hugepages"] : [] }

  /// The words that are for one need.
  func words(for need: MemoryNeed) -> [String] {
    switch need.kind {
    case .hugePages(let size, _):
      if machine.isGigantic(size), machine.leavesGiganticPages { return giganticAreaWords }
      return asksForPages ? pageWords(of: size) : []
    case .area: return deviceAreaWords
    case .pinned: return []
    }
  }

  /// `hugetlb_cma=` in place of gigantic pages at boot, which it keeps from being made; nil where it
  /// gives no pages of that size.
  func areaInstead(of need: MemoryNeed) -> String? {
    guard case .hugePages(let size, let count) = need.kind, machine.isGigantic(size),
      !machine.leavesGiganticPages, machine.has(.areas), machine.has(.giganticAreas),
      need.node == nil || hasOneNode || machine.has(.giganticAreasByNode),
      !pools.contains(where: { $0.size != size && machine.isGigantic($0.size) })
    else { return nil }
    guard let node = need.node, !hasOneNode else {
      return "hugetlb_cma=\((size * count).argumentText)"
    }
    return "hugetlb_cma=\(node):\((size * count).argumentText)"
  }
}
