package import HostModel
internal import KernelBehavior
internal import KernelText

// What the words alone tell, whatever machine they boot.
extension ArgumentWithoutEffect {
  /// Which of two sizes counts: `required_kernelcore = max(required_kernelcore, totalpages -
  /// required_movablecore)` (`find_zone_movable_pfns_for_nodes`).
  package enum EitherSize: Hashable, Sendable {
    case kernelcore
    case movablecore
    /// movablecore= above that much memory, kernelcore= else.
    case above(ByteCount)
    /// A size and a percentage: it takes the memory to tell.
    case untold

    func words(_ kernelcore: String, _ movablecore: String) -> FindingText {
      switch self {
      case .kernelcore:
        FindingText(
          "both sizes are given: \(kernelcore) counts, because it leaves more to the kernel, and "
            + "\(movablecore) is ignored"
        )
      case .movablecore:
        FindingText(
          "both sizes are given: \(movablecore) counts, because it leaves more to the kernel, and "
            + "\(kernelcore) is ignored"
        )
      case .above(let memory):
        FindingText(
          "both sizes are given: with more than \(memory.text) of memory \(movablecore) counts and "
            + "\(kernelcore) is ignored, with less it is the other way round"
        )
      case .untold:
        FindingText(
          "both sizes are given: the one that leaves more to the kernel counts, and the other is "
            + "ignored"
        )
      }
    }
  }

  /// Why an area can't be made on any machine.
  package enum ImpossibleArea: Hashable, Sendable {
    case beyondEnd(ByteCount)
    case misplaced(ByteCount)
    case belowGiganticPage(ByteCount)

    var words: String {
      switch self {
      case .beyondEnd(let end): "so much does not fit below \(end.text), where it has to end"
      case .misplaced(let unit): "its place is no multiple of \(unit.text)"
      case .belowGiganticPage(let page):
        "it is less than one gigantic page, which has \(page.text) or more"
      }
    }
  }

  /// Two sizes at once, where no machine tells which of them counts.
  static func eitherSize(_ line: ArgumentContext) -> [Finding] {
    guard line.givesMovable == nil,
      let kernelcore = counting(.kernelcore, line), let movablecore = counting(.movablecore, line)
    else { return [] }
    let either: EitherSize =
      switch (kernelcore.meaning, movablecore.meaning) {
      case (.percent(let kernel), .percent(let movable)):
        kernel + movable >= 100 ? .kernelcore : .movablecore
      case (.pages(let kernel), .pages(let movable)):
        .above((kernel + movable).bytes(of: line.pageSize))
      default: .untold
      }
    let ignored = either == .movablecore ? kernelcore : movablecore
    return [
      line.finding(
        of: Self.self,
        .eitherSize(
          kernelcore: kernelcore.argument.asWritten,
          movablecore: movablecore.argument.asWritten,
          either
        ),
        ignored.argument
      )
    ]
  }

  /// The word of that name that the kernel goes by.
  private static func counting(
    _ name: ZoneArgumentWord.Name,
    _ line: ArgumentContext
  ) -> ZoneArgumentWord? {
    line.zones.words.last { word in
      guard word.name == name, word.isEffective else { return false }
      return switch word.meaning {
      case .pages, .percent: true
      default: false
      }
    }
  }

  /// Names that the kernel takes once: of several the last one counts.
  static func repeated(_ line: ArgumentContext) -> [Finding] {
    let single: Set<String> = [
      "memhp_default_state", "memory_hotplug.online_policy", "memory_hotplug.auto_movable_ratio",
      "memory_hotplug.auto_movable_numa_aware", "memory_hotplug.memmap_on_memory", "cma",
      "hugetlb_cma",
    ]
    return line.words.enumerated().compactMap { index, word in
      guard single.contains(word.normalizedName),
        let later = line.words.dropFirst(index + 1).last(where: {
          $0.normalizedName == word.normalizedName
        }), later.value != word.value
      else { return nil }
      return line.finding(
        of: Self.self,
        .word(word.asWritten, .overridden(by: later.asWritten)),
        word
      )
    }
  }

  /// Areas that the kernel refuses wherever it runs (`cma_declare_contiguous_nid`,
  /// `hugetlb_cma_reserve`). Where the machine is known, what becomes of them is predicted.
  static func impossibleAreas(_ line: ArgumentContext) -> [Finding] {
    guard line.givesMovable == nil else { return [] }
    return [("cma", area), ("hugetlb_cma", giganticArea)].compactMap { name, judge in
      guard let word = line.last(name), let value = word.value,
        ArgumentMisread.wholeNumber(value[...]) == nil, let why = judge(value, line)
      else { return nil }
      return line.finding(of: Self.self, .word(word.asWritten, .impossible(why)), word)
    }
  }

  /// Sizes with a point (`memparse`, lib/cmdline.c): of an area a few bytes are left, and crashkernel=
  /// is refused (`parse_crashkernel_simple`).
  static func fractions(_ line: ArgumentContext) -> [Finding] {
    ["cma", "cma_pernuma", "hugetlb_cma", "crashkernel"].compactMap { name in
      guard let word = line.last(name),
        let whole = ArgumentMisread.wholeNumber((word.value ?? "")[...])
      else { return nil }
      return line.finding(of: Self.self, .word(word.asWritten, .fraction(whole: whole)), word)
    }
  }

  private static func area(_ value: String, _ line: ArgumentContext) -> ImpossibleArea? {
    let area = CMAArgument(value)
    guard area.size > .zero else { return nil }
    switch area.place {
    case .anywhere: return nil
    case .at(let start):
      // The least that any kernel asks for; where the architecture is known, a pageblock.
      let unit =
        line.kernel.architecture.value.map { HugePageSize.standard($0, line.pageSize) }
        ?? .mebibytes(1)
      return start.count.isMultiple(of: unit.count) ? nil : .misplaced(unit)
    case .between(let start, let end): return start + area.size > end ? .beyondEnd(end) : nil
    }
  }

  private static func giganticArea(_ value: String, _ line: ArgumentContext) -> ImpossibleArea? {
    // The smallest page that an architecture makes such areas for.
    let least = ByteCount.gibibytes(1)
    let sizes = NodeSizes(value, knowsNodes: true, knowsPercent: true)
    let amounts = [sizes.whole].compactMap(\.self) + sizes.byNode.values
    let isTooSmall = amounts.contains { amount in
      guard case .bytes(let size) = amount else { return false }
      return size > .zero && size < least
    }
    return isTooSmall ? .belowGiganticPage(least) : nil
  }
}

extension HotplugArgument {
  /// The same of a line without a machine: an option of auto-movable does nothing under another
  /// policy, and a whole line without one leaves the kernel's own in force.
  func fault(in line: ArgumentContext) -> Fault? {
    if let fault = fault(in: line.kernel) { return fault }
    guard line.givesMovable == nil,
      ["memory_hotplug.auto_movable_ratio", "memory_hotplug.auto_movable_numa_aware"]
        .contains(argument.normalizedName)
    else { return nil }
    guard let policy = line.last("memory_hotplug.online_policy")?.value else {
      return line.isWhole ? .otherPolicy : nil
    }
    return KernelFormat<OnlinePolicy>.onlinePolicy.parse(policy) == .contigZones
      ? .otherPolicy : nil
  }
}
