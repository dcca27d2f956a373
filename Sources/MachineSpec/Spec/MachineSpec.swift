package import HostModel
package import KernelBehavior

/// A machine that nobody has at hand: what a platform engineer knows of a VM or host class.
package struct MachineSpec: Hashable, Sendable {
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    /// RAM of the node; its place is assumed.
    package var memory: ByteCount?
    /// Exact ranges.
    package var ranges: [AddressRange]
    /// Nil where the spec does not tell.
    package var cpus: Int?
    /// Whether firmware says that its memory may be unplugged; nil where the spec does not tell.
    package var isHotPluggable: Bool?

    package init(id: NodeID, memory: ByteCount?, ranges: [AddressRange], cpus: Int? = nil) {
      self.id = id
      self.memory = memory
      self.ranges = ranges
      self.cpus = cpus
    }
  }

  package var name: String
  package var architecture: Architecture
  package var kernel: KernelVersion?
  package var pageSize: PageSize?
  package var maxOrder: UInt8?
  package var blockSize: ByteCount?
  /// Whether a hypervisor announces itself; nil where the spec does not tell.
  package var isVirtual: Bool?
  /// RAM below 4 GiB on x86, where firmware leaves a hole for devices.
  package var lowMemory: ByteCount?
  /// Ranges inside the nodes' memory that firmware keeps: no memory to the kernel.
  package var reserved: [AddressRange] = []
  package var commandLine: String
  package var nodes: [Node]

  package init(name: String, architecture: Architecture, nodes: [Node]) {
    self.name = name
    self.architecture = architecture
    self.nodes = nodes
    kernel = nil
    pageSize = nil
    maxOrder = nil
    blockSize = nil
    isVirtual = nil
    lowMemory = nil
    commandLine = ""
  }

  /// The machine as the layout sees it, with every assumption that filled a gap.
  package func layoutInputs(
    overrides: BootLayoutInputs.Overrides = BootLayoutInputs.Overrides()
  ) throws(BootLayoutRefusal) -> BootLayoutInputs {
    var notes: [String] = []
    let pageSize = overrides.pageSize ?? self.pageSize ?? assumedPageSize(&notes)
    let order = overrides.maxOrder ?? maxOrder ?? assumedMaxOrder(pageSize, &notes)
    let map: MemoryMap
    do throws(MemoryMapError) {
      map = try MemoryMap(
        architecture: architecture,
        pageSize: pageSize,
        maxOrder: order,
        ranges: MemoryPlacement(self).ranges(pageSize, notes: &notes)
      )
    } catch {
      throw .memory(error)
    }
    let kernel = Kernel(version: kernel, architecture: architecture)
    var inputs = BootLayoutInputs(
      map: map,
      kernel: kernel,
      isExact: nodes.allSatisfy { $0.memory == nil },
      assumptions: notes + kernel.assumptions(of: KernelFact.bootLayout)
        + kernel.unreadNotes
    )
    inputs.tellsHotPluggable = nodes.contains { $0.isHotPluggable != nil }
    inputs.memoryOnlyNodes = Set(nodes.filter { $0.cpus == 0 }.map(\.id))
    return try inputs.booted(with: commandLine)
  }

  private func assumedPageSize(_ notes: inout [String]) -> PageSize {
    if let only = architecture.onlyPageSize { return only }
    let usual = architecture.usualPageSize
    notes.append(
      "the spec has no pageSize: \(usual.bytes.count >> 10) KiB is assumed for "
        + architecture.rawValue
    )
    return usual
  }

  private func assumedMaxOrder(_ pageSize: PageSize, _ notes: inout [String]) -> UInt8 {
    let usual = architecture.usualMaxOrder(pageSize)
    if architecture.hasConfigurableMaxOrder {
      notes.append(
        "the spec has no maxOrder: \(usual) is assumed, the default for \(architecture.rawValue) "
          + "with \(pageSize.bytes.count >> 10) KiB pages"
      )
    }
    return usual
  }
}
