package import HostModel
internal import KernelBehavior
package import Profiles

/// ZW101: more ZONE_MOVABLE than the kernel zones can serve.
package enum RatioOverLimit: HostRule, ArgumentRule, LayoutRule {
  package static let about = RuleDescription(
    code: "ZW101",
    slug: "ratio-over-limit",
    title: "MOVABLE:KERNEL ratio above the limit",
    why: """
      Every page of Movable memory costs kernel memory to use: page tables, slab, page descriptors \
      of hot-added blocks. Up to 3:1 that is rarely a problem, above 4:1 it often is, and near \
      63:1 (4 KiB pages) the descriptors of hot-added memory alone would fill the kernel zones.
      """,
    observes: "/proc/zoneinfo present and cma of every zone",
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      """
      warning above the profile's fine ratio, error above its warning ratio (3:1 and 4:1) where the \
      machine is not seen to have what its kernel will need; note and warning for a share that is \
      asked for of a machine that is not known
      """
    ),
    remedy: "give the kernel zones more memory, or less to ZONE_MOVABLE",
    reference:
      "Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations (5.14)"
  )

  package enum Detail: FindingDetail {
    /// Zones of a node, or of the host where none is named.
    case zones(NodeID?, Zones)
    /// A guest with everything that can be plugged in, all of it Movable.
    case grown(Zones)
    /// A share of all memory that no machine keeps in balance, whatever its size.
    case share(argument: String, kernelPercent: UInt64, limits: Profile.Limits)

    package var kind: String {
      switch self {
      case .zones: "zones"
      case .grown: "grown"
      case .share: "share"
      }
    }

    package var figure: FindingAmounts.Amount? { amounts["movableToKernel"] }

    package var amounts: FindingAmounts {
      switch self {
      case .zones(_, let zones), .grown(let zones):
        [
          "kernel": .bytes(zones.kernel), "movable": .bytes(zones.movable),
          "movableToKernel": .ratio(zones.ratio), "limit": .ratio(zones.limit),
          "missing": .bytes(zones.missing),
        ]
      case .share(_, let kernel, let limits):
        [
          "movableToKernel": .ratio(RatioOverLimit.ratio(kernelPercent: kernel)),
          "limit": .ratio(limits.exceeded(by: RatioOverLimit.ratio(kernelPercent: kernel))),
        ]
      }
    }
  }

  /// Memory on both sides, and what is too much.
  package struct Zones: Hashable, Sendable {
    package var kernel: ByteCount
    package var movable: ByteCount
    /// The part of it that was added after boot, whose descriptors came from the kernel zones.
    package var late: ByteCount
    package var limits: Profile.Limits
    package var pageSize: PageSize
    /// Whether the kernel was seen to have what it will need all the same.
    package var suffices = false

    package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
    /// The limit that is passed.
    package var limit: MovableRatio { limits.exceeded(by: ratio) }
    /// What the kernel zones lack to the fine ratio.
    package var missing: ByteCount {
      let total = kernel + movable
      return total.subtractingOrZero(limits.fine.movablePart(of: total) + kernel)
    }
    /// Nothing to judge without kernel memory: that is node-without-kernel-memory's.
    fileprivate var isOver: Bool { kernel > 0 && ratio > limits.fine }
  }

  package static func severity(of detail: Detail) -> Finding.Severity {
    switch detail {
    case .zones(_, let zones), .grown(let zones):
      zones.ratio > zones.limits.warning && !zones.suffices ? .error : .warning
    // Low memory may leave a machine with more kernel memory than it was asked for.
    case .share(_, let kernel, let limits):
      ratio(kernelPercent: kernel) > limits.warning ? .warning : .note
    }
  }

  package static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .zones(let node, let zones): words(for: zones, at: node.map { "node \($0)" } ?? "the host")
    case .grown(let zones):
      words(for: zones, at: "the guest with all \(zones.movable.text) plugged in")
    case .share(let argument, let kernel, let limits):
      FindingText(
        "\(argument) asks for \(ratio(kernelPercent: kernel)), limit "
          + "\(limits.exceeded(by: ratio(kernelPercent: kernel)))"
      )
    }
  }

  package static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .zones(_, let zones):
      return .layout("give the kernel zones \(zones.missing.text) more for \(zones.limits.fine)")
    case .grown(let zones):
      return .action(
        "boot with \(zones.missing.text) more for \(zones.limits.fine), or plug in less"
      )
    case .share(let argument, _, let limits):
      let least = leastPercent(limits.fine)
      let isKernelcore = argument.hasPrefix(ZoneArgumentWord.Name.kernelcore.rawValue)
      return .boot(
        isKernelcore ? "kernelcore=\(least)%" : "movablecore=\(100 - least)%",
        note: "the kernel zones need \(least) % of memory for \(limits.fine)"
      )
    }
  }

  private static func words(for zones: Zones, at place: String) -> FindingText {
    let ratio = zones.ratio
    let fine = zones.limits.fine
    var message = "\(place) is \(ratio), limit \(zones.limit)"
    if ratio.description == zones.limit.description {
      message = "\(place) is just over \(zones.limit)"
    }
    let late = MovableRatio(zones.late, to: zones.kernel)
    if late >= PageDescriptor.metadataBound(pageSize: zones.pageSize) {
      message += "; page descriptors alone can fill the kernel zones"
    } else if late.movable / 10 >= fine.movable * max(1, late.kernel) {
      let memmap = PageDescriptor(zones.pageSize, on: nil).bytes(for: zones.late)
      message += "; page descriptors of it can take \(memmap.text)"
    }
    return FindingText(message)
  }

  // MARK: Looking

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.current.movable > 0 else { return .notApplicable }
    let late = context.facts.lateMovable
    let suffices = context.current.verdict == .balanced || context.current.verdict == .tight
    func zones(_ kernel: ByteCount, _ movable: ByteCount, late: ByteCount) -> Zones {
      Zones(
        kernel: kernel,
        movable: movable,
        late: late,
        limits: context.profile.limits,
        pageSize: context.facts.pageSize,
        suffices: suffices
      )
    }
    // A node without cpus is memory-only-node's.
    let nodes = context.facts.nodes.filter {
      $0.ratioMovable > 0 && $0.cpuCount.value != 0
    }.map { node in
      (
        Optional(node.node),
        zones(node.ratioKernel, node.ratioMovable, late: late[node.node] ?? .zero)
      )
    }
    let host = zones(
      context.current.kernel,
      context.current.movable,
      late: late.values.total()
    )
    return .findings(
      findings(
        context.facts.nodes.count > 1 ? nodes + [(nil, host)] : nodes,
        seen: Evidence("zoneinfo", "present")
      )
    )
  }

  package static func findings(in layout: LayoutContext) -> [Finding] {
    func zones(_ kernel: PageCount, _ movable: PageCount, cma: PageCount) -> Zones {
      Zones(
        kernel: kernel.subtractingOrZero(cma).bytes(of: layout.pageSize),
        movable: (movable + cma).bytes(of: layout.pageSize),
        late: .zero,
        limits: layout.limits,
        pageSize: layout.pageSize
      )
    }
    let nodes = layout.layout.nodes.filter {
      $0.movablePages > .zero && !layout.memoryOnlyNodes.contains($0.id)
    }.map { node in
      (
        Optional(node.id),
        zones(
          node.kernelPages,
          node.movablePages + node.highPages,
          cma: layout.cma[node.id] ?? .zero
        )
      )
    }
    let host = zones(
      layout.layout.kernelPages,
      layout.layout.movablePages + layout.layout.highPages,
      cma: layout.cma.values.total()
    )
    return findings(layout.layout.nodes.count > 1 ? nodes + [(nil, host)] : nodes, seen: .layout)
  }

  private static func findings(_ parts: [(NodeID?, Zones)], seen: Evidence) -> [Finding] {
    parts.filter(\.1.isOver).map { node, zones in
      var evidence = seen
      evidence.value = "kernel zones \(zones.kernel.text), Movable and CMA \(zones.movable.text)"
      return finding(
        .zones(node, zones),
        on: node.map { .node($0) } ?? .host,
        evidence: [evidence]
      )
    }
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    // Where the machine is known, its zones are judged.
    guard line.givesMovable == nil else { return [] }
    let shares = line.zones.words.filter { word in
      guard word.isEffective, case .percent(let percent) = word.meaning else { return false }
      return (1..<100).contains(percent)
    }
    // Of two sizes the kernel takes the one that leaves more kernel memory.
    guard shares.count == 1, let word = shares.first, case .percent(let percent) = word.meaning,
      !line.zones.words.contains(where: { $0.isSize && $0.isEffective && $0 != word })
    else { return [] }
    let kernel = word.name == .kernelcore ? percent : 100 - percent
    guard ratio(kernelPercent: kernel) > line.limits.fine else { return [] }
    let detail = Detail.share(
      argument: word.argument.asWritten,
      kernelPercent: kernel,
      limits: line.limits
    )
    return [line.finding(of: Self.self, detail, word.argument)]
  }

  /// A guest that boots with `kernel` and can get `movable`, all of it Movable.
  package static func findings(
    kernel: ByteCount,
    movable: ByteCount,
    limits: Profile.Limits,
    pageSize: PageSize
  ) -> [Finding] {
    let zones = Zones(
      kernel: kernel,
      movable: movable,
      late: movable,
      limits: limits,
      pageSize: pageSize
    )
    guard zones.isOver else { return [] }
    return [finding(.grown(zones), evidence: [Evidence("the guest's memory", nil, kernel.text)])]
  }

  private static func ratio(kernelPercent kernel: UInt64) -> MovableRatio {
    MovableRatio(movable: 100 - kernel, kernel: kernel)
  }

  /// The smallest percentage of kernel memory at which a ratio is kept.
  private static func leastPercent(_ ratio: MovableRatio) -> UInt64 {
    let whole = ratio.movable + ratio.kernel
    return (100 * ratio.kernel + whole - 1) / max(1, whole)
  }
}

extension Profile.Limits {
  /// The worse of the limits that a ratio passes.
  fileprivate func exceeded(by ratio: MovableRatio) -> MovableRatio {
    ratio > warning ? warning : fine
  }
}
