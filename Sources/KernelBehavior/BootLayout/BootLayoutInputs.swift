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

  /// The layout under a set of arguments.
  /// - Parameter arguments: Read for this machine, with `arguments(_:)`.
  /// - Returns: The zones of every node.
  /// - Throws: Why these arguments can't be predicted here.
  package func predict(_ arguments: ZoneArguments) throws(BootLayoutRefusal) -> BootLayout {
    if arguments.crashes { throw .crashes }
    if arguments.decider == .mirror, hasUnknownMirror { throw .mirroredRangesUnknown }
    return BootLayout.predict(arguments: arguments, map: map, kernel: kernel)
  }

  /// The layout that the kernel itself printed, for a log that shows it without its command line; nil
  /// where the command line is known, or there are no starts.
  package var printedLayout: BootLayout? {
    guard commandLine == nil, let observedStarts, !observedStarts.isEmpty else { return nil }
    var planner = BootLayoutPlanner(map: map, kernel: kernel)
    planner.place(starts: observedStarts)
    return planner.layout()
  }

  /// What is taken for granted for these arguments in particular.
  package func assumptions(for arguments: ZoneArguments) -> [String] {
    var notes = assumptions
    if arguments.decider == .movableNode {
      notes.append(
        hasHotPluggable
          ? "hot-pluggable nodes on which the kernel had reserved memory lose that mark: the node "
            + "of the lowest memory and those of reservations that the log names are taken for such"
          : "firmware marks no memory as hot-pluggable, so movable_node moves nothing"
      )
    }
    if arguments.decider == .mirror, !map.ranges.contains(where: \.isMirrored) {
      notes.append("no message tells of mirrored memory: none is assumed to be")
    }
    return notes
  }

  /// Whether a layout has the starts that the kernel printed; nil where it printed none.
  package func agrees(_ layout: BootLayout) -> Bool? {
    guard let observedStarts else { return nil }
    var predicted: [NodeID: PageFrameNumber] = [:]
    for node in layout.nodes { predicted[node.id] = node.printedStart }
    return predicted == observedStarts
  }
}
