internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// What needs depend on of a host and of every kernel that it will run.
struct NeedMachine {
  let facts: HostFacts
  private let kernels: [Kernel]
  /// Nodes with memory.
  let nodes: [NodeID]
  let words: [KernelArgument]
  private let architecture: Architecture

  init(_ facts: HostFacts, kernels: [Kernel]) {
    self.facts = facts
    self.kernels = kernels
    nodes = facts.nodes.filter { $0.total > .zero }.map(\.node)
    words = facts.arguments
    architecture = facts.snapshot.architecture.value ?? .x86_64
  }

  /// Whether all of the kernels do it.
  func has(_ fact: KernelFact) -> Bool { kernels.allSatisfy { $0.hasOrAssumed(fact) } }

  private func account(_ node: NodeID) -> NodeAccount? { facts.nodes.first { $0.node == node } }

  func size(_ node: NodeID) -> ByteCount { account(node)?.total ?? .zero }

  /// Where pinned memory is taken from, as long as any node has cpus.
  var nodesWithCPUs: [NodeID] {
    let found = facts.nodes.filter { $0.total > .zero && $0.cpuCount.value != 0 }.map(\.node)
    return found.isEmpty ? nodes : found
  }

  // MARK: Huge pages

  func isGigantic(_ size: ByteCount) -> Bool {
    let order = facts.snapshot.maxOrder.value ?? architecture.usualMaxOrder(facts.pageSize)
    return size > facts.pageSize.bytes * (1 << UInt64(order))
  }

  /// Why there are no huge pages of a size here.
  func obstacle(to size: ByteCount) -> NeedAnswer.Limit? {
    if let pools = facts.snapshot.hugePages.pools.value, !pools.isEmpty,
      pools.contains(where: { $0.size == size })
    {
      return nil
    }
    guard let sizes = HugePageSize.sizes(architecture, facts.pageSize), !sizes.contains(size) else {
      return nil
    }
    return .noSuchPage(size, among: sizes)
  }

  /// Pages of a size that are there, on a node or on all.
  func pages(of size: ByteCount, on node: NodeID?) -> UInt64 {
    guard let node else {
      return (facts.snapshot.hugePages.pools.value ?? []).filter { $0.size == size }
        .map { $0.total.value ?? 0 }.reduce(0, +)
    }
    return facts.snapshot.hugePagePools(on: node).filter { $0.size == size }
      .map { $0.total.value ?? 0 }.reduce(0, +)
  }

  /// Whether gigantic pages may come from ZONE_MOVABLE as the host is set.
  var takesMovableGigantic: Bool { facts.snapshot.hugePages.movableGigantic.value == true }

  /// Whether the command line makes areas for gigantic pages, so that they come from there.
  var hasGiganticAreas: Bool { words.contains { $0.normalizedName == "hugetlb_cma" } }

  /// Whether the kernel makes no gigantic pages of the command line beside its areas.
  var leavesGiganticPages: Bool {
    kernels.contains { HugeTLBArguments.leavesGiganticPages(words, kernel: $0) }
  }

  var standardHugePage: ByteCount { HugePageSize.standard(architecture, facts.pageSize) }

  // MARK: What is there

  /// What kernel zones hold of a term already.
  func held(_ term: TermID, on node: NodeID) -> ByteCount {
    guard let account = account(node) else { return .zero }
    return switch term {
    case .giganticPages: account.hugePagesInKernel.gigantic
    case .unmovableHugePages: account.hugePagesInKernel.unmovable
    case .pinned: account.pinned.value ?? .zero
    default: .zero
    }
  }

  func pinned(on nodes: [NodeID]) -> Reading<[NodeID: ByteCount]> {
    var found: [NodeID: ByteCount] = [:]
    for node in nodes {
      switch account(node)?.pinned {
      case .known(let bytes, _): found[node] = bytes
      case .unknown(let reason): return .unknown(reason)
      case nil: break
      }
    }
    return .known(found)
  }

  /// CMA areas that are not for gigantic pages, on a node or on all.
  func deviceAreas(on node: NodeID?) -> ByteCount {
    let accounts = facts.nodes.filter { node == nil || $0.node == node }
    var all = accounts.map(\.cma).total()
    if node == nil, let total = facts.snapshot.meminfo.cmaTotal.value { all = max(all, total) }
    guard hasGiganticAreas, let inputs = try? BootLayoutInputs(snapshot: facts.snapshot) else {
      return all
    }
    let line = facts.snapshot.commandLine.value ?? ""
    guard let layout = try? inputs.predict(inputs.arguments(line)) else { return all }
    let made = inputs.reservations(line, in: layout)
    for place in layout.nodes where node == nil || place.id == node {
      let pages = place.zones.map { made.giganticArea(in: $0, of: place.id) }.total()
      all.take(upTo: pages.bytes(of: facts.pageSize))
    }
    return all
  }
}
