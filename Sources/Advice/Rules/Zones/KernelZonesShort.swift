internal import HostModel

/// ZW102: the kernel runs short while ZONE_MOVABLE has free memory.
enum KernelZonesShort: HostRule {
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
      "warning where headroom is below the growth to come, error below a quarter of it"
    ),
    remedy: "move memory from ZONE_MOVABLE to the kernel zones, or lower the kernel's demand",
    reference: "mm/page_alloc.c, __zone_watermark_ok; mm/oom_kill.c"
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.facts.hasMovable else { return .notApplicable }
    guard case .known(let demand, _) = context.demand else { return .notApplicable }
    var findings: [Finding] = []
    for node in context.facts.nodes where node.kernelPresent > 0 && node.movablePresent > 0 {
      guard let headroom = node.headroom.value, let free = node.movableFree.value,
        let use = node.use.value
      else { continue }
      let growth = (demand.neededByNode[node.node] ?? .zero) - use - (node.reserve.value ?? .zero)
      guard headroom < growth, free > headroom else { continue }
      let urgent = headroom * 4 < growth
      findings.append(
        Finding(
          Self.self,
          urgent ? .error : .warning,
          node: node.node,
          message: "node \(node.node): the kernel can take \(headroom.text) more and will need "
            + "\(growth.text); \(free.text) of Movable is free",
          evidence: [
            "zoneinfo node \(node.node): kernel zones free \((node.kernelFree.value ?? 0).text), "
              + "reserve \((node.reserve.value ?? 0).text), hard use \(use.text)"
          ],
          remedy: "give node \(node.node) at least \((growth - headroom).text) more kernel memory"
        )
      )
    }
    return .findings(findings)
  }
}
