internal import HostModel
internal import KernelBehavior
internal import Profiles

/// Finds today's terms: what explains the hard use, each with the counter it comes from.
struct TermMeasurement {
  /// A term before its growth is known.
  struct Found {
    var id: TermID
    var node: NodeID?
    var now: ByteCount
    var source: String
  }

  let facts: HostFacts
  private(set) var found: [Found] = []
  /// Terms that this host does not tell, with the reason: they end up unexplained.
  private(set) var untold: [(id: TermID, reason: UnknownReason)] = []

  init(_ facts: HostFacts) {
    self.facts = facts
    for (account, zones) in zip(facts.nodes, facts.zoneinfo.nodes) {
      surveyCounters(zones)
      surveyAccount(account)
    }
    surveyHost()
    surveyMemmap()
  }

  /// HugeTLB pages that stay in the kernel zones of a node, or of the host.
  func hugePagesInKernel(on node: NodeID?) -> ByteCount {
    found.filter {
      ($0.id == .giganticPages || $0.id == .unmovableHugePages) && (node == nil || $0.node == node)
    }.map(\.now).total()
  }

  private mutating func add(
    _ id: TermID,
    _ node: NodeID?,
    _ value: Reading<ByteCount>,
    source: String
  ) {
    switch value {
    case .known(let now, _):
      found.append(Found(id: id, node: node, now: now, source: source))
    case .unknown(let reason):
      if !untold.contains(where: { $0.id == id }) { untold.append((id, reason)) }
    }
  }

  /// Counters that the kernel keeps per node (per zone when it was younger).
  private mutating func surveyCounters(_ zones: NodeZones) {
    guard zones.zones.contains(where: \.isPopulated) else { return }
    for (id, counter) in [
      (TermID.slabUnreclaimable, MemoryCounter.slabUnreclaimable),
      (.slabReclaimable, .slabReclaimable),
      (.pageTables, .pageTables),
    ] {
      let pages = zones.pages(counter)
      add(id, zones.node, pages.bytes(of: facts.pageSize), source: "zoneinfo \(counter.text)")
    }
    // Only kernels since 6.1 have page tables of this kind on a counter.
    if let pages = zones.counters.secondaryPageTables.value {
      add(
        .secondaryPageTables,
        zones.node,
        .known(pages.bytes(of: facts.pageSize)),
        source: "zoneinfo nr_sec_page_table_pages"
      )
    }
    add(
      .kernelStacks,
      zones.node,
      zones.kernelStack,
      source: "zoneinfo nr_kernel_stack"
    )
  }

  private mutating func surveyAccount(_ account: NodeAccount) {
    let node = account.node
    add(
      .giganticPages,
      node,
      .known(account.hugePagesInKernel.gigantic),
      source: "hugepages, less those in Movable"
    )
    add(
      .unmovableHugePages,
      node,
      .known(account.hugePagesInKernel.unmovable),
      source: "hugepages that can't migrate"
    )
    add(
      .pinned,
      node,
      account.pinned,
      source: "nr_foll_pin_acquired − released"
    )
    add(
      .unevictableKernel,
      node,
      account.unevictableKernel,
      source: "zoneinfo unevictable − nr_mlock"
    )
    add(
      .stuckUserPages,
      node,
      account.stuckUserPages,
      source: "zoneinfo anon − swap, nr_mlock"
    )
  }

  /// Counters that the kernel keeps for the whole host only.
  private mutating func surveyHost() {
    let meminfo = facts.snapshot.meminfo
    add(.percpu, nil, meminfo.percpu, source: "meminfo Percpu")
    guard facts.kernel.hasOrAssumed(.vmallocCountsPages) else {
      untold.append(
        (.vmalloc, .notReported(input: "/proc/meminfo", field: "VmallocUsed in pages"))
      )
      return
    }
    if facts.kernel.hasOrAssumed(.stacksAreVmalloc) {
      add(
        .vmalloc,
        nil,
        meminfo.vmallocUsed.subtractingOrZero(meminfo.kernelStack),
        source: "meminfo VmallocUsed − KernelStack"
      )
    } else {
      add(.vmalloc, nil, meminfo.vmallocUsed, source: "meminfo VmallocUsed")
    }
  }

  /// struct pages that came from the buddy allocator: `nr_memmap_pages` (6.11 and newer).
  private mutating func surveyMemmap() {
    let offline = facts.offlineMemmap
    switch facts.snapshot.vmstat.memmap {
    case .known:
      let memmap = AddedMemoryMemmap(facts)
      let devices = memmap?.forDevices ?? .zero
      var added = memmap?.forAddedMemory ?? .zero
      let idle = added.take(upTo: offline)
      add(
        .memmapHotAdded,
        nil,
        .known(added),
        source: "vmstat nr_memmap_pages, less offline blocks, DAX devices and huge pages"
      )
      add(
        .memmapHugePages,
        nil,
        .known(memmap?.forHugePages ?? .zero),
        source: "one page for each optimised huge page"
      )
      add(
        .debugMetadata,
        nil,
        .known(memmap?.forDebugging ?? .zero),
        source: "page extensions: page_owner=, vm.mem_profiling"
      )
      add(
        .memmapOffline,
        nil,
        .known(idle),
        source: "offline blocks of /sys/devices/system/memory"
      )
      surveyDeviceMemmap(atMost: devices)
    case .unknown(let reason):
      if facts.snapshot.memoryBlocks.value != nil {
        add(
          .memmapOffline,
          nil,
          .known(offline),
          source: "offline blocks × \(facts.descriptor.size) B a page"
        )
      }
      surveyMovableMemmap(reason)
      surveyDeviceMemmap(atMost: .max)
    }
  }

  /// What rule device-memmap names: descriptors of DAX devices that lie in kernel zones. Where they
  /// are unknown, that rule says so and why.
  private mutating func surveyDeviceMemmap(atMost counted: ByteCount) {
    guard let devices = try? DeviceDescriptors.all(facts) else { return }
    add(
      .memmapDevice,
      nil,
      .known(min(counted, devices.filter(\.isInRAM).map(\.memmap).total())),
      source: "size and mode of /sys/bus/nd/devices, align of /sys/bus/dax/devices"
    )
  }

  /// Without a counter: the descriptors of Movable that no boot argument made were allocated when
  /// it was added, from the kernel zones unless they lie on the memory itself.
  private mutating func surveyMovableMemmap(_ reason: UnknownReason) {
    guard facts.hasMovable, !facts.asksForMovableAtBoot else { return }
    guard facts.snapshot.commandLine.value != nil else {
      untold.append((.memmapHotAdded, reason))
      return
    }
    switch facts.describesItself {
    case false:
      let added = facts.nodes.map(\.movablePresent).total()
      add(
        .memmapHotAdded,
        nil,
        .known(facts.descriptor.bytes(for: added)),
        source:
          "Movable added after boot ÷ \(facts.descriptor.reach)"
      )
    case true:
      untold.append((.memmapHotAdded, reason))
    }
  }
}
