internal import HostModel
package import KernelText

extension BootLayoutInputs {
  /// Takes a machine from its boot messages.
  ///
  /// - Parameters:
  ///   - log: The chosen boot.
  ///   - overrides: Page size and largest order where the user states them.
  /// - Throws: What the log lacks, and how to get it.
  package init(
    log: BootLog,
    overrides: Overrides = Overrides()
  ) throws(BootLayoutRefusal) {
    guard log.hasMemory else { throw .rangesMissing(hasStrays: log.strayRanges > 0) }
    var notes: [String] = []
    let architecture = try log.architecture(overrides, &notes)
    if log.bootCount > 1 {
      notes.append(
        "the log holds \(log.bootCount) boots; number \(log.boot), from line \(log.line), is taken"
      )
    }
    if log.commandLineIsCut {
      notes.append("the kernel cut its command line where it printed it: what follows is not known")
    }
    let pageSize = try log.pageSize(architecture, overrides.pageSize, &notes)
    let maxOrder: UInt8
    if let stated = overrides.maxOrder {
      maxOrder = stated
      notes.append("the largest page order is \(stated), as given (--max-order)")
    } else {
      maxOrder = architecture.usualMaxOrder(pageSize)
      if architecture.hasConfigurableMaxOrder {
        notes.append(
          "the log doesn't tell the largest page order: \(maxOrder) is assumed, the default for "
            + "\(architecture.rawValue) with \(pageSize.bytes.count >> 10) KiB pages"
        )
      }
    }
    try log.checkCompleteness(pageSize)

    let kernel = Kernel(version: overrides.kernel ?? log.kernel, architecture: architecture)
    let marks = log.hotPluggableRanges(under: kernel, pageSize)
    let map: MemoryMap
    do {
      map = try MemoryMap(
        architecture: architecture,
        pageSize: pageSize,
        maxOrder: maxOrder,
        ranges: log.markedRanges(pageSize, hotPluggable: marks),
        zones: log.zoneLimits(pageSize)
      )
    } catch {
      throw .memory(error)
    }
    if log.rangesAreFirmwares {
      notes.append(
        "the log has no \"Early memory node ranges\": what firmware's map calls usable is taken, "
          + "divided among the nodes as its affinity table (SRAT) says"
      )
    }
    if log.zones.isEmpty {
      notes.append(
        "the log has no zone ranges (\"Zone ranges:\"): the usual ones of \(architecture.rawValue) are taken"
      )
    }
    var crashAware = map
    crashAware.isCrashKernel =
      log.commandLine.map { line in
        KernelCommandLineText.arguments(line).contains { $0.name == "elfcorehdr" }
      } ?? false
    if overrides.kernel != nil {
      notes.append(overrides.kernelNote(shown: [log.kernel].compactMap { $0 }))
    }
    self.init(
      map: crashAware,
      kernel: kernel,
      commandLine: log.commandLine,
      isExact: !log.zones.isEmpty && !log.rangesAreFirmwares,
      assumptions: notes + kernel.assumptions(of: KernelFact.bootLayout)
        + kernel.unreadNotes
    )
    hasHotPluggable = !marks.isEmpty || log.firmwareRanges.contains(where: \.isHotPluggable)
    tellsHotPluggable = !marks.isEmpty || log.tellsHotPluggable(to: kernel)
    hasUnknownMirror = log.mirrored != nil && log.mirroredRanges.isEmpty
    if commandLine == nil, !log.starts.isEmpty {
      self.assumptions.append(
        "the log doesn't show its command line: without other arguments (--cmdline) the starts of "
          + "ZONE_MOVABLE are those that the kernel printed"
      )
    }
    if log.hasStarts {
      observedStarts = log.starts.mapValues { $0.frame(pageSize) }
    }
    noteMemorySize(log)
  }

  /// Compares all ranges with the sum that the kernel printed.
  private mutating func noteMemorySize(_ log: BootLog) {
    guard let memory = log.memory else { return }
    let found = map.totalPages.bytes(of: map.pageSize)
    guard found != memory else { return }
    isExact = false
    assumptions.append(
      "the ranges sum up to \(found.count >> 10) KiB, the kernel counts \(memory.count >> 10) KiB: "
        + "lines may be missing"
    )
  }
}

extension BootLog {
  /// The architecture that is stated, or that the log proves. Where neither is so and the page size is
  /// proven, that is enough: all else that a layout depends on stands in the log.
  func architecture(
    _ overrides: BootLayoutInputs.Overrides,
    _ notes: inout [String]
  ) throws(BootLayoutRefusal) -> Architecture {
    let proven = inferredArchitecture
    if let stated = overrides.architecture {
      let doubt = proven.map { $0 == stated ? "" : "; the log shows \($0.rawValue)" } ?? ""
      notes.append("the architecture is \(stated.rawValue), as given (--arch)\(doubt)")
      return stated
    }
    if let proven { return proven }
    guard !zones.isEmpty, overrides.pageSize ?? provenPageSize == .kib4 else {
      throw .architectureUnknown
    }
    notes.append(
      "nothing in the log tells the architecture: pages of 4 KiB and blocks of 4 MiB at most are "
        + "taken, as most have; state it with --arch"
    )
    return zones.contains { $0.name == "HighMem" } ? .x86_32 : .x86_64
  }

  private var provenPageSize: PageSize? {
    pageSize ?? pageSizeFromNodePages ?? pageSizeFromBuddyPages ?? pageSizeFromBoundaries
  }

  /// The page size from whatever tells it, or the usual one with a note.
  func pageSize(
    _ architecture: Architecture,
    _ stated: PageSize?,
    _ notes: inout [String]
  ) throws(BootLayoutRefusal) -> PageSize {
    if let stated {
      notes.append("pages have \(stated.bytes.count >> 10) KiB, as given (--page-size)")
      return stated
    }
    if let only = architecture.onlyPageSize { return only }
    if let provenPageSize { return provenPageSize }
    if architecture == .arm64, let proven = pageSizeFromHugePages { return proven }
    let usual = architecture.usualPageSize
    notes.append(
      "the log doesn't tell the page size: \(usual.bytes.count >> 10) KiB are assumed, as most "
        + "\(architecture.rawValue) kernels have"
    )
    return usual
  }

  /// The kernel prints ranges of whole pages: none is larger than a boundary allows.
  private var pageSizeFromBoundaries: PageSize? {
    guard !rangesAreFirmwares else { return nil }
    let isOnSmallPage = ranges.contains { range in
      guard case .bytes(let addresses) = range.extent else { return false }
      return [addresses.start, addresses.end].contains { $0.count % 8192 == 4096 }
    }
    return isOnSmallPage ? .kib4 : nil
  }

  private var rangeBytes: UInt64? {
    var sum: UInt64 = 0
    for range in ranges {
      guard case .bytes(let addresses) = range.extent, !addresses.isEmpty else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(addresses.size.count)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  private var pageSizeFromNodePages: PageSize? {
    let pages = nodePages.values.map { PageCount($0) }.total().count
    guard let bytes = rangeBytes, pages > 0, bytes % pages == 0 else { return nil }
    return PageSize(bytes: bytes / pages)
  }

  /// The buddy allocator owns nearly all pages: the largest size that fits.
  private var pageSizeFromBuddyPages: PageSize? {
    guard let bytes = rangeBytes, let pages = buddyPages, pages > 0 else { return nil }
    let least = bytes / pages
    guard least > 0 else { return nil }
    let size = UInt64(1) << UInt64(63 - least.leadingZeroBitCount)
    // More than half of all memory reserved would make the guess ambiguous.
    return size == 1 << 12 || size == 1 << 14 || size == 1 << 16 ? PageSize(bytes: size) : nil
  }

  /// Each of arm64's page sizes comes with its own sizes of huge pages.
  private var pageSizeFromHugePages: PageSize? {
    let sizes = Set(hugePageSizes.map { $0.count >> 10 })
    if sizes.contains(64) || sizes.contains(1 << 20) && sizes.contains(2 << 10) && sizes.count > 2 {
      return .kib4
    }
    if sizes.contains(512 << 10) { return .kib64 }
    return sizes.contains(32 << 10) ? .kib16 : nil
  }

  /// Refuses ranges of which lines are known to be missing.
  func checkCompleteness(_ pageSize: PageSize) throws(BootLayoutRefusal) {
    if strayRanges > 0 {
      throw .rangesIncomplete("\(strayRanges) of them stand without a heading")
    }
    if let announcedRanges, announcedRanges != ranges.count {
      throw .rangesIncomplete("\(announcedRanges) were announced, \(ranges.count) are there")
    }
    let byNode = Dictionary(grouping: ranges, by: \.node)
    for known in nodeExtents {
      let own = byNode[known.node] ?? []
      guard let first = own.first else {
        throw .rangesIncomplete("node \(known.node) has none")
      }
      let all = own.dropFirst().reduce(first.extent.frames(pageSize)) {
        $0.hull($1.extent.frames(pageSize))
      }
      guard all == known.extent.frames(pageSize) else {
        throw .rangesIncomplete("node \(known.node) begins or ends elsewhere (line \(known.line))")
      }
    }
    for (node, pages) in nodePages.sorted(by: { $0.key < $1.key }) {
      let own = (byNode[node] ?? []).lazy
        .map { $0.extent.frames(pageSize).pages }.total()
      guard own.count == pages else {
        throw .rangesIncomplete("node \(node) has \(pages) pages, its ranges hold \(own)")
      }
    }
  }

  /// `Zone ranges:` without the zones that have no limit of their own, nil where there are none.
  func zoneLimits(_ pageSize: PageSize) -> [ZoneLimit]? {
    guard !zones.isEmpty else { return nil }
    var start = PageFrameNumber(0)
    var limits: [ZoneLimit] = []
    for zone in zones {
      let kind = ZoneKind(name: zone.name)
      if kind == .movable || kind == .device { continue }
      // A vendor's zone that holds nothing changes nothing.
      if case .other = kind, zone.extent == nil { continue }
      guard let extent = zone.extent else {
        limits.append(ZoneLimit(kind: kind, frames: FrameRange(start: start, end: start)))
        continue
      }
      let frames = extent.frames(pageSize)
      limits.append(ZoneLimit(kind: kind, frames: frames))
      start = frames.end
    }
    return limits
  }

  /// Whether the log would show what firmware marks as hot-pluggable: the affinity table does, a
  /// device tree does not.
  func tellsHotPluggable(to kernel: Kernel) -> Bool {
    !firmwareRanges.isEmpty || hasACPI || !kernel.hasOrAssumed(.deviceTreeMarksHotPluggable)
  }

  /// What firmware marks as hot-pluggable, without nodes on which the kernel had reserved memory where
  /// the kernel spares those.
  ///
  /// `numa_clear_kernel_node_hotplug` (arch/x86/mm/numa.c, mm/numa_memblks.c since 6.12).
  func hotPluggableRanges(under kernel: Kernel, _ pageSize: PageSize) -> [AddressRange] {
    guard firmwareRanges.contains(where: \.isHotPluggable) else {
      return tellsHotPluggable(to: kernel) ? [] : shownAsHotPluggable(pageSize)
    }
    guard kernel.hasOrAssumed(.movableNodeSparesKernelNodes) else {
      return firmwareRanges.filter(\.isHotPluggable).map(\.addresses)
    }
    var kernelNodes: Set<NodeID> = []
    if let lowest = ranges.min(by: { $0.extent.isBelow($1.extent) }) {
      kernelNodes.insert(lowest.node)
    }
    for taken in reserved {
      for range in firmwareRanges where range.addresses.overlaps(taken) {
        kernelNodes.insert(range.node)
      }
    }
    return firmwareRanges.filter { $0.isHotPluggable && !kernelNodes.contains($0.node) }
      .map(\.addresses)
  }

  /// What must have been marked for `movable_node` to have given the starts that were printed: each
  /// node's memory from its start on. What lies above it moves none.
  private func shownAsHotPluggable(_ pageSize: PageSize) -> [AddressRange] {
    guard
      ZoneArguments(commandLine: commandLine ?? "", pageSize: pageSize).decider == .movableNode
    else { return [] }
    return starts.sorted { $0.key < $1.key }.compactMap { node, start in
      let end = ranges.filter { $0.node == node }.map { $0.extent.frames(pageSize).end }.max()
      let range = FrameRange(start: start.frame(pageSize), end: end ?? 0)
      guard !range.isEmpty else { return nil }
      return AddressRange(
        start: range.start.address(pageSize: pageSize),
        end: range.end.address(pageSize: pageSize)
      )
    }
  }

  /// The ranges, cut where a mark begins or ends.
  func markedRanges(_ pageSize: PageSize, hotPluggable: [AddressRange]) -> [MemoryMap.Piece] {
    let cuts = Set((hotPluggable + mirroredRanges).flatMap { [$0.start, $0.end] }).sorted()
    var marked: [MemoryMap.Piece] = []
    for range in ranges {
      // Kernels that count frames print no marks.
      guard !cuts.isEmpty, case .bytes(let whole) = range.extent else {
        marked.append(MemoryMap.Piece(node: range.node, frames: range.extent.frames(pageSize)))
        continue
      }
      let inside = cuts.filter { $0 > whole.start && $0 < whole.end }
      let edges = [whole.start] + inside + [whole.end]
      for (start, end) in zip(edges, edges.dropFirst()) {
        let part = AddressRange(start: start, end: end)
        marked.append(
          MemoryMap.Piece(
            node: range.node,
            frames: FrameRange(whollyIn: part, pageSize: pageSize),
            isHotPluggable: hotPluggable.contains { $0.contains(part) },
            isMirrored: mirroredRanges.contains { $0.contains(part) }
          )
        )
      }
    }
    return marked
  }
}

extension BootLog.Extent {
  /// Whole frames inside; an end before the start is kept, for the check to find.
  func frames(_ pageSize: PageSize) -> FrameRange {
    switch self {
    case .bytes(let addresses): FrameRange(whollyIn: addresses, pageSize: pageSize)
    case .frames(let frames): frames
    }
  }

  /// Whether it begins below another one of the same log, which counts either bytes or frames.
  fileprivate func isBelow(_ other: Self) -> Bool {
    switch (self, other) {
    case (.bytes(let own), .bytes(let other)): own.start < other.start
    case (.frames(let own), .frames(let other)): own.start < other.start
    default: false
    }
  }
}

extension BootLog.Start {
  fileprivate func frame(_ pageSize: PageSize) -> PageFrameNumber {
    switch self {
    case .address(let address): PageFrameNumber(address.pages(of: pageSize).count)
    case .frame(let frame): frame
    }
  }
}
