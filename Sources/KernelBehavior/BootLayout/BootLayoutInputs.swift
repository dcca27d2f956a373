package import HostModel
internal import KernelText

/// A machine and its kernel as far as a layout needs them, with what was taken for granted.
package struct BootLayoutInputs: Hashable, Sendable {
  /// What the user states because no input tells it.
  package struct Overrides: Hashable, Sendable {
    package var architecture: Architecture?
    package var pageSize: PageSize?
    package var maxOrder: UInt8?
    package var kernel: KernelVersion?

    package init(
      architecture: Architecture? = nil,
      pageSize: PageSize? = nil,
      maxOrder: UInt8? = nil,
      kernel: KernelVersion? = nil
    ) {
      self.architecture = architecture
      self.pageSize = pageSize
      self.maxOrder = maxOrder
      self.kernel = kernel
    }
  }

  package var map: MemoryMap
  package var kernel: Kernel
  /// The command line that the machine was booted with.
  package var commandLine: String?
  /// Whether every range is the kernel's own, so that a layout is exact.
  package var isExact: Bool
  /// What was inferred and may differ, one sentence each.
  package var assumptions: [String]
  /// Starts that the kernel itself printed, nil where the log doesn't show them. Never an input.
  package var observedStarts: [NodeID: PageFrameNumber]?
  /// Firmware says that some memory is mirrored, and nothing says which.
  package var hasUnknownMirror: Bool
  /// Firmware says that some memory can be unplugged.
  package var hasHotPluggable: Bool
  /// Pages of a memory block of a running host, whose zones may have changed since it was booted.
  package var blockPages: PageCount?
  /// Whether the input tells what firmware says of that; where it does not, `movable_node` can't be
  /// predicted.
  package var tellsHotPluggable = true
  /// The machine without what `mem=` and `memmap=` of its own command line take away; nil where only
  /// what they left is known.
  package private(set) var wholeMap: MemoryMap?
  /// Nodes that are known to have no cpus: they need no kernel memory of their own.
  package var memoryOnlyNodes: Set<NodeID> = []

  package init(
    map: MemoryMap,
    kernel: Kernel,
    commandLine: String? = nil,
    isExact: Bool = true,
    assumptions: [String] = []
  ) {
    self.map = map
    self.kernel = kernel
    self.commandLine = commandLine
    self.isExact = isExact
    self.assumptions = assumptions
    observedStarts = nil
    hasUnknownMirror = false
    hasHotPluggable = map.ranges.contains(where: \.isHotPluggable)
    let limits = commandLine.map {
      MemoryArguments($0, architecture: map.architecture, kernel: kernel)
    }
    wholeMap = limits?.applied.isEmpty == false ? nil : map
  }

  /// What this kernel makes of a command line.
  package func arguments(_ line: String) -> ZoneArguments {
    ZoneArguments(
      commandLine: line,
      pageSize: map.pageSize,
      kernel: kernel,
      is64Bit: map.architecture.is64Bit
    )
  }

  /// The machine as its kernel finds it under that command line: `mem=`, `memmap=` and `numa=off`
  /// change its memory before there are zones.
  ///
  /// - Parameter line: The command line, which becomes the machine's own.
  /// - Returns: The machine; the same where nothing on the line is about its memory.
  /// - Throws: Where nothing is left of its memory.
  package func booted(with line: String) throws(BootLayoutRefusal) -> BootLayoutInputs {
    var result = self
    result.commandLine = line
    let words = MemoryArguments(line, architecture: map.architecture, kernel: kernel)
    let own = MemoryArguments(
      commandLine ?? "",
      architecture: map.architecture,
      kernel: kernel
    )
    guard words.applied.map(\.text) != own.applied.map(\.text) else {
      // What the own words took away is gone from the map already.
      if commandLine == nil { result.assumptions += words.notes }
      return result
    }
    let old = Set(own.notes)
    result.assumptions.removeAll { old.contains($0) }
    result.assumptions += words.notes
    if wholeMap == nil {
      result.isExact = false
      result.assumptions.append(
        "\(own.applied.map(\.text).joined(separator: " ")) of its own command line hides memory: "
          + "what lies there is not known"
      )
    }
    let base = wholeMap ?? map
    do throws(MemoryMapError) {
      result.map = try base.limited(by: words)
    } catch {
      throw .memory(error)
    }
    result.hasHotPluggable = result.map.ranges.contains(where: \.isHotPluggable)
    return result
  }

  /// What the words of a command line set apart, and where.
  package func reservations(_ line: String, in layout: BootLayout) -> BootReservations {
    BootReservations(line, on: map, layout: layout, kernel: kernel)
  }

  /// The layout under a set of arguments.
  /// - Parameter arguments: Read for this machine, with `arguments(_:)`.
  /// - Returns: The zones of every node.
  /// - Throws: Why these arguments can't be predicted here.
  package func predict(_ arguments: ZoneArguments) throws(BootLayoutRefusal) -> BootLayout {
    if arguments.crashes { throw .crashes }
    if arguments.decider == .mirror, hasUnknownMirror { throw .mirroredRangesUnknown }
    let layout = BootLayout.predict(arguments: arguments, map: map, kernel: kernel)
    if takesLowMemory(layout) { throw .mirrorTakesLowMemory }
    return layout
  }

  /// Whether a layout by mirroring leaves nothing of lowmem: `zone_absent_pages_in_node` takes what
  /// isn't mirrored for absent from ZONE_NORMAL, which lies below HighMem on 32-bit kernels.
  private func takesLowMemory(_ layout: BootLayout) -> Bool {
    layout.path == .mirror && map.highStart != nil && layout.movablePages > .zero
      && map.zones.contains { $0.kind == .normal && !$0.frames.isEmpty }
      && layout.nodes.allSatisfy { $0.zone(.normal) == nil }
  }

  /// The layout that the kernel itself printed, for a log that shows it without its command line; nil
  /// where the command line is known, or there are no starts.
  package var printedLayout: BootLayout? {
    guard commandLine == nil, let observedStarts, !observedStarts.isEmpty else { return nil }
    var planner = BootLayoutPlanner(map: map, kernel: kernel)
    planner.place(starts: observedStarts)
    return planner.layout()
  }

  /// Whether a layout under these arguments is exact.
  package func isExact(for arguments: ZoneArguments) -> Bool {
    isExact && (arguments.decider != .movableNode || tellsHotPluggable)
  }

  /// What is taken for granted for these arguments in particular.
  package func assumptions(for arguments: ZoneArguments) -> [String] {
    var notes = assumptions
    if arguments.decider == .movableNode {
      notes.append(
        !tellsHotPluggable
          ? "which memory firmware marks as hot-pluggable is not known: movable_node may make whole "
            + "nodes Movable, and none is assumed to be marked"
          : !hasHotPluggable
            ? "firmware marks no memory as hot-pluggable, so movable_node moves nothing"
            : !kernel.hasOrAssumed(.movableNodeSparesKernelNodes)
              ? "this kernel also takes hot-pluggable nodes that it lies on itself: nothing spares them"
              : "hot-pluggable nodes on which the kernel had reserved memory lose that mark: the node "
                + "of the lowest memory and those of reservations that the log names are taken for such"
      )
    }
    if arguments.decider == .mirror, !map.ranges.contains(where: \.isMirrored) {
      notes.append("no message tells of mirrored memory: none is assumed to be")
    }
    return notes
  }

  /// A node on which the machine's own command line gives another ZONE_MOVABLE here than its kernel
  /// made of it.
  package struct Disagreement: Hashable, Sendable {
    package var node: NodeID
    /// Where it begins, nil for no ZONE_MOVABLE.
    package var predicted: PageFrameNumber?
    package var made: PageFrameNumber?
  }

  /// Whether the machine's own command line gives the starts that its kernel made; nil where that
  /// can't be told. Where it doesn't, something about this machine is not understood, and no layout
  /// of it may be relied on.
  package var agreesAboutItself: Bool? { ownLayout.flatMap { agrees($0) } }

  /// The first node on which they differ; nil where none does, or nothing tells.
  package var disagreement: Disagreement? {
    ownLayout.flatMap { differences($0).first { !mayHaveMoved($0) } }
  }

  private func differences(_ layout: BootLayout) -> [Disagreement] {
    guard let observedStarts else { return [] }
    var predicted: [NodeID: PageFrameNumber] = [:]
    for node in layout.nodes { predicted[node.id] = node.printedStart }
    return Set(predicted.keys).union(observedStarts.keys).sorted()
      .filter { predicted[$0] != observedStarts[$0] }
      .map { Disagreement(node: $0, predicted: predicted[$0], made: observedStarts[$0]) }
  }

  /// Whether ZONE_MOVABLE may have begun where it was predicted, and shrunk since: blocks that went
  /// offline and came back to a kernel zone leave it at a block's start.
  private func mayHaveMoved(_ difference: Disagreement) -> Bool {
    guard let blockPages, let predicted = difference.predicted else { return false }
    return difference.made.map { predicted < $0 && $0.isMultiple(of: blockPages) } ?? true
  }

  private var ownLayout: BootLayout? {
    guard observedStarts != nil, let commandLine else { return nil }
    return try? predict(arguments(commandLine))
  }

  /// Whether a layout has the starts that the kernel printed, or that the running host shows; nil
  /// where nothing tells.
  package func agrees(_ layout: BootLayout) -> Bool? {
    guard observedStarts != nil else { return nil }
    let found = differences(layout)
    guard !found.isEmpty else { return true }
    return found.allSatisfy(mayHaveMoved) ? nil : false
  }
}
