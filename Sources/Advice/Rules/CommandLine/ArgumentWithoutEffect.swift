package import HostModel
package import KernelBehavior
internal import KernelText

/// ZW302: an argument that changes nothing.
package enum ArgumentWithoutEffect: HostRule, ArgumentRule, LayoutRule {
  package static let about = RuleDescription(
    code: "ZW302",
    slug: "argument-without-effect",
    title: "This argument changes nothing",
    why: """
      Of repeated sizes the last one counts, movable_node and mirror make the kernel ignore sizes, \
      sizes below a page count as absent, and movablecore= of all memory gives no ZONE_MOVABLE at \
      all. Options for hot-plug do nothing without their policy or on kernels without them. A \
      hugepages= counts pages of the size in front of it, once; beside hugetlb_cma= no gigantic page \
      is made at boot. A CMA \
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
      """
      error where a size was meant and no ZONE_MOVABLE came to be, note where both sizes are given or \
      no hugepages= follows a hugepagesz=, warning else
      """
    ),
    remedy: "remove the argument, or the one that overrides it",
    reference: "mm/mm_init.c, find_zone_movable_pfns_for_nodes; mm/memory_hotplug.c"
  )

  package enum Detail: FindingDetail {
    /// A word of which nothing is left.
    case word(String, Cause)
    /// A word that was understood and gives no ZONE_MOVABLE.
    case noMovable(String, isSize: Bool, NoMovable.Reason)
    /// Of both sizes, the one that counts.
    case bothSizes(counts: ZoneArgumentWord.Name)
    /// The same where no machine is known that would tell which one.
    case eitherSize(kernelcore: String, movablecore: String, EitherSize)
    /// An area that was asked for and is not there.
    case noArea(String, crossesBoundary: Bool)
    /// An area that these zones can't have.
    case areaFails(String, BootReservation, pageSize: PageSize)

    package var kind: String {
      switch self {
      case .word(_, let cause): cause.kind
      case .noMovable: "noMovable"
      case .bothSizes: "bothSizes"
      case .eitherSize: "bothSizes"
      case .noArea: "noArea"
      case .areaFails: "areaFails"
      }
    }

    package var amounts: FindingAmounts {
      switch self {
      case .noMovable(_, _, .allMemory(let memory)): ["memory": .bytes(memory)]
      case .noMovable(_, _, .allPercent(let percent)): ["asked": .percent(percent)]
      case .areaFails(_, let area, let pageSize): ["area": .bytes(area.pages.bytes(of: pageSize))]
      case .eitherSize(_, _, .above(let memory)): ["memory": .bytes(memory)]
      case .word, .noMovable, .bothSizes, .eitherSize, .noArea: [:]
      }
    }
  }

  /// Why nothing is left of a word.
  package enum Cause: Hashable, Sendable {
    case lessThanAPage
    case zeroPercent
    case noValue
    case notInThisKernel
    case mirrorUnknown
    /// The later word that counts, where it is known.
    case overridden(by: String?)
    case ignoredByMovableNode
    case ignoredByMirror
    case fromBootconfig
    /// An option of hot-plug, for the reason that `HotplugArgument` found.
    case hotplug(HotplugArgument.Fault)
    /// A size or a count of HugeTLB pages in the wrong place.
    case hugePages(HugeTLBArguments.Fault)
    /// An area that no machine can have.
    case impossible(ImpossibleArea)
    /// A size with a point, and the same as the kernel reads it.
    case fraction(whole: String)
    /// Gigantic pages that `hugetlb_cma=` keeps the kernel from making at boot.
    case leftToArea

    /// Nil for what leaves the word its effect.
    init?(_ trap: ZoneArgumentWord.Trap, among words: [ZoneArgumentWord]) {
      switch trap {
      case .zeroPages: self = .lessThanAPage
      case .zeroPercent: self = .zeroPercent
      case .malformed: self = .noValue
      case .notSupported: self = .notInThisKernel
      case .mirrorNotSupported: self = .mirrorUnknown
      case .overriddenByLater(let index):
        let isThere = words.indices.contains(index)
        self = .overridden(by: isThere ? words[index].argument.asWritten : nil)
      case .ignoredByMovableNode: self = .ignoredByMovableNode
      case .ignoredByMirror: self = .ignoredByMirror
      case .mayComeFromBootconfig: self = .fromBootconfig
      case .parsedAsBytes, .fraction, .octal, .hexadecimalDigitNotSuffix, .trailingJunk,
        .placeIgnored, .percentAtLeast100, .percentNotSupported, .wrapped, .crash:
        return nil
      }
    }

    fileprivate var kind: String {
      switch self {
      case .lessThanAPage: "lessThanAPage"
      case .zeroPercent: "zeroPercent"
      case .noValue: "noValue"
      case .notInThisKernel: "notInThisKernel"
      case .mirrorUnknown: "mirrorUnknown"
      case .overridden: "overridden"
      case .ignoredByMovableNode: "ignoredByMovableNode"
      case .ignoredByMirror: "ignoredByMirror"
      case .fromBootconfig: "fromBootconfig"
      case .hotplug(let fault): "hotplug." + fault.rawValue
      case .hugePages(let fault): "hugePages." + fault.kind
      case .impossible: "impossible"
      case .fraction: "fraction"
      case .leftToArea: "leftToArea"
      }
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .noMovable(_, let isSize, _): isSize ? .error : .warning
    case .bothSizes, .eitherSize: .note
    case .word(_, .hugePages(.sizeWithoutCount(isCountLost: false))): .note
    case .word, .noArea, .areaFails: .warning
    }
  }

  package static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .word(let text, let cause):
      FindingText("\(text) has no effect: \(words(for: cause))")
    case .noMovable(let text, _, let reason):
      FindingText("\(text) gives no ZONE_MOVABLE: \(words(for: reason))")
    case .bothSizes(let name):
      FindingText(
        "both sizes are given: \(name.rawValue) counts, because it leaves more to the kernel"
      )
    case .eitherSize(let kernelcore, let movablecore, let either):
      either.words(kernelcore, movablecore)
    case .noArea(let text, let crossesBoundary):
      FindingText(
        "\(text) has no effect: "
          + (crossesBoundary
            ? "an area across the start of ZONE_MOVABLE is given up" : "the kernel made no area")
      )
    case .areaFails(let text, let area, let pageSize): Self.text(for: area, of: text, pageSize)
    }
  }

  private static func words(for reason: NoMovable.Reason) -> String {
    switch reason {
    case .allMemory(let memory): "it is all of the \(memory.text) or more"
    case .allPercent(let percent): "\(percent) % is all memory"
    case .nothingHotPluggable: "the firmware marks no memory as hot-pluggable"
    case .hotPluggableUnknown:
      "as far as is known; which memory the firmware marks as hot-pluggable is not known here"
    case .nothingMirrored: "no memory is mirrored"
    case .undetermined: "the kernel made no zone of it"
    }
  }

  private static func words(for cause: Cause) -> String {
    switch cause {
    case .lessThanAPage: "it is less than a page"
    case .zeroPercent: "0 % leaves what was asked for before"
    case .noValue: "its value is missing"
    case .notInThisKernel: "this kernel has no such argument on this architecture"
    case .mirrorUnknown: "this kernel knows no mirror"
    case .overridden(let later): later.map { "\($0) comes later" } ?? "a later one counts"
    case .ignoredByMovableNode: "movable_node makes the kernel ignore sizes"
    case .ignoredByMirror: "kernelcore=mirror makes the kernel ignore sizes"
    case .fromBootconfig: "from a bootconfig it comes too late (if that is where it stands)"
    case .hotplug(let fault): words(for: fault)
    case .hugePages(let fault): words(for: fault)
    case .impossible(let area): area.words
    case .fraction:
      "the kernel reads no fractions, and stops at the point in front of the suffix"
    case .leftToArea: "beside hugetlb_cma= the kernel makes no gigantic pages at boot"
    }
  }

  private static func words(for fault: HugeTLBArguments.Fault) -> String {
    switch fault {
    case .noSuchSize: "no page has that size where this kernel runs"
    case .sizeTwice: "the size was given before, and the kernel ignores it here"
    case .defaultTwice: "the default size was given before, and the kernel ignores it here"
    case .countWithoutSize: "the size in front of it is not valid, and the kernel ignores the count"
    case .countTwice(let size):
      "pages of \(size.text) were counted before, and no hugepagesz= stands between: the kernel "
        + "ignores it"
    case .noCount: "its value is no count"
    case .sizeWithoutCount: "no hugepages= follows it, so no page of that size is made at boot"
    }
  }

  private static func words(for fault: HotplugArgument.Fault) -> String {
    switch fault {
    case .noDefaultState:
      "this kernel has no such argument (\(KernelFact.defaultOnlineState.firstRelease) has)"
    case .noDefaultZones:
      "this kernel knows online and offline only "
        + "(\(KernelFact.zonedDefaultOnlineState.firstRelease) knows zones)"
    case .noSuchState: "the words are offline, online, online_kernel and online_movable"
    case .noPolicies:
      "this kernel has no online policies (\(KernelFact.autoMovablePolicy.firstRelease) has)"
    case .noSuchPolicy: "the policies are contig-zones and auto-movable"
    case .otherPolicy: "the policy in force is contig-zones"
    case .noMemmapOnMemory: "this kernel can't (\(KernelFact.memmapOnMemory.firstRelease) can)"
    case .memmapOnMemoryRefused: "this kernel or machine can't: the parameter stayed N"
    }
  }

  // MARK: Looking

  package static func check(_ context: RuleContext) -> RuleOutcome {
    if let unknown = context.lineUnknown { return unknown }
    let line = context.line
    let hotplug = line.words.compactMap { HotplugArgument($0) }
    let others = hotplugFindings(hotplug, context, line) + areaFindings(context, line)
    var found = findings(in: line)
    guard
      !line.zones.words.isEmpty || !others.isEmpty || !hotplug.isEmpty || !found.isEmpty
    else { return .notApplicable }
    if found.isEmpty { found += noMovable(context, line) }
    return .findings(found + others)
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    let words = line.zones.words
    let zones = words.compactMap { word -> Finding? in
      // A size that came to nothing by misreading is argument-misread's.
      guard !ArgumentMisread.explains(word),
        let cause = word.traps.lazy.compactMap({ Cause($0, among: words) }).first
      else { return nil }
      return line.finding(of: Self.self, .word(word.argument.asWritten, cause), word.argument)
    }
    let hotplug = line.words.compactMap { argument -> Finding? in
      guard let fault = HotplugArgument(argument)?.fault(in: line) else { return nil }
      return line.finding(of: Self.self, .word(argument.asWritten, .hotplug(fault)), argument)
    }
    return zones + hotplug + repeated(line) + eitherSize(line) + hugePageFindings(line)
      + impossibleAreas(line) + fractions(line)
  }

  /// Sizes and counts of HugeTLB pages, which depend on their order.
  private static func hugePageFindings(_ line: ArgumentContext) -> [Finding] {
    let leavesGigantic = HugeTLBArguments.leavesGiganticPages(line.words, kernel: line.kernel)
    let arguments = HugeTLBArguments(
      line.words,
      defaultSize: .mebibytes(2),
      sizes: line.hugePageSizes
    )
    return arguments.words.compactMap { word in
      let text = word.argument.asWritten
      if let fault = word.fault {
        // What is not known may be what is missing; a size that no page has is wrong all the same.
        guard !line.hasGaps || fault == .noSuchSize || fault == .noCount else { return nil }
        return line.finding(of: Self.self, .word(text, .hugePages(fault)), word.argument)
      }
      guard leavesGigantic, word.isCount, word.argument.value != "0", let size = word.size,
        size > line.largestBlock
      else { return nil }
      return line.finding(
        of: Self.self,
        .word("\(text) of \(size.text)", .leftToArea),
        word.argument
      )
    }
  }

  package static func findings(in layout: LayoutContext) -> [Finding] {
    layout.facts.compactMap { fact in
      switch fact {
      case .noMovable(let lost): finding(lost, layout.line, seen: .layout)
      case .bothSizes(let name):
        // The one that comes to nothing is what is wrong.
        layout.line.zones.words.last { $0.isSize && $0.name != name }.map { idle in
          layout.line.finding(
            of: Self.self,
            .bothSizes(counts: name),
            idle.argument,
            and: [.layout]
          )
        }
      case .areaFails(let area):
        layout.line.finding(
          of: Self.self,
          .areaFails(area.argument.asWritten, area, pageSize: layout.pageSize),
          area.argument,
          and: [.layout]
        )
      default: nil
      }
    }
  }

  /// A request that was understood and gave no zone: too much, or nothing to divide.
  private static func noMovable(_ context: RuleContext, _ line: ArgumentContext) -> [Finding] {
    guard !context.facts.hasMovable,
      let lost = NoMovable(line.zones, memory: context.facts.present, pageSize: context.pageSize)
    else { return [] }
    return [finding(lost, line, seen: Evidence("zoneinfo", nil, "no populated zone Movable"))]
  }

  private static func finding(
    _ lost: NoMovable,
    _ line: ArgumentContext,
    seen: Evidence
  ) -> Finding {
    line.finding(
      of: Self.self,
      .noMovable(lost.word.argument.asWritten, isSize: lost.word.isSize, lost.reason),
      lost.word.argument,
      and: [seen]
    )
  }

  private static func areaFindings(_ context: RuleContext, _ line: ArgumentContext) -> [Finding] {
    // What a spec's areas come to is predicted, with the reason.
    guard context.meminfo.cmaTotal.value == .zero, context.snapshot.source.kind != .spec else {
      return []
    }
    return ["cma", "hugetlb_cma"].compactMap { name in
      guard let argument = line.last(name), let value = argument.value, !value.hasPrefix("0")
      else { return nil }
      let crosses = context.facts.hasMovable && context.isDividedAtBoot
      return line.finding(
        of: Self.self,
        .noArea(argument.asWritten, crossesBoundary: crosses),
        argument,
        and: [Evidence("meminfo CmaTotal", nil, "0")]
      )
    }
  }

  private static func hotplugFindings(
    _ arguments: [HotplugArgument],
    _ context: RuleContext,
    _ line: ArgumentContext
  ) -> [Finding] {
    arguments.compactMap { argument in
      argument.fault(context).map { fault in
        let word = argument.argument
        return line.finding(of: Self.self, .word(word.asWritten, .hotplug(fault)), word)
      }
    }
  }
}

extension HugeTLBArguments.Fault {
  fileprivate var kind: String {
    switch self {
    case .noSuchSize: "noSuchSize"
    case .sizeTwice: "sizeTwice"
    case .defaultTwice: "defaultTwice"
    case .countWithoutSize: "countWithoutSize"
    case .countTwice: "countTwice"
    case .noCount: "noCount"
    case .sizeWithoutCount: "sizeWithoutCount"
    }
  }
}
