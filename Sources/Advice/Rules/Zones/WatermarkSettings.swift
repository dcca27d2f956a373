internal import HostModel
internal import KernelText

/// ZW116: settings that hold back too much or too little of the kernel zones.
enum WatermarkSettings: HostRule {
  static let about = RuleDescription(
    code: "ZW116",
    slug: "watermark-settings",
    title: "Watermarks or lowmem reserves hold the kernel zones in a grip",
    causes: ["sysctl"],
    why: """
      vm.min_free_kbytes is spread over the kernel zones only (ZONE_MOVABLE gets 32 to 128 pages), \
      so a value that suits all memory starves small kernel zones. vm.watermark_scale_factor \
      starts reclaim early. vm.lowmem_reserve_ratio keeps movable allocations out of the kernel \
      zones: 1/32 of Movable by default; with 0 nothing keeps them out.
      """,
    observes: """
      /proc/zoneinfo min, high and protection of each kernel zone; vm.min_free_kbytes, \
      vm.watermark_scale_factor, vm.lowmem_reserve_ratio
      """,
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      """
      min watermarks: warning above 8 % of a node's kernel zones (the kernel itself stops at 5 %), \
      error from 20 %; high watermarks: warning from 20 %; no protection beside Movable: warning; \
      protection of half a zone or more: note
      """
    ),
    remedy: "set them for the size of the kernel zones, not of all memory",
    reference: """
      mm/page_alloc.c, __setup_per_zone_wmarks and setup_per_zone_lowmem_reserve; \
      Documentation/admin-guide/sysctl/vm.rst
      """
  )

  static func check(_ context: RuleContext) -> RuleOutcome {
    var findings: [Finding] = []
    for zones in context.facts.zoneinfo.nodes where !zones.kernelZones.isEmpty {
      let kernel = zones.kernelZones
      guard let managed = kernel.total(\.managed).value,
        let min = kernel.total(\.minWatermark).value,
        let high = kernel.total(\.highWatermark).value
      else {
        return .unknown(
          kernel.total(\.managed).reason ?? kernel.total(\.minWatermark).reason,
          effect: "whether watermarks are too high is unknown"
        )
      }
      let place = Place(context: context, zones: zones, managed: managed)
      findings += place.minimum(min) ?? place.early(high) ?? []
      findings += place.protection()
    }
    return .findings(findings)
  }

  private struct Place {
    var context: RuleContext
    var zones: NodeZones
    var managed: PageCount

    func minimum(_ min: PageCount) -> [Finding]? {
      guard min * 100 > managed * 8 else { return nil }
      let size = min.bytes(of: context.pageSize)
      let share = min.scaled(by: 100, over: Swift.max(1, managed.count))
      return [
        Finding(
          WatermarkSettings.self,
          share >= 20 ? .error : .warning,
          node: zones.node,
          message: "node \(zones.node): min watermarks hold back \(size.text), \(share) % of the "
            + "kernel zones",
          evidence: [
            "zoneinfo node \(zones.node) min of kernel zones: \(size.text)",
            "\(SettingPath.minFree): \(context.text(.minFree) ?? "unknown")",
          ],
          remedy: "sysctl vm.min_free_kbytes=\(suggestion(in: context))"
        )
      ]
    }

    /// 5 % of what the kernel zones own, where the kernel itself stops raising it.
    private func suggestion(in context: RuleContext) -> UInt64 {
      context.kernelManaged.scaled(by: 1, over: 20).count >> 10
    }

    func early(_ high: PageCount) -> [Finding]? {
      guard high * 5 >= managed else { return nil }
      let size = high.bytes(of: context.pageSize)
      return [
        Finding(
          WatermarkSettings.self,
          .warning,
          node: zones.node,
          message: "node \(zones.node): reclaim runs until \(size.text) of the kernel zones are "
            + "free, a fifth of them or more",
          evidence: [
            "zoneinfo node \(zones.node) high of kernel zones: \(size.text)",
            "\(SettingPath.watermarkScale): \(context.text(.watermarkScale) ?? "unknown")",
          ],
          remedy: "sysctl vm.watermark_scale_factor=10 (the default)"
        )
      ]
    }

    /// What movable requests must leave: the entry of the highest zone that takes them.
    func protection() -> [Finding] {
      guard zones.zone(.movable)?.isPopulated == true, let normal = zones.kernelZones.last,
        let kept = normal.protection.max(), let size = normal.managed.value, size > 0
      else { return [] }
      let ratio = context.text(.lowmemReserve) ?? "unknown"
      let seen = "\(normal.input) protection: \(kept) pages; vm.lowmem_reserve_ratio: \(ratio)"
      if kept == 0 {
        return [
          Finding(
            WatermarkSettings.self,
            .warning,
            node: zones.node,
            message: "node \(zones.node): nothing keeps user pages out of zone "
              + "\(normal.kind.name): its lowmem reserve is 0",
            evidence: [seen],
            remedy: "sysctl vm.lowmem_reserve_ratio='256 256 32 0 0' (the default)"
          )
        ]
      }
      guard PageCount(kept) * 2 >= size else { return [] }
      let bytes = Swift.min(PageCount(kept), size).bytes(of: context.pageSize)
      return [
        Finding(
          WatermarkSettings.self,
          .note,
          node: zones.node,
          message: "node \(zones.node): \(bytes.text) of zone \(normal.kind.name) are closed to "
            + "user pages, half of it or more",
          evidence: [seen],
          remedy: "less Movable on this node, or a larger vm.lowmem_reserve_ratio for "
            + normal.kind.name
        )
      ]
    }
  }
}
