internal import HostModel
internal import KernelBehavior
internal import KernelText

/// What several rules look up.
extension RuleContext {
  var kernel: Kernel { facts.kernel }
  var pageSize: PageSize { facts.pageSize }

  /// What the kernel zones have to give, of all nodes or of one.
  var kernelManaged: ByteCount { facts.nodes.map(\.kernelUsable).total() }
  var headroom: Reading<ByteCount> { current.headroom }

  var meminfo: Reading<Meminfo> { snapshot.meminfo }

  /// A counter of /proc/vmstat as a size.
  func vmstat(_ counter: KeyPath<MemoryCounters, Reading<PageCount>>) -> Reading<ByteCount> {
    snapshot.vmstat[dynamicMember: counter].bytes(of: pageSize)
  }

  /// A setting as the kernel prints it, nil where this kernel has none or it can't be read.
  func text(_ setting: KernelSetting) -> String? { setting.text(in: snapshot).value }

  /// A setting's file and what it holds.
  func evidence(_ setting: KernelSetting, orElse absent: String = "not there") -> Evidence {
    Evidence(setting.path, nil, text(setting) ?? absent)
  }

  func option(_ option: KernelOption) -> KernelConfig.Value? {
    snapshot.kernelConfig.value?[option]
  }

  /// Kernel memory that the host's nodes booted with, CMA left out: what auto-movable allows Movable
  /// for (`present_early_pages`); nil where boot memory can't be told from memory that was added.
  var earlyKernel: [NodeID: ByteCount]? {
    guard let table = snapshot.memoryBlocks.value else { return nil }
    let early = EarlyMemory(snapshot, table: table, pageSize: pageSize)
    guard early.isKnown else { return nil }
    let memory = early.memory(of: facts)
    return Dictionary(
      uniqueKeysWithValues: memory.nodes.map { ($0.id, $0.kernelEarly.bytes(of: pageSize)) }
    )
  }

  /// The policy under which this host should take memory that is added; nil where it can't be told.
  var onlinePolicy: OnlinePolicyArguments? {
    guard let demand = demand.value else { return nil }
    return OnlinePolicyArguments(facts: facts, demand: demand, profile: profile)
  }

  // MARK: Command line

  var arguments: [KernelArgument] { facts.arguments }

  /// The last argument of that name (`-` is `_`).
  func argument(_ name: String) -> KernelArgument? {
    arguments.last { $0.normalizedName == name }
  }

  func value(of name: String) -> String? { argument(name)?.value }

  /// The zone arguments as this host's kernel took them.
  var zoneArguments: ZoneArguments { line.zones }

  /// Whether ZONE_MOVABLE was made of boot memory.
  var isDividedAtBoot: Bool {
    zoneArguments.words.contains { $0.isEffective && $0.meaning != .movableNode }
  }

  func zones(of node: NodeAccount) -> NodeZones? { facts.zoneinfo.node(node.node) }
}

extension NodeAccount {
  /// What the buddy allocator owns in the kernel zones, or will once it is initialised.
  var kernelUsable: ByteCount { (kernelManaged.value ?? kernelPresent) + kernelWaiting }
}

extension [UnreadInput] {
  /// One entry for each input and reason, with everything that it costs.
  var merged: [UnreadInput] {
    var result: [UnreadInput] = []
    for entry in self {
      // There are few of them: looking is cheaper than hashing sentences.
      let known = result.firstIndex { $0.input == entry.input && $0.reason == entry.reason }
      guard let place = known else {
        result.append(entry)
        continue
      }
      guard !result[place].effect.holds(entry.effect) else { continue }
      result[place].effect += "; " + entry.effect
    }
    return result
  }
}

extension String {
  /// Whether another text stands in this one, byte for byte.
  fileprivate func holds(_ part: String) -> Bool {
    let whole = utf8.span
    let part = part.utf8.span
    guard let first = part.isEmpty ? nil : part[0] else { return true }
    var start = 0
    while start + part.count <= whole.count {
      if whole[start] == first, whole.stands(part, at: start) { return true }
      start += 1
    }
    return false
  }
}

extension Span<UInt8> {
  fileprivate func stands(_ part: Span<UInt8>, at start: Int) -> Bool {
    for index in part.indices where self[start + index] != part[index] { return false }
    return true
  }
}
