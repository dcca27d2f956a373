internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW302: an argument that changes nothing.
package enum ArgumentWithoutEffect: HostRule, ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW302",
    slug: "argument-without-effect",
    title: "This argument changes nothing",
    why: """
      Of repeated sizes the last one counts, movable_node and mirror make the kernel ignore sizes, \
      sizes below a page count as absent, and movablecore= of all memory gives no ZONE_MOVABLE at \
      all. Options for hot-plug do nothing without their policy or on kernels without them. A CMA \
      area that would lie across the start of ZONE_MOVABLE is given up. The kernel says little \
      about any of it.
      """,
    observes: """
      /proc/cmdline; whether ZONE_MOVABLE came to be; CmaTotal; auto_online_blocks, online_policy, \
      memmap_on_memory; the kernel's config and release
      """,
    severity: RuleSeverity(
      .note ... .error,
      usual: .error,
      "error where a size was meant and no ZONE_MOVABLE came to be, warning else"
    ),
    remedy: "remove the argument, or the one that overrides it",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes; mm/memory_hotplug.c"
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.commandLine.value != nil else {
      return .unknown(context.snapshot.commandLine.reason, effect: "arguments in force are unknown")
    }
    let line = context.line
    let others = hotplugFindings(context) + areaFindings(context)
    guard !line.zones.words.isEmpty || !others.isEmpty || mentionsHotplug(context) else {
      return .notApplicable
    }
    var found = findings(in: line)
    if found.isEmpty { found += noZone(context, line) }
    return .findings(found + others)
  }

  /// The words of any command line of which nothing is left.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    line.zones.words.compactMap { word in
      // A size that came to nothing by misreading is argument-misread's.
      guard !ArgumentMisread.explains(word), let why = reason(word, line) else { return nil }
      return Finding(
        Self.self,
        .warning,
        message: "\(word.argument.asWritten) has no effect: \(why)",
        evidence: [line.evidence(word.argument).description],
        location: line.place(of: word.argument)
      )
    }
  }

  private static func reason(_ word: ZoneArgumentWord, _ line: ArgumentContext) -> String? {
    for trap in word.traps {
      switch trap {
      case .zeroPages: return "it is less than a page"
      case .zeroPercent: return "0 % leaves what was asked for before"
      case .malformed: return "its value is missing"
      case .notSupported: return "this kernel has no such argument on this architecture"
      case .mirrorNotSupported: return "this kernel knows no mirror"
      case .overriddenByLater(let index):
        guard line.zones.words.indices.contains(index) else { return "a later one counts" }
        return "\(line.zones.words[index].argument.asWritten) comes later"
      case .ignoredByMovableNode: return "movable_node makes the kernel ignore sizes"
      case .ignoredByMirror: return "kernelcore=mirror makes the kernel ignore sizes"
      case .mayComeFromBootconfig:
        return "from a bootconfig it comes too late (if that is where it stands)"
      default: continue
      }
    }
    return nil
  }

  /// A request that was understood and gave no zone: too much, or nothing to divide.
  private static func noZone(_ context: RuleContext, _ line: ArgumentContext) -> [Finding] {
    guard !context.facts.hasMovable, let word = line.zones.words.last,
      !ArgumentMisread.explains(word)
    else { return [] }
    let memory = context.facts.present
    let why: String
    switch word.meaning {
    case .mirror: why = "no memory is mirrored"
    case .movableNode: why = "the firmware marks no memory as hot-pluggable"
    case .pages(let pages) where pages.bytes(of: context.pageSize) >= memory:
      why = "it is all of the \(memory.text) or more"
    case .percent(let percent) where percent >= 100: why = "\(percent) % is all memory"
    default: why = "the kernel made no zone of it"
    }
    return [
      Finding(
        Self.self,
        word.isSize ? .error : .warning,
        message: "\(word.argument.asWritten) gave no ZONE_MOVABLE: \(why)",
        evidence: [line.evidence(word.argument).description] + [
          "zoneinfo: no populated zone Movable"
        ],
        location: line.place(of: word.argument)
      )
    ]
  }

  // MARK: CMA

  /// An area that was asked for and is not there.
  private static func areaFindings(_ context: RuleContext) -> [Finding] {
    guard context.meminfo.cmaTotal.value == .zero else { return [] }
    return ["cma", "hugetlb_cma"].compactMap { name in
      guard let argument = context.argument(name), let value = argument.value,
        !value.hasPrefix("0")
      else { return nil }
      let crosses = context.facts.hasMovable && context.isDividedAtBoot
      return Finding(
        Self.self,
        .warning,
        message: "\(argument.asWritten) has no effect: "
          + (crosses
            ? "an area across the start of ZONE_MOVABLE is given up" : "the kernel made no area"),
        evidence: [context.line.evidence(argument).description] + ["meminfo CmaTotal: 0"],
        remedy: crosses ? "a smaller area, or one with a fixed place: cma=SIZE@START" : nil,
        location: context.line.place(of: argument)
      )
    }
  }

  // MARK: Hot-plug

  private static let prefix = "memory_hotplug."

  private static func mentionsHotplug(_ context: RuleContext) -> Bool {
    context.arguments.contains {
      $0.normalizedName.hasPrefix(prefix) || $0.normalizedName == "memhp_default_state"
    }
  }

  private static func hotplugFindings(_ context: RuleContext) -> [Finding] {
    context.arguments.compactMap { argument in
      guard let why = reason(argument.normalizedName, argument.value ?? "", context) else {
        return nil
      }
      return Finding(
        Self.self,
        .warning,
        message: "\(argument.asWritten) has no effect: \(why)",
        evidence: [context.line.evidence(argument).description],
        location: context.line.place(of: argument)
      )
    }
  }

  private static func reason(
    _ name: String,
    _ value: String,
    _ context: RuleContext
  ) -> String? {
    let kernel = context.kernel
    switch name {
    case "memhp_default_state":
      if kernel.lacks(.defaultOnlineState) {
        return
          "this kernel has no such argument (\(KernelFact.defaultOnlineState.firstRelease) has)"
      }
      if ["online_kernel", "online_movable"].contains(value),
        kernel.lacks(.zonedDefaultOnlineState)
      {
        let first = KernelFact.zonedDefaultOnlineState.firstRelease
        return "this kernel knows online and offline only (\(first) knows zones)"
      }
      return ["offline", "online", "online_kernel", "online_movable"].contains(value)
        ? nil : "the words are offline, online, online_kernel and online_movable"
    case "memory_hotplug.online_policy":
      if kernel.lacks(.autoMovablePolicy) {
        let first = KernelFact.autoMovablePolicy.firstRelease
        return "this kernel has no online policies (\(first) has)"
      }
      return ["contig_zones", "contig-zones", "auto-movable", "auto_movable"].contains(value)
        ? nil : "the policies are contig-zones and auto-movable"
    case "memory_hotplug.auto_movable_ratio", "memory_hotplug.auto_movable_numa_aware":
      if kernel.lacks(.autoMovablePolicy) {
        let first = KernelFact.autoMovablePolicy.firstRelease
        return "this kernel has no online policies (\(first) has)"
      }
      return context.snapshot.onlining.policy.value == .contigZones
        ? "the policy in force is contig-zones" : nil
    case "memory_hotplug.memmap_on_memory":
      if kernel.byRelease.lacks(.memmapOnMemory) {
        return "this kernel can't (\(KernelFact.memmapOnMemory.firstRelease) can)"
      }
      let asked = KernelFormat<MemmapOnMemory>.memmapOnMemory.parse(value)?.isOn ?? false
      return asked && context.snapshot.onlining.memmapOnMemory.value == .no
        ? "this kernel or machine can't: the parameter stayed N" : nil
    default:
      return nil
    }
  }
}
