internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles

/// What a topic is on one host: figures with the terms that they are made of, out of the same account
/// and verdict as every command's answer.
struct TopicNumbers {
  struct Row: Hashable {
    var title: String
    var value: String
    /// Where it comes from, or what it is made of.
    var from: String
  }

  private let assessment: Assessment
  private let facts: HostFacts?

  init(_ assessment: Assessment) {
    self.assessment = assessment
    // Whoever was assessed has them.
    facts = try? HostFacts(assessment.snapshot)
  }

  func rows(_ topic: Topic) -> [Row] {
    switch topic {
    case .movable: movable
    case .zones: zones
    case .ratio: ratio
    case .needed: needed
    case .margin: margin
    case .headroom: headroom
    case .reserve: reserve
    case .arguments: arguments
    case .hotplug: policy + blocks
    case .policy: policy
    case .block: blocks
    case .memmap: memmap
    case .cma: cma
    case .gigantic: hugePages
    case .pinning: pins
    case .profile: profile
    }
  }

  private var current: CurrentBalance { assessment.current }

  private func row(_ title: String, _ size: ByteCount?, _ from: String) -> Row {
    Row(title: title, value: size?.text ?? "not known", from: from)
  }

  private func row(_ title: String, _ size: Reading<ByteCount>, _ from: String) -> Row {
    row(title, size.value, size.reason.map { "\($0)" } ?? from)
  }

  // MARK: Where things stand

  private var movable: [Row] {
    let free = facts.map { $0.nodes.total(\.movableFree) }
    var rows = [row("Movable here", facts?.nodes.map(\.movablePresent).total(), "zoneinfo present")]
    if let free { rows.append(row("free of it", free, "zoneinfo free")) }
    rows.append(row("kernel memory", current.kernel, "zoneinfo present − cma"))
    if let sizing = assessment.sizing.value {
      rows.append(
        row(
          "largest safe Movable",
          sizing.maxSafeMovable,
          "\(sizing.maxSafeRatio); what limits it: \(AnswerSentence.limitText(sizing.limitedBy))"
        )
      )
    }
    return rows
  }

  private var zones: [Row] {
    guard let facts else { return [] }
    return facts.zoneinfo.zones.filter(\.isPopulated).map { zone in
      let size = facts.pageSize
      func text(_ pages: Reading<PageCount>) -> String {
        pages.bytes(of: size).value?.text ?? "not known"
      }
      return Row(
        title: "node \(zone.node) \(zone.kind.name)",
        value: zone.presentPages.bytes(of: size).text,
        from:
          "managed \(text(zone.managed)), free \(text(zone.free)), min \(text(zone.minWatermark))"
      )
    }
  }

  private var ratio: [Row] {
    let limits = assessment.profile.limits
    var rows = [
      row("Movable, CMA, HighMem", current.movable + current.highMemory, "zoneinfo present, cma"),
      row("kernel", current.kernel, "zoneinfo present − cma"),
      Row(
        title: "ratio",
        value: "\(current.ratio)",
        from: "\(current.verdict.rawValue) as a whole"
      ),
    ]
    for node in current.nodes where current.nodes.count > 1 {
      rows.append(
        Row(
          title: "node \(node.node)",
          value: "\(node.ratio)",
          from: "\(node.movable.text) : \(node.kernel.text), \(node.verdict.rawValue)"
        )
      )
    }
    let name = "profile \(assessment.profile.name)"
    rows.append(Row(title: "fine up to", value: "\(limits.fine)", from: name))
    rows.append(Row(title: "a warning up to", value: "\(limits.warning)", from: name))
    return rows
  }

  // MARK: The account

  private var demandUnknown: [Row] {
    [
      Row(
        title: "needed",
        value: "not known",
        from: assessment.demand.reason.map { "\($0)" } ?? ""
      )
    ]
  }

  private var needed: [Row] {
    guard let demand = assessment.demand.value else { return demandUnknown }
    let days = assessment.profile.horizonDays
    return [
      row("held now", demand.now, "the kernel's counters (zonewise advise -v has each)"),
      row("grown in \(days) d", demand.projected, "profile \(assessment.profile.name)"),
      row("reserve", demand.reserve, "zoneinfo min, protection"),
      row("margin", demand.margin, "profile \(assessment.profile.name)"),
      row("needed", demand.needed, "the last three together"),
    ]
  }

  private var margin: [Row] {
    let margin = assessment.profile.margin
    let name = "profile \(assessment.profile.name)"
    return [
      Row(title: "share", value: "\(margin.percent) %", from: name),
      row("at least", margin.minimum, name),
      row("here", assessment.demand.map(\.margin), "of what is needed"),
    ]
  }

  private var headroom: [Row] {
    var rows: [Row] = []
    if let facts {
      rows.append(
        row("free kernel memory", facts.nodes.total(\.kernelFree), "zoneinfo free, without CMA")
      )
      rows.append(row("reserve", facts.nodes.total(\.reserve), "zoneinfo min, protection"))
    }
    rows.append(
      row("can grow by", current.headroom, "free above the reserve of each zone, and reclaimable")
    )
    for node in current.nodes where current.nodes.count > 1 {
      rows.append(row("node \(node.node)", node.headroom, "the same on this node"))
    }
    if let growth = AnswerSentence.growth(assessment, withMargin: true) {
      rows.append(
        row("will grow by", growth, "in \(assessment.profile.horizonDays) d, with the margin")
      )
    }
    return rows
  }

  private var reserve: [Row] {
    guard let facts else { return [] }
    let size = facts.pageSize
    var rows = facts.zoneinfo.nodes.flatMap {
      $0.kernelZones.map { zone in
        row(
          "node \(zone.node) \(zone.kind.name)",
          zone.minWatermark.bytes(of: size),
          "zoneinfo min"
        )
      }
    }
    rows.append(
      row("kept back in all", facts.nodes.total(\.reserve), "min and what protection adds")
    )
    rows.append(
      row("min_free_kbytes", assessment.snapshot.virtualMemory.minFree, SettingPath.minFree)
    )
    return rows
  }

  private var profile: [Row] {
    let profile = assessment.profile
    return [
      Row(title: "profile", value: profile.name, from: profile.title),
      Row(title: "fine up to", value: "\(profile.limits.fine)", from: "Movable : kernel"),
      Row(title: "margin", value: "\(profile.margin.percent) %", from: "of what is needed"),
      Row(title: "looks ahead", value: "\(profile.horizonDays) d", from: "growth of the terms"),
    ]
  }

  // MARK: Settings and devices

  private var arguments: [Row] {
    let names = ["kernelcore", "movablecore", "movable_node"]
    let words = (assessment.snapshot.commandLine.value ?? "").split(separator: " ").filter { word in
      names.contains { word.hasPrefix($0) }
    }
    var rows = [
      Row(
        title: "booted with",
        value: words.isEmpty ? "none" : "",
        from: words.isEmpty ? "none of the three on its command line" : words.joined(separator: " ")
      )
    ]
    if assessment.snapshot.commandLine.value == nil {
      rows = [Row(title: "booted with", value: "not known", from: "no command line was read")]
    }
    let advised = assessment.recommendation.arguments
    if !advised.isEmpty {
      rows.append(Row(title: "advised", value: "", from: advised.joined(separator: " ")))
    }
    return rows
  }

  private var policy: [Row] {
    let settings = OnliningSettings(assessment.snapshot)
    return [
      Row(
        title: "memhp_default_state",
        value: settings.defaultState.value.rawValue,
        from: settings.defaultState.origin
      ),
      Row(
        title: "online_policy",
        value: settings.policy.value.rawValue,
        from: settings.policy.origin
      ),
      Row(
        title: "auto_movable_ratio",
        value: "\(settings.autoMovableRatio.value) %",
        from: settings.autoMovableRatio.origin
      ),
      Row(
        title: "memmap_on_memory",
        value: settings.memmapOnMemory.value.rawValue,
        from: settings.memmapOnMemory.origin
      ),
    ]
  }

  private var blocks: [Row] {
    guard let table = assessment.snapshot.memoryBlocks.value else {
      let reason = assessment.snapshot.memoryBlocks.reason.map { "\($0)" } ?? ""
      return [Row(title: "memory blocks", value: "not known", from: reason)]
    }
    func count(_ state: MemoryBlock.State) -> Int {
      table.blocks.count { $0.state.value == state }
    }
    return [
      row("memory block", table.blockSize, "sysfs block_size_bytes"),
      Row(title: "online", value: "\(count(.online))", from: "of \(table.blocks.count) blocks"),
      Row(title: "offline", value: "\(count(.offline))", from: "memoryN/state"),
      Row(
        title: "in Movable",
        value: "\(table.blocks.count { $0.zone == .movable })",
        from: "memoryN/valid_zones"
      ),
    ]
  }

  private var memmap: [Row] {
    guard let facts else { return [] }
    let descriptor = facts.descriptor
    var rows = [
      row("one descriptor", descriptor.size, "for \(facts.pageSize.bytes.text)"),
      row("for all memory", descriptor.bytes(for: facts.present), "\(facts.present.text) present"),
      row("for 64 GiB more", descriptor.bytes(for: .gibibytes(64)), "before it is usable"),
    ]
    rows += policy.filter { $0.title == "memmap_on_memory" }
    return rows
  }

  private var cma: [Row] {
    [
      row("CMA areas", facts?.nodes.map(\.cma).total(), "zoneinfo cma of the kernel zones"),
      row("free of them", assessment.snapshot.meminfo.cmaFree, "meminfo CmaFree"),
    ]
  }

  private var hugePages: [Row] {
    guard let pools = assessment.snapshot.hugePages.pools.value else {
      let reason = assessment.snapshot.hugePages.pools.reason.map { "\($0)" } ?? ""
      return [Row(title: "huge pages", value: "not known", from: reason)]
    }
    var rows = pools.map { pool in
      let place = pool.node.map { " on node \($0)" } ?? ""
      let count = pool.total.value.map { "\($0)" } ?? "not known"
      let free = pool.free.value.map { "\($0) free" } ?? "free not known"
      return Row(title: "\(pool.size.text)\(place)", value: count, from: "pages; \(free)")
    }
    if let facts {
      let inKernel = facts.nodes.map(\.hugePagesInKernel.gigantic).total()
      rows.append(row("gigantic in kernel zones", inKernel, "counted as held for good"))
    }
    return rows
  }

  private var pins: [Row] {
    let snapshot = assessment.snapshot
    return [
      row(
        "pinned for long",
        snapshot.pins.system.bytes(of: assessment.pageSize),
        "vmstat nr_foll_pin_acquired − nr_foll_pin_released"
      ),
      row("may be locked", snapshot.lockLimit, "RLIMIT_MEMLOCK of process 1"),
      row("kernel zones can take", current.headroom, "where pins must lie since 5.13"),
    ]
  }
}
