package import HostModel

/// The zones that a kernel sets up at boot, node by node.
package struct BootLayout: Hashable, Sendable {
  /// Which of the kernel's ways to place ZONE_MOVABLE was taken.
  package enum Path: String, Hashable, Sendable {
    /// Nothing was asked for, or what was asked for leaves no ZONE_MOVABLE.
    case none
    case movableNode = "movable-node"
    case mirror
    case sizes
  }

  /// A zone of a node as /proc/zoneinfo shows it.
  package struct Zone: Hashable, Sendable {
    package var kind: ZoneKind
    /// First to last frame, holes included.
    package var frames: FrameRange
    /// RAM in it, reserved pages included.
    package var present: PageCount

    package init(kind: ZoneKind, frames: FrameRange, present: PageCount) {
      self.kind = kind
      self.frames = frames
      self.present = present
    }

    package var spanned: PageCount { frames.pages }
  }

  package struct Node: Hashable, Sendable {
    package var id: NodeID
    /// First to last frame of its RAM.
    package var frames: FrameRange
    /// What the kernel prints as `Movable zone start`, nil for zero. Kernels before 5.18 may print
    /// a frame behind the node's end here.
    package var printedStart: PageFrameNumber?
    /// Populated zones, lowest first.
    package var zones: [Zone]
    /// Pages of zones that ordinary kernel allocations come from.
    package var kernelPages: PageCount
    package var movablePages: PageCount
    /// Pages of ZONE_HIGHMEM, which serves user pages: zero but on 32-bit kernels.
    package var highPages: PageCount

    package init(
      id: NodeID,
      frames: FrameRange,
      printedStart: PageFrameNumber?,
      zones: [Zone],
      kernelPages: PageCount,
      movablePages: PageCount,
      highPages: PageCount = .zero
    ) {
      self.id = id
      self.frames = frames
      self.printedStart = printedStart
      self.zones = zones
      self.kernelPages = kernelPages
      self.movablePages = movablePages
      self.highPages = highPages
    }

    /// All pages of the node.
    package var pages: PageCount { kernelPages + highPages + movablePages }

    /// Where ZONE_MOVABLE begins, nil where the node gets none.
    package var movableStart: PageFrameNumber? { movablePages > .zero ? printedStart : nil }

    package func zone(_ kind: ZoneKind) -> Zone? { zones.first { $0.kind == kind } }
  }

  package var path: Path
  /// Nodes with RAM, ascending.
  package var nodes: [Node]

  package init(path: Path, nodes: [Node]) {
    self.path = path
    self.nodes = nodes
  }

  package var kernelPages: PageCount { nodes.lazy.map(\.kernelPages).total() }
  package var movablePages: PageCount { nodes.lazy.map(\.movablePages).total() }
  package var highPages: PageCount { nodes.lazy.map(\.highPages).total() }

  package func node(_ id: NodeID) -> Node? { nodes.first { $0.id == id } }

  /// The zones that these arguments give on this machine.
  ///
  /// - Parameters:
  ///   - arguments: What the kernel reads from its command line. A line that crashes the kernel has
  ///     no layout; the caller looks at `crashes` first.
  ///   - map: The machine.
  ///   - kernel: The kernel.
  /// - Returns: The populated zones of every node with RAM.
  package static func predict(
    arguments: ZoneArguments,
    map: MemoryMap,
    kernel: Kernel = .assumed
  ) -> BootLayout {
    var planner = BootLayoutPlanner(map: map, kernel: kernel)
    return planner.layout(for: arguments)
  }
}
