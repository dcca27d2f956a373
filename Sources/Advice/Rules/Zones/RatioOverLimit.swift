internal import HostModel
internal import KernelBehavior
internal import Profiles

/// ZW101: more ZONE_MOVABLE than the kernel zones can serve.
package enum RatioOverLimit: HostRule, ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW101",
    slug: "ratio-over-limit",
    title: "MOVABLE:KERNEL ratio above the limit",
    why: """
      Every page of Movable memory costs kernel memory to use: page tables, slab, page descriptors \
      of hot-added blocks. Up to 3:1 that is rarely a problem, above 4:1 it often is, and near \
      63:1 (4 KiB pages) the descriptors alone would fill the kernel zones.
      """,
    observes: "/proc/zoneinfo present and cma of every zone",
    severity: RuleSeverity(
      .note ... .error,
      usual: .warning,
      "warning above the profile's fine ratio, error above its warning ratio (3:1 and 4:1)"
    ),
    remedy: "give the kernel zones more memory, or less to ZONE_MOVABLE",
    reference:
      "Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations (5.14)"
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.current.movable > 0 else { return .notApplicable }
    var findings: [Finding] = []
    func judge(_ kernel: ByteCount, _ movable: ByteCount, node: NodeID?, place: String) {
      findings += finding(
        kernel: kernel,
        movable: movable,
        node: node,
        place: place,
        limits: context.profile.limits,
        pageSize: context.facts.pageSize,
        seen: "zoneinfo present"
      )
    }
    for node in context.facts.nodes where node.ratioMovable > 0 {
      judge(node.ratioKernel, node.ratioMovable, node: node.node, place: "node \(node.node)")
    }
    if context.facts.nodes.count > 1 {
      judge(context.current.kernel, context.current.movable, node: nil, place: "the host")
    }
    return .findings(findings)
  }

  /// The zones that a command line is predicted to give, against the limits that hold where no
  /// profile is named.
  static func findings(in layout: BootLayout, pageSize: PageSize) -> [Finding] {
    var findings: [Finding] = []
    func judge(_ kernel: PageCount, _ movable: PageCount, node: NodeID?, place: String) {
      findings += finding(
        kernel: kernel.bytes(of: pageSize),
        movable: movable.bytes(of: pageSize),
        node: node,
        place: place,
        limits: Profile.Limits(),
        pageSize: pageSize,
        seen: "the layout that these arguments give"
      )
    }
    for node in layout.nodes where node.movablePages > .zero {
      judge(node.kernelPages, node.movablePages, node: node.id, place: "node \(node.id)")
    }
    if layout.nodes.count > 1 {
      judge(layout.kernelPages, layout.movablePages, node: nil, place: "the host")
    }
    return findings
  }

  private static func finding(
    kernel: ByteCount,
    movable: ByteCount,
    node: NodeID?,
    place: String,
    limits: Profile.Limits,
    pageSize: PageSize,
    seen: String
  ) -> [Finding] {
    let ratio = MovableRatio(movable, to: kernel)
    guard kernel > 0, ratio > limits.fine else { return [] }
    let severity: Finding.Severity = ratio > limits.warning ? .error : .warning
    let total = kernel + movable
    let missing = total - limits.fine.movablePart(of: total) - kernel
    let limit = severity == .error ? limits.warning : limits.fine
    let memmap = PageDescriptor.bytes(for: movable, pageSize: pageSize)
    var message = "\(place) is \(ratio), limit \(limit)"
    if ratio.description == limit.description { message = "\(place) is just over \(limit)" }
    if ratio >= PageDescriptor.metadataBound(pageSize: pageSize) {
      message += "; page descriptors alone can fill the kernel zones"
    } else if ratio.movable / 10 >= limits.fine.movable * max(1, ratio.kernel) {
      message += "; page descriptors of it can take \(memmap.text)"
    }
    return [
      Finding(
        Self.self,
        severity,
        node: node,
        message: message,
        evidence: [
          "\(seen): kernel zones \(kernel.text), Movable and CMA \(movable.text)"
        ],
        remedy: "give the kernel zones \(missing.text) more for \(limits.fine)"
      )
    ]
  }

  /// A share of all memory that no machine keeps in balance, whatever its size.
  ///
  /// Low memory may leave a machine with more kernel memory than it was asked for, so the finding
  /// tells what the words say, and is no more than a warning.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    // Where the machine is known, its zones are judged.
    guard line.givesMovable == nil else { return [] }
    let limits = line.limits
    let shares = line.zones.words.filter { word in
      guard word.isEffective, case .percent(let percent) = word.meaning else { return false }
      return (1..<100).contains(percent)
    }
    // Of two sizes the kernel takes the one that leaves more kernel memory.
    guard shares.count == 1, let word = shares.first, case .percent(let percent) = word.meaning,
      !line.zones.words.contains(where: { $0.isSize && $0.isEffective && $0 != word })
    else { return [] }
    let kernel = word.name == .kernelcore ? percent : 100 - percent
    let ratio = MovableRatio(movable: 100 - kernel, kernel: kernel)
    guard ratio > limits.fine else { return [] }
    return [
      Finding(
        Self.self,
        ratio > limits.warning ? .warning : .note,
        message: "\(word.argument.asWritten) asks for \(ratio), limit "
          + "\(ratio > limits.warning ? limits.warning : limits.fine)",
        evidence: [line.evidence(word.argument).description],
        remedy: "give the kernel zones \(leastPercent(limits.fine)) % of memory or more",
        location: line.place(of: word.argument)
      )
    ]
  }

  /// The smallest percentage of kernel memory at which a ratio is kept.
  private static func leastPercent(_ ratio: MovableRatio) -> UInt64 {
    let whole = ratio.movable + ratio.kernel
    return (100 * ratio.kernel + whole - 1) / max(1, whole)
  }
}
