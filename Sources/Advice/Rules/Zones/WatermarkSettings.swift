internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW116: settings that hold back too much or too little of the kernel zones.
enum WatermarkSettings: HostRule, ArgumentRule {
  static let about = RuleDescription(
    code: "ZW116",
    slug: "watermark-settings",
    title: "Watermarks or lowmem reserves don't suit the kernel zones",
    causes: ["sysctl"],
    why: """
      vm.min_free_kbytes is spread over the kernel zones only (ZONE_MOVABLE gets 32 to 128 pages), \
      so a value that suits all memory starves small kernel zones; up to 6.5 ZONE_MOVABLE had its \
      part by size. vm.watermark_scale_factor \
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

  enum Detail: FindingDetail {
    /// Min watermarks above what the kernel itself would set.
    case minimum(NodeID, Part, suggested: ByteCount)
    /// High watermarks that keep reclaim busy.
    case early(NodeID, Part)
    /// No lowmem reserve beside ZONE_MOVABLE.
    case open(NodeID, ZoneKind)
    /// A lowmem reserve that closes most of a zone to user pages.
    case closed(NodeID, ZoneKind, Part)
    /// A setting in a file, where no machine is known.
    case setting(String, SettingProblem)

    var kind: String {
      switch self {
      case .minimum: "minimum"
      case .early: "early"
      case .open(_, let zone): "open.\(zone.name)"
      case .closed(_, let zone, _): "closed.\(zone.name)"
      case .setting(_, let problem): problem.kind
      }
    }

    var amounts: FindingAmounts {
      switch self {
      case .minimum(_, let part, let suggested):
        part.amounts("kernelZones") + ["suggested": .bytes(suggested)]
      case .early(_, let part): part.amounts("kernelZones")
      case .open, .setting: [:]
      case .closed(_, _, let part): part.amounts("zone")
      }
    }
  }

  /// What is held back, and what it is held back from.
  struct Part: Hashable, Sendable {
    var size: ByteCount
    var whole: ByteCount

    var percent: UInt64 { size.scaled(by: 100, over: max(1, whole.count)).count }

    fileprivate func amounts(_ name: String) -> FindingAmounts {
      ["size": .bytes(size), name: .bytes(whole)]
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .minimum(_, let part, _): part.percent >= 20 ? .error : .warning
    case .early, .open: .warning
    case .setting(_, let problem): problem.severity
    case .closed: .note
    }
  }

  static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .minimum(let node, let part, _):
      FindingText(
        "node \(node): min watermarks hold back \(part.size.text), \(part.percent) % of the kernel "
          + "zones"
      )
    case .early(let node, let part):
      FindingText(
        "node \(node): reclaim runs until \(part.size.text) is free, \(part.percent) % of the "
          + "kernel zones"
      )
    case .open(let node, let zone):
      FindingText(
        "node \(node): nothing keeps user pages out of zone \(zone.name): its lowmem reserve is 0"
      )
    case .closed(let node, let zone, let part):
      FindingText(
        "node \(node): \(part.size.text) of zone \(zone.name) is closed to user pages, "
          + "\(part.percent) % of it"
      )
    case .setting(let text, let problem): problem.words(for: text)
    }
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .minimum(_, _, let suggested):
      .change([.write(.minFree, "\(suggested.count >> 10)")])
    case .early: .change([.write(.watermarkScale, "10")], note: "the kernel's own default")
    case .open:
      .action(
        "set vm.lowmem_reserve_ratio to the kernel's default for the zone: 32, or 256 below it"
      )
    case .closed(_, let zone, _):
      .action("less Movable on this node, or a larger vm.lowmem_reserve_ratio for \(zone.name)")
    case .setting(_, let problem): problem.remedy
    }
  }

  // MARK: Looking

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
      findings += [place.minimum(min) ?? place.early(high), place.protection()].compactMap(\.self)
    }
    return .findings(findings)
  }

  private struct Place {
    var context: RuleContext
    var zones: NodeZones
    var managed: PageCount

    func minimum(_ min: PageCount) -> Finding? {
      guard min * 100 > managed * 8 else { return nil }
      let part = part(min, of: managed)
      // 5 % of what the kernel zones own, where the kernel itself stops raising it, and as much
      // again for the zones that share it.
      let all = context.facts.zoneinfo.zones
      let is64Bit = context.snapshot.architecture.value?.is64Bit ?? true
      let sharing = all.filter {
        MinimumFree.isShared(by: $0.kind, under: context.kernel, is64Bit: is64Bit)
      }.map { $0.managed.value ?? .zero }.total().bytes(of: context.pageSize)
      let suggested = max(sharing, context.kernelManaged).scaled(by: 1, over: 20)
      return finding(
        .minimum(zones.node, part, suggested: suggested),
        evidence: [
          Evidence("zoneinfo", "node \(zones.node) min of kernel zones", part.size),
          context.evidence(.minFree, orElse: "unknown"),
        ]
      )
    }

    func early(_ high: PageCount) -> Finding? {
      guard high * 5 >= managed else { return nil }
      let part = part(high, of: managed)
      return finding(
        .early(zones.node, part),
        evidence: [
          Evidence("zoneinfo", "node \(zones.node) high of kernel zones", part.size),
          context.evidence(.watermarkScale, orElse: "unknown"),
        ]
      )
    }

    /// What movable requests must leave: the entry of the highest zone that takes them.
    func protection() -> Finding? {
      guard zones.zone(.movable)?.isPopulated == true, let normal = zones.kernelZones.last,
        let kept = normal.protection.max(), let size = normal.managed.value, size > 0
      else { return nil }
      let ratio = context.text(.lowmemReserve) ?? "unknown"
      let seen = Evidence(
        normal.input.description,
        "protection",
        "\(kept) pages; vm.lowmem_reserve_ratio: \(ratio)"
      )
      if kept == 0 { return finding(.open(zones.node, normal.kind), evidence: [seen]) }
      guard PageCount(kept) * 2 >= size else { return nil }
      let part = part(Swift.min(PageCount(kept), size), of: size)
      return finding(.closed(zones.node, normal.kind, part), evidence: [seen])
    }

    private func part(_ size: PageCount, of whole: PageCount) -> Part {
      Part(size: size.bytes(of: context.pageSize), whole: whole.bytes(of: context.pageSize))
    }

    private func finding(_ detail: Detail, evidence: [Evidence]) -> Finding {
      WatermarkSettings.finding(detail, on: .node(zones.node), evidence: evidence)
    }
  }
}
