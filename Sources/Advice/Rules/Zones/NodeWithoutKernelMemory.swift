internal import HostModel
internal import KernelBehavior
internal import Profiles

/// ZW103: a node whose memory the kernel itself can't use, or hardly.
enum NodeWithoutKernelMemory: HostRule, LayoutRule {
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
      (256 MiB); of predicted zones: warning below half of an equal share or for a zone below \
      64 MiB, note where low memory or small nodes make the shares unequal
      """
    ),
    remedy: "choose kernelcore= so that every node gets kernel memory",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes"
  )

  enum Detail: FindingDetail {
    case none(NodeID, movable: ByteCount)
    /// Less than the profile asks for on each node.
    case little(NodeID, kernel: ByteCount)
    /// Far less than an equal share.
    case starved(NodeID, kernel: ByteCount, share: ByteCount)
    /// A zone that holds next to nothing.
    case sliver(NodeID, ZoneKind, ByteCount)
    /// Memory below a limit is kernel memory in any case, and more than the node's share.
    case lowMemoryFirst(NodeID, low: ByteCount, share: ByteCount, limit: ByteCount)
    /// The node is smaller than its share, and all kernel memory.
    case smallerThanShare(NodeID, size: ByteCount, share: ByteCount)

    var kind: String {
      switch self {
      case .none: "none"
      case .little: "little"
      case .starved: "starved"
      case .sliver(_, let zone, _): "sliver.\(zone.name)"
      case .lowMemoryFirst: "lowMemoryFirst"
      case .smallerThanShare: "smallerThanShare"
      }
    }

    var node: NodeID {
      switch self {
      case .none(let node, _), .little(let node, _), .starved(let node, _, _),
        .sliver(let node, _, _), .lowMemoryFirst(let node, _, _, _),
        .smallerThanShare(let node, _, _):
        node
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .none(_, let movable): ["movable": .bytes(movable)]
      case .little(_, let kernel): ["kernel": .bytes(kernel)]
      case .starved(_, let kernel, let share):
        ["kernel": .bytes(kernel), "share": .bytes(share)]
      case .sliver(_, _, let size): ["size": .bytes(size)]
      case .lowMemoryFirst(_, let low, let share, let limit):
        ["low": .bytes(low), "share": .bytes(share), "limit": .bytes(limit)]
      case .smallerThanShare(_, let size, let share):
        ["size": .bytes(size), "share": .bytes(share)]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .none: .error
    case .little, .starved, .sliver: .warning
    case .lowMemoryFirst, .smallerThanShare: .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .none(let node, _):
      FindingText(
        "node \(node) has no kernel memory: all kernel allocations of its cpus are remote"
      )
    case .little(let node, let kernel):
      FindingText("node \(node) has a sliver of kernel memory: \(kernel.text)")
    case .starved(let node, let kernel, let share):
      FindingText(
        "node \(node) keeps \(kernel.text) of kernel memory; an equal share is \(share.text)"
      )
    case .sliver(let node, let zone, let size):
      FindingText("zone \(zone.name) of node \(node) holds only \(size.text)")
    case .lowMemoryFirst(let node, let low, let share, let limit):
      FindingText(
        "the \(low.text) below \(limit.text) on node \(node) is always kernel memory and counts "
          + "first: more than its share of \(share.text), so other nodes get less"
      )
    case .smallerThanShare(let node, let size, let share):
      FindingText(
        "node \(node) (\(size.text)) is smaller than its share of \(share.text): it is all kernel "
          + "memory"
      )
    }
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .none(let node, _), .little(let node, _), .starved(let node, _, _),
      .sliver(let node, _, _):
      .layout("leave node \(node) its part of the kernel memory")
    case .lowMemoryFirst, .smallerThanShare:
      .nothing("every size divides memory so")
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    let least = context.profile.limits.minimumKernelPerNode
    var findings: [Finding] = []
    for node in context.facts.nodes where node.movablePresent > 0 {
      // A node without cpus is memory-only-node's.
      guard (node.cpuCount.value ?? 1) > 0 else { continue }
      let detail: Detail
      if node.kernelPresent == .zero {
        detail = .none(node.node, movable: node.movablePresent)
      } else if node.ratioKernel < least {
        detail = .little(node.node, kernel: node.ratioKernel)
      } else {
        continue
      }
      findings.append(
        finding(
          detail,
          on: .node(node.node),
          evidence: [
            Evidence(
              "zoneinfo",
              "node \(node.node)",
              "kernel zones \(node.kernelPresent.text), Movable \(node.movablePresent.text)"
            )
          ]
        )
      )
    }
    return .findings(findings)
  }

  static func findings(in layout: LayoutContext) -> [Finding] {
    layout.facts.compactMap { Detail($0) }.map { detail in
      finding(detail, on: .node(detail.node), evidence: [.layout])
    }
  }
}

extension NodeWithoutKernelMemory.Detail {
  /// Nil for a fact about something else.
  fileprivate init?(_ fact: LayoutFact) {
    switch fact {
    case .nodeWithoutKernelMemory(let node, let movable): self = .none(node, movable: movable)
    case .starvedNode(let node, let kernel, let share):
      self = .starved(node, kernel: kernel, share: share)
    case .sliver(let node, let zone, let size): self = .sliver(node, zone, size)
    case .lowMemoryCountsFirst(let node, let low, let share, let limit):
      self = .lowMemoryFirst(node, low: low, share: share, limit: limit)
    case .nodeSmallerThanShare(let node, let size, let share):
      self = .smallerThanShare(node, size: size, share: share)
    case .noMovable, .bothSizes, .mirrorTakesUnmirrored, .tooLittleKernelMemory,
      .boundaryInsideBlock, .areaFails, .lowMemoryStays:
      return nil
    }
  }
}
