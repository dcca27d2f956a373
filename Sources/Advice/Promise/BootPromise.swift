package import HostModel
internal import KernelBehavior
internal import KernelText

/// What boot arguments are said to give a machine, kept so that it can be held against what is there
/// after the boot.
package struct BootPromise: Hashable, Sendable {
  /// A node's memory as its zones divide it.
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    package var kernel: ByteCount
    /// ZONE_HIGHMEM of a 32-bit kernel.
    package var high: ByteCount
    package var movable: ByteCount
    /// Where ZONE_MOVABLE begins; nil where there is none, or where that is not known.
    package var movableStart: PageFrameNumber?
    /// What the kernel needs here; nil where that was not known, or is more than was promised.
    package var needs: ByteCount?
    /// Memory that had come after the boot when this was promised: it may come again, in any zone.
    package var later: ByteCount

    package init(
      id: NodeID,
      kernel: ByteCount,
      high: ByteCount = .zero,
      movable: ByteCount,
      movableStart: PageFrameNumber? = nil,
      needs: ByteCount? = nil,
      later: ByteCount = .zero
    ) {
      self.id = id
      self.kernel = kernel
      self.high = high
      self.movable = movable
      self.movableStart = movableStart
      self.needs = needs
      self.later = later
    }

    package var total: ByteCount { kernel + high + movable }
  }

  /// What one kernel makes of the arguments.
  package struct Boot: Hashable, Sendable {
    /// Its release, where it is known.
    package var kernel: String?
    /// The whole command line that the zones were predicted for.
    package var commandLine: String
    /// Ascending.
    package var nodes: [Node]

    package init(kernel: String?, commandLine: String, nodes: [Node]) {
      self.kernel = kernel
      self.commandLine = commandLine
      self.nodes = nodes
    }
  }

  /// How much more the kernel zones can take.
  package struct Headroom: Hashable, Sendable {
    /// With today's use in the zones that are promised.
    package var size: ByteCount
    /// What must be left of it at any time: the profile's margin, or less where the workload's growth
    /// leaves less.
    package var atLeast: ByteCount

    package init(size: ByteCount, atLeast: ByteCount) {
      self.size = size
      self.atLeast = atLeast
    }
  }

  /// A finding that is there today, or comes with the arguments.
  package struct ExpectedFinding: Hashable, Sendable {
    package var code: String
    package var rule: String
    package var severity: Finding.Severity

    package init(code: String, rule: String, severity: Finding.Severity) {
      self.code = code
      self.rule = rule
      self.severity = severity
    }
  }

  /// As the user named the machine.
  package var machine: String
  /// The day on which it was promised.
  package var date: String
  /// By which profile.
  package var profile: String?
  /// Words that must be on the command line.
  package var arguments: [String]
  /// Names that must not be on it.
  package var removed: [String]
  package var pageSize: PageSize
  package var blockSize: ByteCount?
  /// One for each kernel that the machine may run; at least one.
  package var boots: [Boot]
  /// How much memory firmware may take from a node, or give back, before the zones are others; nil
  /// where no size decides about them.
  package var holdsWithin: ByteCount?
  /// Nil where what is in use was not known.
  package var headroom: Headroom?
  /// Each once; nil where only the layout was known.
  package var findings: [ExpectedFinding]?

  package init(
    machine: String,
    date: String,
    profile: String?,
    arguments: [String],
    removed: [String],
    pageSize: PageSize,
    blockSize: ByteCount?,
    boots: [Boot],
    holdsWithin: ByteCount?,
    headroom: Headroom?,
    findings: [ExpectedFinding]?
  ) {
    self.machine = machine
    self.date = date
    self.profile = profile
    self.arguments = arguments
    self.removed = removed
    self.pageSize = pageSize
    self.blockSize = blockSize
    self.boots = boots
    self.holdsWithin = holdsWithin
    self.headroom = headroom
    self.findings = findings
  }

  /// A memory block: the least that can go online or offline.
  package var block: ByteCount { blockSize ?? .mebibytes(128) }
}

extension BootPromise.Boot {
  /// What a layout gives, in bytes.
  init(_ layout: BootLayout, kernel: String?, commandLine: String, pageSize: PageSize) {
    self.init(
      kernel: kernel,
      commandLine: commandLine,
      nodes: layout.nodes.map { node in
        BootPromise.Node(
          id: node.id,
          kernel: node.kernelPages.bytes(of: pageSize),
          high: node.highPages.bytes(of: pageSize),
          movable: node.movablePages.bytes(of: pageSize),
          movableStart: node.movableStart
        )
      }
    )
  }

  /// The zones that a host has now, memory that was added later and is online included.
  init(_ zoneinfo: ZoneInfo, kernel: String?, commandLine: String, pageSize: PageSize) {
    var nodes: [NodeID: BootPromise.Node] = [:]
    for zone in zoneinfo.zones where zone.isPopulated && zone.kind != .device {
      let size = (zone.present.value ?? .zero).bytes(of: pageSize)
      var node = nodes[zone.node] ?? BootPromise.Node(id: zone.node, kernel: .zero, movable: .zero)
      switch zone.kind {
      case .movable:
        node.movable += size
        node.movableStart = zone.startPFN.value
      case .highMem: node.high += size
      case .dma, .dma32, .normal, .device, .other: node.kernel += size
      }
      nodes[zone.node] = node
    }
    self.init(
      kernel: kernel,
      commandLine: commandLine,
      nodes: nodes.values.sorted { $0.id < $1.id }
    )
  }

  /// A node of it.
  package func node(_ id: NodeID) -> BootPromise.Node? { nodes.first { $0.id == id } }
}
