internal import HostModel
internal import KernelBehavior

/// ZW102: the kernel runs short while ZONE_MOVABLE has free memory.
enum KernelZonesShort: HostRule, LayoutRule {
  static let about = RuleDescription(
    code: "ZW102",
    slug: "kernel-zones-short",
    title: "Kernel zones are short while ZONE_MOVABLE is free",
    why: """
      A kernel allocation can't use ZONE_MOVABLE. When the kernel zones reach their watermarks, it \
      fails or the OOM killer comes, however much Movable memory is free.
      """,
    observes: "/proc/zoneinfo free, min, protection, file LRU; growth from the profile",
    severity: RuleSeverity(
      .warning ... .error,
      usual: .warning,
      "warning where headroom is below the growth to come, error below a quarter of it, or where so little is left that the kernel may not boot"
    ),
    remedy: "move memory from ZONE_MOVABLE to the kernel zones, or lower the kernel's demand",
    reference: "mm/page_alloc.c, __zone_watermark_ok; mm/oom_kill.c"
  )

  enum Detail: FindingDetail {
    /// What a node's kernel zones can still give, what they will have to, and how much Movable is
    /// free beside them.
    case node(NodeID, headroom: ByteCount, growth: ByteCount, freeMovable: ByteCount)
    /// Hardly enough to boot.
    case tooLittleToBoot(ByteCount)

    var kind: String {
      switch self {
      case .node: "node"
      case .tooLittleToBoot: "tooLittleToBoot"
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .node(_, let headroom, let growth, let free):
        ["headroom": .bytes(headroom), "growth": .bytes(growth), "freeMovable": .bytes(free)]
      case .tooLittleToBoot(let size): ["kernelZones": .bytes(size)]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    guard case .node(_, let headroom, let growth, _) = detail else { return .error }
    return headroom * 4 < growth ? .error : .warning
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .node(let node, let headroom, let growth, let free):
      FindingText(
        "node \(node): the kernel can take \(headroom.text) more and will need "
          + "\(growth.text); \(free.text) of Movable is free",
        remedy:
          "give node \(node) at least \(growth.subtractingOrZero(headroom).text) more kernel memory"
      )
    case .tooLittleToBoot(let size):
      FindingText("only \(size.text) of kernel memory is left: the machine may not boot")
    }
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let demand, _) = context.demand else { return .notApplicable }
    var findings: [Finding] = []
    // A node without cpus needs no kernel memory of its own.
    for node in context.facts.nodes
    where node.kernelPresent > 0 && node.movablePresent > 0 && node.cpuCount.value != 0 {
      guard let headroom = node.headroom.value, let free = node.movableFree.value,
        let use = node.use.value
      else { continue }
      let growth = (demand.neededByNode[node.node] ?? .zero)
        .subtractingOrZero(use + (node.reserve.value ?? .zero))
      guard headroom < growth, free > headroom else { continue }
      findings.append(
        finding(
          .node(node.node, headroom: headroom, growth: growth, freeMovable: free),
          on: .node(node.node),
          evidence: [
            Evidence(
              "zoneinfo",
              "node \(node.node)",
              "kernel zones free \((node.kernelFree.value ?? 0).text), "
                + "reserve \((node.reserve.value ?? 0).text), hard use \(use.text)"
            )
          ]
        )
      )
    }
    return .findings(findings)
  }

  static func findings(in layout: LayoutContext) -> [Finding] {
    layout.facts.compactMap { fact in
      guard case .tooLittleKernelMemory(let size) = fact else { return nil }
      return finding(.tooLittleToBoot(size), evidence: [.layout])
    }
  }
}
