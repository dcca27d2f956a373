internal import HostModel
internal import KernelBehavior

/// ZW120: nodes without cpus, by class.
enum MemoryOnlyNode: HostRule {
  static let about = RuleDescription(
    code: "ZW120",
    slug: "memory-only-node",
    title: "Memory-only node: CXL, GPU, persistent memory",
    causes: ["nodes"],
    why: """
      A node without cpus is a device's memory: CXL, a coherent GPU, persistent memory as RAM. In \
      kernel zones there, slow memory takes page tables and slab of everyone, and the device can't \
      be removed. As ZONE_MOVABLE it needs its descriptors and page tables from other nodes, and \
      nothing on it can be pinned for long without moving there first. With \
      auto_movable_numa_aware=Y what is added there becomes Movable by itself only as far as the \
      node has boot memory of its own.
      """,
    observes: "cpulist of each node, zones of /proc/zoneinfo, /sys/bus/dax, /sys/bus/cxl, modules",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      """
      warning where kernel zones hold most of it, or where it is Movable and what its use costs \
      exceeds a tenth of the other nodes' headroom; note else
      """
    ),
    remedy: "online it as Movable on purpose, and size the other nodes' kernel memory for it",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst; drivers/dax/kmem.c"
  )

  enum Detail: FindingDetail {
    /// Kernel zones hold most of it.
    case kernel(NodeID, Device, ByteCount)
    /// It is Movable, and what its use can cost the other nodes.
    case movable(NodeID, Device, ByteCount, cost: ByteCount, headroom: ByteCount?)

    var kind: String {
      switch self {
      case .kernel: "kernel"
      case .movable: "movable"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .kernel(_, _, let size): ["kernel": .bytes(size)]
      case .movable(_, _, let size, let cost, let headroom):
        [
          "movable": .bytes(size), "cost": .bytes(cost),
          "headroom": headroom.map { .bytes($0) },
        ]
      }
    }
  }

  /// Whose memory a node without cpus is.
  enum Device: Hashable, Sendable, CustomStringConvertible {
    case cxl
    case kmem(name: String)
    /// Its driver is loaded; no more is known.
    case perhapsGPU
    case unknown

    var description: String {
      switch self {
      case .cxl: "CXL"
      case .kmem(let name): "\(name), kmem"
      case .perhapsGPU: "perhaps a GPU"
      case .unknown: "device memory"
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .kernel: .warning
    case .movable(_, _, _, let cost, let headroom):
      headroom.map { cost * 10 > $0 } ?? false ? .warning : .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .kernel(let node, let device, let size):
      FindingText(
        "node \(node) (\(device)) has no cpus; \(size.text) of it is in kernel zones",
        remedy: "online its blocks as Movable: daxctl reconfigure-device -m system-ram, or "
          + "memhp_default_state=online_movable"
      )
    case .movable(let node, let device, let size, let cost, _):
      FindingText(
        "node \(node) (\(device)) has no cpus; using its \(size.text) costs other nodes up to "
          + "\(cost.text) of kernel memory"
      )
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let accounts = context.facts.nodes.filter { $0.total > 0 }
    guard accounts.count > 1 else { return .notApplicable }
    if let unknown = accounts.first(where: { $0.cpuCount.value == nil }) {
      return .unknown(unknown.cpuCount.reason, effect: "nodes without cpus are unknown")
    }
    let idle = accounts.filter { $0.cpuCount.value == 0 }
    let others = accounts.filter { ($0.cpuCount.value ?? 0) > 0 }.total(\.headroom).value
    return .findings(idle.map { finding(about: $0, context, others: others) })
  }

  private static func finding(
    about account: NodeAccount,
    _ context: RuleContext,
    others: ByteCount?
  ) -> Finding {
    let device = device(of: account.node, context)
    let seen = [
      Evidence("/sys/devices/system/node/node\(account.node)/cpulist", nil, "empty"),
      Evidence(
        "zoneinfo",
        "node \(account.node)",
        "kernel zones \(account.kernelPresent.text), Movable \(account.movablePresent.text)"
      ),
    ]
    if account.kernelPresent > account.movablePresent {
      return finding(
        .kernel(account.node, device, account.kernelPresent),
        on: .node(account.node),
        evidence: seen
      )
    }
    // Descriptors that lie on the node itself cost the others nothing.
    let memmap =
      context.facts.descriptor.bytes(for: account.movablePresent)
      .subtractingOrZero(AddedMemoryMemmap(context.facts)?.onMemory ?? .zero)
    let tables = PageTable.bytes(mapping: account.movablePresent, pageSize: context.pageSize)
    let cost = tables + memmap
    return finding(
      .movable(account.node, device, account.movablePresent, cost: cost, headroom: others),
      on: .node(account.node),
      evidence: seen + [Evidence("headroom of nodes with cpus", nil, others)]
    )
  }

  private static func device(of node: NodeID, _ context: RuleContext) -> Device {
    let devices = context.snapshot.devices
    if !(devices.cxl.value ?? []).isEmpty { return .cxl }
    if let dax = devices.dax.value?.first(where: { $0.driver == .kmem && $0.node.value == node }) {
      return .kmem(name: dax.name)
    }
    let modules = context.snapshot.modules.value ?? []
    return modules.contains("nvidia") ? .perhapsGPU : .unknown
  }
}
