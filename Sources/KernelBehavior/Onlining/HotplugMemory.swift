package import HostModel

/// The memory of a machine as the kernel's onlining decisions see it.
package struct HotplugMemory: Hashable, Sendable {
  /// A zone of a node. Movable exists on every node, empty until something is onlined into it.
  package struct Zone: Hashable, Sendable {
    package var kind: ZoneKind
    /// First to last frame.
    package var frames = FrameRange(start: 0, end: 0)
    package var present: PageCount = 0
    /// Present at boot: hot-added kernel memory does not allow for more Movable.
    package var presentEarly: PageCount = 0
    package var cma: PageCount = 0

    package init(_ kind: ZoneKind) { self.kind = kind }

    /// `zone_intersects`: whether a range meets the zone's span.
    func intersects(_ first: PageFrameNumber, _ pages: PageCount) -> Bool {
      frames.overlaps(FrameRange(start: first, pages: pages))
    }

    /// Takes in a block that came online, and grows the span to it.
    mutating func add(_ first: PageFrameNumber, _ pages: PageCount) {
      frames = frames.hull(FrameRange(start: first, pages: pages))
      present += pages
    }
  }

  package struct Node: Hashable, Sendable {
    package var id: NodeID
    /// DMA, DMA32, Normal in this order, as far as the architecture has them.
    package var kernelZones: [Zone]
    package var movable = Zone(.movable)

    package init(id: NodeID, kernelZones: [Zone]) {
      self.id = id
      self.kernelZones = kernelZones
    }

    var zones: [Zone] { kernelZones + [movable] }

    /// RAM on the kernel side of the ratio, CMA left out.
    package var kernel: PageCount {
      kernelZones.map { $0.present.subtractingOrZero($0.cma) }.total()
    }
    /// The part of it that was there at boot.
    package var kernelEarly: PageCount {
      kernelZones.map { $0.presentEarly.subtractingOrZero($0.cma) }.total()
    }
    package var movableOrCMA: PageCount {
      movable.present + kernelZones.map(\.cma).total()
    }
  }

  /// Memory that comes and goes together (`struct memory_group`).
  package struct Group: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// One DIMM or DAX device: as many pages as it may ever have.
      case fixed(PageCount)
      /// A virtio-mem device: the pages that it adds and removes at a time.
      case dynamic(unit: PageCount)
    }

    package var kind: Kind
    package var node: NodeID
    package var movable: PageCount = 0
    package var kernel: PageCount = 0

    package init(_ kind: Kind, node: NodeID) {
      self.kind = kind
      self.node = node
    }

    var isDynamic: Bool {
      switch kind {
      case .fixed: false
      case .dynamic: true
      }
    }
  }

  /// Ascending by number.
  package var nodes: [Node]
  package var groups: [Group] = []
  package var blockPages: PageCount

  package init(nodes: [Node], blockPages: PageCount) {
    self.nodes = nodes.sorted { $0.id < $1.id }
    self.blockPages = blockPages
  }

  package func node(_ id: NodeID) -> Node? { nodes.first { $0.id == id } }

  /// The frame behind the last one that any zone spans, on a block's boundary.
  package var end: PageFrameNumber {
    (nodes.flatMap(\.zones).map(\.frames.end).max() ?? 0).roundedUp(to: blockPages)
  }

  /// Boot memory on the kernel side, CMA left out: what auto-movable allows Movable for.
  package var kernelEarly: PageCount { nodes.map(\.kernelEarly).total() }

  /// Boot memory that was Movable from the start.
  package var movableEarly: PageCount { nodes.map(\.movable.presentEarly).total() }

  package var kernel: PageCount { nodes.map(\.kernel).total() }
  package var movable: PageCount { nodes.map(\.movableOrCMA).total() }
}
