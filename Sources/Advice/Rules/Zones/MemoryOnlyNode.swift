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
      auto_movable_numa_aware=Y it never becomes Movable by itself.
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
    remedy: "online it movable on purpose, and size kernel memory of the other nodes for it",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst; drivers/dax/kmem.c"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    let accounts = context.facts.nodes.filter { $0.total > 0 }
    guard accounts.count > 1 else { return .notApplicable }
    if let unknown = accounts.first(where: { $0.cpuCount.value == nil }) {
      return .unknown(unknown.cpuCount.reason, effect: "nodes without cpus are unknown")
    }
    let idle = accounts.filter { $0.cpuCount.value == 0 }
    let others = accounts.filter { ($0.cpuCount.value ?? 0) > 0 }.total(\.headroom).value
    return .findings(idle.map { finding($0, context, others: others) })
  }

  private static func finding(
    _ account: NodeAccount,
    _ context: RuleContext,
    others: ByteCount?
  ) -> Finding {
    let kind = kind(of: account.node, context)
    let seen = [
      "/sys/devices/system/node/node\(account.node)/cpulist: empty",
      "zoneinfo node \(account.node): kernel zones \(account.kernelPresent.text), Movable "
        + account.movablePresent.text,
    ]
    if account.kernelPresent > account.movablePresent {
      return Finding(
        Self.self,
        .warning,
        node: account.node,
        message: "node \(account.node) (\(kind)) has no cpus; \(account.kernelPresent.text) of it "
          + "are kernel zones",
        evidence: seen,
        remedy: "online its blocks as Movable: daxctl reconfigure-device -m system-ram, or "
          + "memhp_default_state=online_movable"
      )
    }
    // Descriptors that lie on the node itself cost the others nothing.
    let memmap =
      PageDescriptor.bytes(for: account.movablePresent, pageSize: context.pageSize)
      - (LateMemmap(context.facts)?.onMemory ?? .zero)
    let cost = account.movablePresent.scaled(by: 1, over: 512) + memmap
    let isHeavy = others.map { cost * 10 > $0 } ?? false
    return Finding(
      Self.self,
      isHeavy ? .warning : .note,
      node: account.node,
      message: "node \(account.node) (\(kind)) has no cpus; its \(account.movablePresent.text) "
        + "cost other nodes up to \(cost.text)",
      evidence: seen + ["headroom of nodes with cpus: \(others?.text ?? "unknown")"]
    )
  }

  private static func kind(of node: NodeID, _ context: RuleContext) -> String {
    let devices = context.snapshot.devices
    if !(devices.cxl.value ?? []).isEmpty { return "CXL" }
    if let dax = devices.dax.value?.first(where: { $0.driver == .kmem && $0.node.value == node }) {
      return "\(dax.name), kmem"
    }
    let modules = context.snapshot.modules.value ?? []
    return modules.contains("nvidia") ? "perhaps a GPU" : "device memory"
  }
}
