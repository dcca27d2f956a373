package import HostModel
internal import KernelText

extension BootLayoutInputs {
  /// Reconstructs the machine that a running host was booted on.
  ///
  /// Exact ranges come from /proc/iomem where root read it; else zones stand for ranges, and holes
  /// are taken to lie at a zone's end. Memory that was added later is removed as far as it shows.
  ///
  /// - Parameters:
  ///   - snapshot: The host.
  ///   - overrides: Page size and largest order where the user states them.
  /// - Throws: Which input is missing.
  package init(
    snapshot: HostSnapshot,
    overrides: Overrides = Overrides()
  ) throws(BootLayoutRefusal) {
    var reader = try RunningMachine(snapshot, overrides: overrides)
    let ranges = reader.ranges()
    let map: MemoryMap
    do throws(MemoryMapError) {
      map = try MemoryMap(
        architecture: reader.architecture,
        pageSize: reader.pageSize,
        maxOrder: reader.maxOrder,
        ranges: ranges,
        zones: reader.zoneLimits(ranges)
      )
    } catch {
      throw .memory(error)
    }
    var kernel = Kernel(snapshot)
    kernel.architecture = .known(reader.architecture)
    self.init(
      map: map,
      kernel: kernel,
      commandLine: snapshot.commandLine.value,
      isExact: reader.isExact,
      assumptions: reader.notes + kernel.assumptions(of: KernelFact.bootLayout)
        + kernel.unreadNotes
    )
    observedStarts = reader.observedStarts()
    tellsHotPluggable = hasHotPluggable
    blockPages = (snapshot.memoryBlocks.value?.blockSize).map { $0.pages(of: reader.pageSize) }
    memoryOnlyNodes = Set(
      (snapshot.nodes.value ?? []).filter { $0.cpuCount.value == 0 }.map(\.id)
    )
  }
}

/// A running host, read backwards to what it was booted with.
private struct RunningMachine {
  let snapshot: HostSnapshot
  let zoneinfo: ZoneInfo
  let architecture: Architecture
  let pageSize: PageSize
  let maxOrder: UInt8
  var notes: [String] = []
  var isExact = true

  init(
    _ snapshot: HostSnapshot,
    overrides: BootLayoutInputs.Overrides
  ) throws(BootLayoutRefusal) {
    self.snapshot = snapshot
    func need<Value>(_ reading: Reading<Value>) throws(BootLayoutRefusal) -> Value {
      switch reading {
      case .known(let value, _): return value
      case .unknown(let reason): throw .inputUnknown(reason.description)
      }
    }
    zoneinfo = try need(snapshot.zoneinfo)
    for zone in zoneinfo.zones {
      if case .other(let name) = zone.kind { throw .memory(.unknownZone(name)) }
    }
    architecture = try need(snapshot.architecture)
    if let stated = overrides.pageSize {
      pageSize = stated
    } else {
      pageSize = try need(snapshot.pageSize)
    }
    if let order = overrides.maxOrder ?? snapshot.maxOrder.value {
      maxOrder = order
    } else {
      maxOrder = architecture.usualMaxOrder(pageSize)
      notes.append("without /proc/buddyinfo the largest page order is taken to be \(maxOrder)")
    }
  }

  // MARK: Ranges

  mutating func ranges() -> [MemoryMap.Piece] {
    let zones = zoneRanges()
    guard let iomem = snapshot.iomem.value else {
      isExact = false
      notes.append(
        "memory ranges are inferred from zones, with holes at a zone's end; root reads the exact "
          + "ones from /proc/iomem"
      )
      return zones.map(\.range)
    }
    return exact(iomem, zones: zones)
  }

  private struct BootZone {
    var kind: ZoneKind
    /// Frames that have RAM, packed to the zone's start.
    var range: MemoryMap.Piece
    /// First to last frame.
    var span: FrameRange
  }

  private var isMovableNode: Bool {
    KernelCommandLineText.arguments(snapshot.commandLine.value ?? "")
      .contains { $0.normalizedName == ZoneArgumentWord.Name.movableNode.rawValue }
  }

  /// The zones that were there at boot.
  private mutating func zoneRanges() -> [BootZone] {
    let isLineKnown = snapshot.commandLine.value != nil
    let movableIsLater = isLineKnown && !snapshot.asksForMovableAtBoot
    if !isLineKnown {
      notes.append("the command line is not known: all Movable is taken to be boot memory")
      isExact = false
    }
    var later = PageCount.zero
    var result: [BootZone] = []
    for zone in zoneinfo.zones where zone.isPopulated && zone.kind != .device {
      guard let span = zone.frames.value, let present = zone.present.value else { continue }
      if zone.kind == .movable, movableIsLater {
        later += present
        continue
      }
      result.append(
        BootZone(
          kind: zone.kind,
          // Under movable_node all that is Movable was marked, and nothing else.
          range: MemoryMap.Piece(
            node: zone.node,
            frames: FrameRange(start: span.start, pages: present),
            isHotPluggable: zone.kind == .movable && isMovableNode
          ),
          span: span
        )
      )
    }
    if later > 0 {
      notes.append(
        "\(later.bytes(of: pageSize).count >> 20) MiB of Movable were added after boot: no argument "
          + "asked for them"
      )
    }
    trimLateKernelMemory(&result)
    return result
  }

  /// Removes hot-added memory from the top of the kernel zones, where the kernel's own count of
  /// boot-time page descriptors (`nr_memmap_boot_pages`, 6.11 and newer) shows that there is some.
  private mutating func trimLateKernelMemory(_ zones: inout [BootZone]) {
    guard let described = BootMemory.described(in: snapshot, pageSize: pageSize) else { return }
    let present = zones.map(\.range.pages).total()
    // Whole sections have descriptors, so more than the boot memory is described, never less.
    guard let excess = present.subtracting(described), excess > 0 else { return }
    notes.append(
      "\(excess.bytes(of: pageSize).count >> 20) MiB of kernel memory were added after boot and are "
        + "taken from the top of the nodes that they were added to"
    )
    isExact = false
    for (node, pages) in lateMemory(excess) {
      cut(pages, from: &zones) { node == nil || $0 == node }
    }
    zones.removeAll { $0.range.pages == .zero }
  }

  /// Where that many pages of kernel memory were added: the highest blocks, since memory is added
  /// above what the machine booted with. Nil stands for any node, where there are no blocks.
  private func lateMemory(_ pages: PageCount) -> [(NodeID?, PageCount)] {
    guard let table = snapshot.memoryBlocks.value, table.blockSize > 0 else {
      return [(nil, pages)]
    }
    let block = table.blockSize.pages(of: pageSize)
    var left = pages
    var late: [NodeID: PageCount] = [:]
    for entry in table.blocks.sorted(by: { $0.number > $1.number }) where left > 0 {
      guard entry.zone?.countsAsKernel == true, let node = entry.nodes.first else { continue }
      late[node, default: .zero] += left.take(upTo: block)
    }
    var parts: [(NodeID?, PageCount)] = late.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if left > 0 { parts.append((nil, left)) }
    return parts
  }

  /// Cuts pages from the top of the zones that reach highest.
  private func cut(
    _ pages: PageCount,
    from zones: inout [BootZone],
    where fits: (NodeID) -> Bool
  ) {
    var left = pages
    let order = zones.indices.sorted { zones[$0].span.end > zones[$1].span.end }
    for index in order where left > 0 && fits(zones[index].range.node) {
      var kept = zones[index].range.pages
      left.take(upTo: kept.take(upTo: left))
      zones[index].range.frames.end = zones[index].range.frames.start + kept
      zones[index].span.end = min(zones[index].span.end, zones[index].range.frames.end)
    }
  }

  /// System RAM as the kernel lists it, cut to what the boot-time zones span.
  private mutating func exact(_ iomem: [IOMemRange], zones: [BootZone]) -> [MemoryMap.Piece] {
    var result: [MemoryMap.Piece] = []
    for resource in iomem where resource.depth == 0 && resource.name == "System RAM" {
      let frames = FrameRange(whollyIn: resource.addresses, pageSize: pageSize)
      for zone in zones {
        guard let part = frames.intersection(zone.span) else { continue }
        var piece = zone.range
        piece.frames = part
        if let last = result.last, last.node == piece.node, last.frames.end == part.start,
          last.isHotPluggable == piece.isHotPluggable
        {
          result[result.count - 1].frames.end = part.end
        } else {
          result.append(piece)
        }
      }
    }
    let found = result.map(\.pages).total()
    let present = zones.map(\.range.pages).total()
    if found != present {
      isExact = false
      notes.append(
        "/proc/iomem has \(found) pages of boot memory and the zones have \(present)"
      )
    }
    return result.isEmpty ? zones.map(\.range) : result
  }

  // MARK: Limits and starts

  /// Where zones begin on this host; architectures with fixed limits need no look: what ZONE_MOVABLE
  /// took of a zone doesn't move the zone's own limits.
  mutating func zoneLimits(_ ranges: [MemoryMap.Piece]) -> [ZoneLimit]? {
    guard !architecture.hasFixedZoneLimits, let first = ranges.first else { return nil }
    let memory = ranges.map(\.frames).reduce(first.frames) { $0.hull($1) }
    let standard = ZoneLimit.standard(
      architecture: architecture,
      pageSize: pageSize,
      memory: memory
    )
    let populated = zoneinfo.zones.filter(\.isPopulated)
    var limits: [ZoneLimit] = []
    var start = memory.start
    for (index, usual) in standard.enumerated() {
      let above = standard[(index + 1)...].map(\.kind)
      let next = populated.filter { above.contains($0.kind) }.compactMap(\.startPFN.value).min()
      let here = populated.filter { $0.kind == usual.kind }.compactMap { $0.frames.value?.end }
        .max()
      var limit = usual.frames.end
      if let here {
        limit = next ?? hiddenLimit(of: usual, seen: here, end: memory.end)
      } else if next != nil {
        limit = start
      }
      // A limit below all RAM leaves the zone empty.
      let frames = FrameRange(start: start, end: max(start, min(limit, memory.end)))
      limits.append(ZoneLimit(kind: usual.kind, frames: frames))
      start = frames.end
    }
    return limits
  }

  /// Where the highest zone that is there ends, if ZONE_MOVABLE has all of the one above it.
  private mutating func hiddenLimit(
    of usual: ZoneLimit,
    seen: PageFrameNumber,
    end: PageFrameNumber
  ) -> PageFrameNumber {
    guard zoneinfo.zones.contains(where: { $0.kind == .movable && $0.isPopulated }) else {
      return end
    }
    // 32-bit kernels: lowmem ends where the zone does, if there is memory above.
    if !architecture.is64Bit, usual.frames.end < end { return seen }
    let limit = max(seen, usual.frames.end)
    if limit < end {
      notes.append(
        "zone \(usual.kind.name) is taken to end at "
          + "\(limit.address(pageSize: pageSize).count >> 20) MiB, as it usually does: ZONE_MOVABLE "
          + "has all memory above it"
      )
      isExact = false
    }
    return limit
  }

  /// Where ZONE_MOVABLE began at boot, if it was made then: not to be told once blocks went offline,
  /// which a zone shrinks by.
  func observedStarts() -> [NodeID: PageFrameNumber]? {
    guard snapshot.asksForMovableAtBoot,
      !(snapshot.memoryBlocks.value?.blocks ?? []).contains(where: { $0.state.value == .offline })
    else { return nil }
    var starts: [NodeID: PageFrameNumber] = [:]
    for zone in zoneinfo.zones where zone.kind == .movable && zone.isPopulated {
      starts[zone.node] = zone.startPFN.value
    }
    return starts
  }
}
