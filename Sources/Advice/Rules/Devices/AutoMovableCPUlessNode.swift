internal import HostModel
internal import KernelText

/// ZW209: auto-movable never chooses Movable on a node without kernel memory of its own.
enum AutoMovableCPUlessNode: HostRule {
  static let about = RuleDescription(
    code: "ZW209",
    slug: "auto-movable-numa-aware",
    title: "auto-movable can't use Movable on a node without boot memory",
    causes: [
      "memory_hotplug.auto_movable_numa_aware", "memory_hotplug.online_policy",
      "memhp_default_state", "devices",
    ],
    why: """
      With auto_movable_numa_aware=Y each node must hold to the ratio by its own boot memory, with \
      or without cpus. A node that came with CXL or another device has none in general, so \
      everything that is added there becomes kernel memory: slow, and never removable.
      """,
    observes: """
      /sys/module/memory_hotplug/parameters/online_policy and auto_movable_numa_aware, \
      nr_memmap_boot_pages (from 6.11 on; before, cpulist of nodes), /sys/bus/cxl/devices, target_node of /sys/bus/dax/devices/*
      """,
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning where such a node holds kernel memory or offline blocks, note where it may come"
    ),
    remedy: "memory_hotplug.auto_movable_numa_aware=0",
    reference: "mm/memory_hotplug.c, auto_movable_can_online_movable",
    kernels: "since 5.15"
  )

  enum Detail: FindingDetail {
    /// A node without boot memory of its own, and what came there so far.
    case node(NodeID, kernel: ByteCount, offline: ByteCount)
    /// A CXL device whose memory has not come yet.
    case device(String)

    var kind: String {
      switch self {
      case .node: "node"
      case .device: "device"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .node(_, let kernel, let offline):
        ["kernel": .bytes(kernel), "offline": .bytes(offline)]
      case .device: [:]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .node: .warning
    case .device: .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .node(let node, let kernel, let offline):
      FindingText(
        "node \(node) has no boot memory: what is added there becomes kernel memory "
          + "(\(kernel.text) did, \(offline.text) offline)"
      )
    case .device(let name):
      FindingText(
        "CXL memory (\(name)) will become kernel memory when it is added: its node has no boot "
          + "memory"
      )
    }
  }

  static func remedy(for detail: Detail) -> Remedy {
    .boot("memory_hotplug.auto_movable_numa_aware=0")
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.onlining.policy.value == .autoMovable,
      let isAware = context.snapshot.onlining.numaAware.value
    else { return .notApplicable }
    guard isAware else { return .passed }
    let nodes = context.snapshot.nodes
    guard case .known(let nodes, _) = nodes else {
      return .unknown(nodes.reason, effect: "nodes without boot memory are unknown")
    }
    let early = context.earlyKernel
    let idle = nodes.filter { node in
      // Where boot memory can't be told, memory of a node without cpus is taken to have been added.
      early.map { ($0[node.id] ?? .zero) == .zero } ?? (node.cpuCount.value == 0)
    }.map(\.id)
    let seen = [context.evidence(.numaAware)]
    let findings = idle.sorted().compactMap { id -> Finding? in
      let account = context.facts.nodes.first { $0.node == id }
      let kernel = account?.kernelPresent ?? .zero
      let offline = offlineBlocks(on: id, context)
      guard kernel > 0 || offline > 0 else { return nil }
      return finding(
        .node(id, kernel: kernel, offline: offline),
        on: .node(id),
        evidence: seen + [
          early == nil
            ? Evidence("/sys/devices/system/node/node\(id)/cpulist", nil, "empty")
            : Evidence("/proc/vmstat nr_memmap_boot_pages", nil, "describes none of node \(id)")
        ]
      )
    }
    if !findings.isEmpty { return .found(findings) }
    let regions = (context.snapshot.devices.cxl.value ?? []).filter { $0.hasPrefix("mem") }
    guard let region = regions.first, idle.isEmpty else { return .passed }
    return .found([
      finding(
        .device(region),
        on: .device(region),
        evidence: seen + [Evidence("/sys/bus/cxl/devices/\(region)")]
      )
    ])
  }

  private static func offlineBlocks(on node: NodeID, _ context: RuleContext) -> ByteCount {
    guard let table = context.snapshot.memoryBlocks.value else { return .zero }
    let count = table.blocks.count { $0.state.value == .offline && $0.nodes.contains(node) }
    return table.blockSize * UInt64(count)
  }
}
