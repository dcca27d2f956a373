package import HostModel
internal import KernelBehavior

/// ZW305: kernelcore= or movablecore= in use.
package enum SizeAsLastResort: HostRule {
  package static let about = RuleDescription(
    code: "ZW305",
    slug: "size-as-last-resort",
    title: "ZONE_MOVABLE from boot memory is a last resort",
    why: """
      kernelcore= and movablecore= divide memory that can't be unplugged anyway, spread it \
      unevenly, and leave reserved pages inside ZONE_MOVABLE. The kernel's documentation advises \
      them only where nothing else does: for memory that is added later the policy auto-movable \
      bounds the ratio by itself, and for huge allocations CMA or hugetlb_cma= does.
      """,
    observes: "/proc/cmdline, zones of /proc/zoneinfo; silent where the zones are in balance",
    severity: .note,
    remedy: "where Movable is for memory that is added: leave it to the policy auto-movable",
    reference:
      "Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations",
    kernels: "all; auto-movable since 5.15"
  )

  package struct Detail: FindingDetail {
    package var argument: String
    package var movable: ByteCount
    /// Whether there is another way: memory that is added while the kernel runs.
    package var canAddMemory: Bool
    package var amounts: FindingAmounts { ["movable": .bytes(movable)] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .note }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.argument) made \(detail.movable.text) of boot memory Movable: a last resort"
    )
  }

  package static func remedy(for detail: Detail) -> Remedy {
    detail.canAddMemory
      ? .action("where Movable is for memory that is added: leave it to the policy auto-movable")
      : .nothing("this kernel can't add memory while it runs")
  }

  package static func check(_ context: RuleContext) -> RuleOutcome {
    if let unknown = context.lineUnknown { return unknown }
    let line = context.line
    guard context.facts.hasMovable else { return .notApplicable }
    // A size that leaves the kernel what it needs is what sizes are for.
    guard context.current.verdict > .unknown,
      let word = line.zones.words.last(where: { $0.isSize && $0.isEffective })
    else { return .passed }
    let detail = Detail(
      argument: word.argument.asWritten,
      movable: context.facts.nodes.map(\.movablePresent).total(),
      canAddMemory: !context.facts.kernel.lacks(.memoryHotplug)
    )
    return .found([line.finding(of: Self.self, detail, word.argument)])
  }
}
