internal import HostModel
internal import KernelText
internal import SystemIO

extension HostCollector {
  /// Nodes, and what the kernel keeps for each and for all of them.
  struct Topology {
    var nodes: Reading<[NUMANode]>
    var withMemory: Reading<[NodeID]>
    var withNormalMemory: Reading<[NodeID]>
    var tiers: Reading<[MemoryTier]>
    var hugePagePools: Reading<[HugePagePool]>
  }

  /// NUMA topology: from libnuma on the live host, from sysfs elsewhere; counters from sysfs.
  mutating func readNodes(_ zoneinfo: ZoneInfo) -> Topology {
    let withMemory = attempt(.hasMemory) { text, file throws(ParseError) in
      try IDList.nodes(text, file: file)
    }
    let withNormalMemory = attempt(.hasNormalMemory) { text, file throws(ParseError) in
      try IDList.nodes(text, file: file)
    }
    let pools = hugePagePools(in: HostInput.hugePages, node: nil)
    var found = source.nodes().map { .known($0.map(Self.node)) } ?? nodesFromSysfs()
    if var nodes = found.value {
      for index in nodes.indices {
        readCounters(of: &nodes[index])
        deriveVmstat(of: &nodes[index], from: zoneinfo)
      }
      found = .known(nodes)
    }
    return Topology(
      nodes: found,
      withMemory: withMemory,
      withNormalMemory: withNormalMemory,
      tiers: readTiers(),
      hugePagePools: pools
    )
  }

  /// The names in a directory that not every kernel has: that it is missing costs nothing.
  private func sortedNames(in input: HostInput) -> Reading<[String]> {
    do throws(ReadFailure) {
      return .known(try source.names(in: input.path).sorted())
    } catch {
      return .unknown(
        error == .missing
          ? .missing(input: input.path)
          : .unreadable(input: input.path, cause: error.description)
      )
    }
  }

  /// Kernels before 6.1 have no such directory.
  private mutating func readTiers() -> Reading<[MemoryTier]> {
    let input = HostInput.memoryTiers
    let listed = sortedNames(in: input)
    guard let names = listed.value else { return listed.map { _ in [] } }
    var tiers: [MemoryTier] = []
    for name in names {
      guard let number = SysfsName.memoryTier(name) else { continue }
      let list = HostInput(path: "\(input.path)/\(name)/nodelist", effect: nil)
      let nodes = attempt(list) { text, file throws(ParseError) in
        try IDList.nodes(text, file: file)
      }
      switch nodes {
      case .known(let nodes, _): tiers.append(MemoryTier(number: number, nodes: nodes))
      case .unknown(let reason): return .unknown(reason)
      }
    }
    return .known(tiers)
  }

  private static func node(_ node: LibNUMA.Node) -> NUMANode {
    var result = NUMANode(id: node.id)
    result.cpuCount =
      node.cpuCount.map { .known($0) }
      ?? .unknown(
        .unreadable(input: "\(HostInput.nodes.path)/node\(node.id)/cpumap", cause: "by libnuma")
      )
    result.distances = .known(node.distances)
    return result
  }

  private mutating func nodesFromSysfs() -> Reading<[NUMANode]> {
    let input = HostInput.nodes
    do throws(ReadFailure) {
      let ids = try source.names(in: input.path).compactMap { SysfsName.node($0) }.sorted()
      guard !ids.isEmpty else { throw ReadFailure.missing }
      return .known(ids.map { sysfsNode($0) })
    } catch {
      unread.append(
        UnreadInput(
          input: input.path,
          reason: error.description,
          effect: input.effect ?? ""
        )
      )
      return .unknown(.unreadable(input: input.path, cause: error.description))
    }
  }

  private mutating func sysfsNode(_ id: NodeID) -> NUMANode {
    var node = NUMANode(id: id)
    let folder = "\(HostInput.nodes.path)/node\(id)"
    node.cpuCount = attempt(HostInput(path: folder + "/cpulist", effect: nil)) {
      text,
      file throws(ParseError) in try IDList.parse(text, file: file).count
    }
    node.distances = attempt(HostInput(path: folder + "/distance", effect: nil)) {
      text,
      file throws(ParseError) in try DistanceText.parse(text, file: file)
    }
    return node
  }

  private mutating func readCounters(of node: inout NUMANode) {
    let folder = "\(HostInput.nodes.path)/node\(node.id)"
    let meminfo = HostInput(path: folder + "/meminfo", effect: nil)
    node.meminfo = attempt(meminfo) { text, file throws(ParseError) in
      Meminfo(try NodeMeminfoText.parse(text, file: file).counters, in: Input(meminfo.path))
    }
    let vmstat = HostInput(path: folder + "/vmstat", effect: nil)
    node.vmstat = attempt(vmstat) { text, file throws(ParseError) in
      MemoryCounters(try VmstatText.parse(text, file: file), in: Input(vmstat.path))
    }
    node.numastat = attempt(HostInput(path: folder + "/numastat", effect: nil)) {
      text,
      file throws(ParseError) in try NumastatText.parse(text, file: file)
    }
    let pools = HostInput(
      path: folder + "/hugepages",
      effect: "HugeTLB pages of node \(node.id) are unknown"
    )
    node.hugePagePools = hugePagePools(in: pools, node: node.id).value ?? []
  }

  private mutating func hugePagePools(
    in input: HostInput,
    node: NodeID?
  ) -> Reading<[HugePagePool]> {
    // A kernel without HugeTLB has no such directory.
    let listed = sortedNames(in: input)
    guard let names = listed.value else { return listed.map { _ in [] } }
    var pools: [HugePagePool] = []
    for name in names {
      guard let size = SysfsName.hugePageSize(name) else { continue }
      let folder = input.path + "/" + name
      let total = hugePageCount(folder + "/nr_hugepages")
      if total.value == 0 {
        let none = Reading<UInt64>.known(0)
        pools.append(HugePagePool(size: size, node: node, total: none, free: none, surplus: none))
        continue
      }
      pools.append(
        HugePagePool(
          size: size,
          node: node,
          total: total,
          free: hugePageCount(folder + "/free_hugepages"),
          surplus: hugePageCount(folder + "/surplus_hugepages")
        )
      )
    }
    return .known(pools)
  }

  private mutating func hugePageCount(_ path: String) -> Reading<UInt64> {
    load(HostInput(path: path, effect: "HugeTLB memory is unknown")) {
      text,
      file throws(ParseError) in try SettingText.number(text, file: file)
    }
  }
}
