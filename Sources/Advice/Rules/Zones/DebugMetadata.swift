internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW110: debugging options that keep records for every page or object.
enum DebugMetadata: HostRule {
  static let about = RuleDescription(
    code: "ZW110",
    slug: "debug-metadata",
    title: "Debug options take memory for every page",
    causes: ["page_owner", "kasan", "slub_debug", "kmemleak"],
    why: """
      KASAN keeps a shadow of 1/8 of RAM (1/16 with software tags), KMSAN two of every \
      three pages, page_owner 64 to 72 bytes a page (24 on old kernels), memory allocation profiling 8 bytes a page, \
      kmemleak a record of 0.3 KiB for each object; slub_debug doubles slab. All of it is kernel \
      memory, also for pages of ZONE_MOVABLE, so it grows with memory that is hot-added.
      """,
    observes: """
      the kernel's config (KASAN, KMSAN, PAGE_OWNER, DEBUG_KMEMLEAK, MEM_ALLOC_PROFILING), \
      page_owner=, slub_debug=, kmemleak= and kasan= on the command line, Slab in meminfo, \
      /proc/sys/vm/mem_profiling
      """,
    remedy: "boot without the option where it is not needed",
    reference: """
      Documentation/dev-tools/kasan.rst; Documentation/mm/page_owner.rst; \
      Documentation/mm/allocation-profiling.rst
      """,
    kernels: "KASAN since 4.0, KMSAN since 6.1, allocation profiling since 6.10"
  )

  struct Detail: FindingDetail {
    var feature: Feature
    var cost: KernelShare

    var kind: String { feature.kind }
    var amounts: FindingAmounts { cost.amounts }
  }

  /// What keeps records.
  enum Feature: Hashable, Sendable {
    case kasan
    case kmsan
    case pageOwner
    case allocationProfiling
    /// The argument that asks for it, under its old or its new name.
    case slabTracking(argument: String)
    case kmemleak

    fileprivate var kind: String {
      switch self {
      case .kasan: "kasan"
      case .kmsan: "kmsan"
      case .pageOwner: "pageOwner"
      case .allocationProfiling: "allocationProfiling"
      case .slabTracking: "slabTracking"
      case .kmemleak: "kmemleak"
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.cost.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    let (name, remedy) = words(for: detail.feature)
    return FindingText(
      "\(name) costs about \(detail.cost.size.text), \(detail.cost.text)",
      remedy: remedy
    )
  }

  private static func words(for feature: Feature) -> (name: String, remedy: String) {
    switch feature {
    case .kasan: ("KASAN", "boot a kernel without CONFIG_KASAN")
    case .kmsan: ("KMSAN", "boot a kernel without CONFIG_KMSAN")
    case .pageOwner: ("page_owner", "remove page_owner=on")
    case .allocationProfiling:
      ("allocation profiling", "sysctl.vm.mem_profiling=never on the command line")
    case .slabTracking(let argument): (argument, "remove \(argument)")
    case .kmemleak: ("kmemleak", "kmemleak=off on the command line")
    }
  }

  private struct Cost {
    var feature: Feature
    var size: ByteCount
    var seen: Evidence
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard
      context.snapshot.kernelConfig.value != nil || context.argument("page_owner") != nil
        || slabTracking(context) != nil
    else {
      return .unknown(context.snapshot.kernelConfig.reason, effect: "debug options are unknown")
    }
    return .findings(
      costs(context).compactMap { cost in
        // Without Movable it is still memory that a larger zone would have to pay.
        let share = context.share(of: cost.size)
        guard share.severity != nil else { return nil }
        return finding(Detail(feature: cost.feature, cost: share), evidence: [cost.seen])
      }
    )
  }

  private static func costs(_ context: RuleContext) -> [Cost] {
    let memory = context.facts.present
    let pages = memory.pages(of: context.pageSize).count
    let config = context.snapshot.kernelConfig.value
    var costs: [Cost] = []
    func isOn(_ option: KernelOption) -> Bool { config?[option] == .yes }
    func add(_ feature: Feature, _ size: ByteCount, _ seen: Evidence) {
      costs.append(Cost(feature: feature, size: size, seen: seen))
    }
    if isOn(.kasan), !isOn(.kasanHardwareTags) {
      let scale: UInt64 = isOn(.kasanSoftwareTags) ? 16 : 8
      add(
        .kasan,
        memory.scaled(by: 1, over: scale),
        Evidence("CONFIG_KASAN=y", nil, "1/\(scale) of RAM")
      )
    }
    if isOn(.kmsan) {
      // A shadow and an origin page for each page that is left (mm/kmsan/init.c).
      add(
        .kmsan,
        memory.scaled(by: 2, over: 3),
        Evidence("CONFIG_KMSAN=y", nil, "two of every three pages")
      )
    }
    if context.value(of: "page_owner").flatMap(KernelFormat<Bool>.boolean.parse) == true,
      config == nil || isOn(.pageOwner)
    {
      let record = PageExtension.pageOwner(context.kernel)
      add(.pageOwner, record * pages, Evidence("page_owner=on", nil, "\(record) B a page"))
    }
    if context.snapshot.virtualMemory.profilesAllocations.value == true {
      add(
        .allocationProfiling,
        PageExtension.allocationTag(context.kernel) * pages,
        context.evidence(.profilesAllocations)
      )
    }
    if let argument = slabTracking(context), let slab = context.meminfo.slab.value {
      // An idle host's slab grew to 2.0 times its size on 6.12, to 1.8 times on 7.2.
      add(
        .slabTracking(argument: argument),
        slab.scaled(by: 1, over: 2),
        Evidence("\(argument) on the command line, meminfo Slab \(slab.text)")
      )
    }
    if isOn(.kmemleak), leakDetectorRuns(context) {
      let slab = context.meminfo.slabUnreclaimable.value ?? .zero
      // Objects are not counted; 0.3 KiB for each that averages 0.5 KiB.
      add(
        .kmemleak,
        slab.scaled(by: 3, over: 5),
        Evidence("CONFIG_DEBUG_KMEMLEAK=y, meminfo SUnreclaim \(slab.text)")
      )
    }
    return costs
  }

  /// The argument that makes every object of every cache remember who took it, under its old or its
  /// new name: without a value, or with the flag U.
  private static func slabTracking(_ context: RuleContext) -> String? {
    for name in ["slub_debug", "slab_debug"] {
      guard let argument = context.argument(name) else { continue }
      let value = argument.value ?? "U"
      return value.uppercased().contains("U") && !value.contains(",") ? name : nil
    }
    return nil
  }

  private static func leakDetectorRuns(_ context: RuleContext) -> Bool {
    if let value = context.value(of: "kmemleak") { return value == "on" }
    return context.option(.kmemleakDefaultOff) != .yes
  }
}
