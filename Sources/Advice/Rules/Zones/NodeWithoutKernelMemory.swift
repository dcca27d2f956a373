internal import HostModel
internal import Profiles

/// ZW103: a node whose memory the kernel itself can't use, or hardly.
enum NodeWithoutKernelMemory: HostRule {
  static let about = RuleDescription(
    code: "ZW103",
    slug: "node-without-kernel-memory",
    title: "Node without kernel memory, or with a sliver",
    why: """
      kernelcore= is not spread evenly: memory below 4 GiB counts first, and what is left may not \
      reach every node. Kernel allocations of a node without kernel memory all come from other \
      nodes: remote page tables, remote slab, and pressure there.
      """,
    observes: "/proc/zoneinfo present; cpulist of the node",
    severity: RuleSeverity(
      .note ... .error,
      usual: .error,
      """
      error for a node with cpus and none, warning below the profile's minimumKernelPerNode \
      (256 MiB)
      """
    ),
    remedy: "choose kernelcore= so that every node gets kernel memory",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let least = context.profile.limits.minimumKernelPerNode
    var findings: [Finding] = []
    for node in context.facts.nodes where node.movablePresent > 0 {
      let hasCPUs = (node.cpuCount.value ?? 1) > 0
      let evidence = [
        "zoneinfo node \(node.node): kernel zones \(node.kernelPresent.text), "
          + "Movable \(node.movablePresent.text)"
      ]
      // A node without cpus is memory-only-node's.
      guard hasCPUs else { continue }
      if node.kernelPresent == .zero {
        findings.append(
          Finding(
            Self.self,
            .error,
            node: node.node,
            message: "node \(node.node) has cpus and no kernel memory: all its kernel allocations "
              + "are remote",
            evidence: evidence
          )
        )
      } else if node.ratioKernel < least {
        findings.append(
          Finding(
            Self.self,
            .warning,
            node: node.node,
            message: "node \(node.node) has a sliver of kernel memory: \(node.ratioKernel.text)",
            evidence: evidence
          )
        )
      }
    }
    return .findings(findings)
  }
}
