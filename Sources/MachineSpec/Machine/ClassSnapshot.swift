package import HostModel
package import KernelBehavior
internal import KernelText

/// A machine class as a host: the snapshot that such a machine would give right after boot.
///
/// So that a class is judged by the same account, sizing and rules as a host that exists. What a
/// spec does not tell (what runs there) is the profile's to announce.
package enum ClassSnapshot {
  /// The host, and what was taken for granted in making it.
  package struct Host: Sendable {
    package var snapshot: HostSnapshot
    /// How memory that is added is onlined.
    package var settings: OnliningSettings
    /// The machine as the layout sees it.
    package var inputs: BootLayoutInputs
    /// Huge pages that are asked for and can't be had.
    package var shortfalls: [HugePageShortfall]
    package var assumptions: [String]
  }

  /// The host that a class is under one of its kernels.
  ///
  /// - Throws: Why its zones can't be predicted.
  package static func make(
    _ machineClass: MachineClass,
    kernel: KernelVersion?
  ) throws(BootLayoutRefusal) -> Host {
    var machine = machineClass.machine
    machine.kernel = kernel
    machine.commandLine = machineClass.commandLine.text
    // What the balloon keeps is there at boot, and described.
    if let index = machine.nodes.indices.last, let memory = machine.nodes[index].memory {
      machine.nodes[index].memory = memory + machineClass.ballooned
    }
    return try make(machineClass, kernel: kernel, inputs: try machine.layoutInputs())
  }

  /// The host that a machine is whose memory is known by its ranges.
  ///
  /// - Throws: Why its zones can't be predicted.
  package static func make(
    _ machineClass: MachineClass,
    kernel: KernelVersion?,
    inputs: BootLayoutInputs
  ) throws(BootLayoutRefusal) -> Host {
    let arguments = inputs.arguments(machineClass.commandLine.text)
    let layout: BootLayout
    if let printed = inputs.printedLayout {
      layout = printed
    } else {
      layout = try inputs.predict(arguments)
    }
    let builder = Builder(
      machineClass: machineClass,
      kernel: kernel,
      inputs: inputs,
      layout: layout
    )
    var (snapshot, shortfalls) = builder.snapshot()
    let settings = ClassOnlining.settings(of: snapshot)
    ClassOnlining.write(settings, into: &snapshot)
    var notes =
      inputs.assumptions(for: arguments)
      + inputs.reservations(machineClass.commandLine.text, in: layout).assumptions
    if settings.isAssumed {
      let devices = machineClass.devices.filter { $0.onlined == nil }.map(\.device)
      notes += ClassOnlining.notes(for: devices, kernel: inputs.kernel)
    }
    if machineClass.kernelBaseline == nil {
      notes.append(
        "what the kernel takes at boot is that of a small Linux \(builder.baseline.kernel) guest"
      )
    }
    return Host(
      snapshot: snapshot,
      settings: settings,
      inputs: inputs,
      shortfalls: shortfalls,
      assumptions: notes
    )
  }

  private struct Builder {
    let machineClass: MachineClass
    let kernel: KernelVersion?
    let inputs: BootLayoutInputs
    let layout: BootLayout

    var pageSize: PageSize { inputs.map.pageSize }
    var baseline: BootBaseline {
      let measured = BootBaseline.of(inputs.kernel)
      return machineClass.kernelBaseline.map { measured.holding($0) } ?? measured
    }

    func snapshot() -> (HostSnapshot, [HugePageShortfall]) {
      let places = machineClass.places
      var snapshot = HostSnapshot(source: SourceDescription(kind: .spec, path: places.file))
      snapshot.hostName = .known(machineClass.name)
      if let kernel { snapshot.kernel = .known(kernel) }
      snapshot.architecture = .known(inputs.map.architecture)
      snapshot.commandLine = .known(machineClass.commandLine.text)
      snapshot.pageSize = .known(pageSize)
      snapshot.maxOrder = .known(inputs.map.maxOrder)
      for (name, value) in machineClass.sysctls {
        KernelSetting.sysctl(name)?.store(.known(value), into: &snapshot)
      }
      let huge = fill(&snapshot)
      if inputs.kernel.hasOrAssumed(.memoryHotplug) { snapshot.memoryBlocks = .known(blocks()) }
      snapshot.iomem = .known(
        inputs.map.ranges.map { range in
          IOMemRange(
            AddressRange(
              start: range.frames.start.address(pageSize: pageSize),
              end: range.frames.end.address(pageSize: pageSize)
            ),
            depth: 0,
            name: "System RAM"
          )
        }
      )
      snapshot.devices = devices()
      return (snapshot, huge.shortfalls)
    }

    // MARK: Memory

    private func fill(_ snapshot: inout HostSnapshot) -> ClassHugePages {
      var zones = ClassZones(
        layout,
        baseline: baseline,
        descriptor: PageDescriptor(pageSize, on: inputs.map.architecture)
      )
      let apart = inputs.reservations(machineClass.commandLine.text, in: layout)
      zones.setApart(apart, layout)
      var huge = ClassHugePages(
        machineClass,
        inputs: inputs,
        reservations: apart,
        movableGigantic: snapshot.hugePages.movableGigantic.value == true
          && inputs.kernel.hasOrAssumed(.movableGiganticPages)
      )
      huge.reserveAtBoot(in: &zones)
      zones.balloon(machineClass.ballooned.pages(of: pageSize))
      let cpus = machineClass.machine.nodes.compactMap(\.cpus).reduce(0, +)
      // Per-cpu areas grow with the cpus; the baseline's machines have one.
      let perCPU = baseline.parts.percpu * UInt64(max(0, cpus - 1))
      let used = baseline.used(of: zones.managed.bytes(of: pageSize)) + perCPU
      zones.takeBaseline(used.pages(of: pageSize))
      zones.setWatermarks(
        minimum: snapshot.virtualMemory.minFree.value,
        pageblockSize: PageBlock.size(inputs.map),
        kernel: inputs.kernel,
        is64Bit: inputs.map.architecture.is64Bit
      )
      huge.takeAfterBoot(from: &zones)
      let text = ClassCounters(zones: zones, baseline: baseline, perCPU: perCPU, huge: huge)
      snapshot.zoneinfo = .known(text.zoneinfo(layoutKinds: kinds))
      snapshot.meminfo = .known(
        text.meminfo(swap: machineClass.swap, cma: zones.cma.bytes(of: pageSize))
      )
      snapshot.nodes = .known(nodes(huge))
      snapshot.nodesWithMemory = .known(layout.nodes.map(\.id))
      snapshot.nodesWithNormalMemory = .known(
        layout.nodes.filter { $0.kernelPages > .zero }.map(\.id)
      )
      snapshot.hugePages.pools = .known(huge.hostPools)
      return huge
    }

    /// Every zone that a kernel of this architecture has, populated or not.
    private var kinds: [ZoneKind] {
      let limits = inputs.map.zones.map(\.kind)
      return limits + [.movable, .device]
    }

    private func nodes(_ huge: ClassHugePages) -> [NUMANode] {
      machineClass.machine.nodes.sorted { $0.id < $1.id }.map { spec in
        var node = NUMANode(id: spec.id)
        if let count = spec.cpus { node.cpuCount = .known(count) }
        node.hugePagePools = huge.pools(of: spec.id)
        return node
      }
    }

    private func blocks() -> MemoryBlockTable {
      let end = inputs.map.ranges.last?.frames.end.address(pageSize: pageSize) ?? .zero
      let size =
        machineClass.machine.blockSize
        ?? MemoryBlockSize.chosen(
          by: inputs.kernel,
          architecture: inputs.map.architecture,
          pageSize: pageSize,
          bootEnd: end,
          isVirtual: machineClass.isVirtual
        )
      let pages = size.pages(of: pageSize)
      var blocks: [UInt64: MemoryBlock] = [:]
      for node in layout.nodes {
        for zone in node.zones where pages > 0 {
          let first = zone.frames.start.number / pages.count
          let last = (zone.frames.end.number + pages.count - 1) / pages.count
          for number in first..<max(first, last) {
            guard var block = blocks[number] else {
              blocks[number] = MemoryBlock(
                number: number,
                state: .known(.online),
                validZones: .known([zone.kind]),
                nodes: [node.id]
              )
              continue
            }
            // A block that spans zones is in none.
            block.validZones = .known([])
            if !block.nodes.contains(node.id) { block.nodes.append(node.id) }
            blocks[number] = block
          }
        }
      }
      return MemoryBlockTable(
        blockSize: size,
        blocks: blocks.values.sorted { $0.number < $1.number }
      )
    }

    // MARK: Devices

    /// A spec names every device that matters: what it does not name is not there.
    private func devices() -> HostDevices {
      let file = machineClass.places.file
      var devices = HostDevices()
      devices.balloons = .known(
        machineClass.balloons.map { BalloonDevice(driver: $0, seenAt: "\(file): balloon") }
      )
      devices.pinners = .known(
        machineClass.pinners.map {
          PinningDevice(kind: $0, name: "", seenAt: "\(file): pinners")
        }
      )
      devices.virtioMem = .known([])
      devices.persistentMemory = .known([])
      devices.dax = .known([])
      devices.cxl = .known([])
      devices.zram = .known([])
      devices.udevRules = .known([])
      devices.daxctl = .known([])
      return devices
    }
  }
}
