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
    let machine = try RunningMachine(snapshot, overrides: overrides)
    var reader = machine
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
    )
    observedStarts = reader.observedStarts()
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
          range: MemoryMap.Piece(
            node: zone.node,
            frames: FrameRange(start: span.start, pages: present)
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
    guard var excess = present.subtracting(described), excess > 0 else { return }
    notes.append(
      "\(excess.bytes(of: pageSize).count >> 20) MiB of kernel memory were added after boot and are "
        + "taken from the top"
    )
    isExact = false
    for index in zones.indices.reversed() where excess > 0 {
      var kept = zones[index].range.pages
      excess.take(upTo: kept.take(upTo: excess))
      zones[index].range.frames.end = zones[index].range.frames.start + kept
      zones[index].span.end = min(zones[index].span.end, zones[index].range.frames.end)
    }
    zones.removeAll { $0.range.pages == .zero }
  }

  /// System RAM as the kernel lists it, cut to what the boot-time zones span.
  private mutating func exact(_ iomem: [IOMemRange], zones: [BootZone]) -> [MemoryMap.Piece] {
    var result: [MemoryMap.Piece] = []
    for resource in iomem where resource.depth == 0 && resource.name == "System RAM" {
      let frames = FrameRange(whollyIn: resource.addresses, pageSize: pageSize)
      for zone in zones {
        guard let part = frames.intersection(zone.span) else { continue }
        if let last = result.indices.last, result[last].node == zone.range.node,
          result[last].frames.end == part.start
        {
          result[last].frames.end = part.end
        } else {
          result.append(MemoryMap.Piece(node: zone.range.node, frames: part))
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

  /// Where zones begin on this host; architectures with fixed limits need no look.
  func zoneLimits(_ ranges: [MemoryMap.Piece]) -> [ZoneLimit]? {
    guard architecture != .x86_64, let first = ranges.first else { return nil }
    let memory = ranges.map(\.frames).reduce(first.frames) { $0.hull($1) }
    let standard = ZoneLimit.standard(
      architecture: architecture,
      pageSize: pageSize,
      memory: memory
    )
    let kinds = standard.map(\.kind)
    var limits: [ZoneLimit] = []
    var start = memory.start
    for (index, kind) in kinds.enumerated() {
      let above = kinds[(index + 1)...]
      let next = zoneinfo.zones.filter { above.contains($0.kind) && $0.isPopulated }
        .compactMap(\.startPFN.value).min()
      let here = zoneinfo.zones.contains { $0.kind == kind && $0.isPopulated }
      let limit = here ? (next ?? memory.end) : (next == nil ? standard[index].frames.end : start)
      // A limit below all RAM leaves the zone empty.
      let frames = FrameRange(start: start, end: max(start, min(limit, memory.end)))
      limits.append(ZoneLimit(kind: kind, frames: frames))
      start = frames.end
    }
    return limits
  }

  /// Where ZONE_MOVABLE begins now, if it was made at boot.
  func observedStarts() -> [NodeID: PageFrameNumber]? {
    guard snapshot.asksForMovableAtBoot else { return nil }
    var starts: [NodeID: PageFrameNumber] = [:]
    for zone in zoneinfo.zones where zone.kind == .movable && zone.isPopulated {
      starts[zone.node] = zone.startPFN.value
    }
    return starts
  }
}
