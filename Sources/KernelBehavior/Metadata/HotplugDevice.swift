/// A way in which memory comes to a running machine.
package enum HotplugDevice: Hashable, Sendable {
  /// An ACPI memory device: one memory group, all in one zone.
  case dimm
  /// Adds and removes block by block; one dynamic group.
  case virtioMem
  /// CXL or other memory that dax/kmem hands to the kernel as System RAM.
  case cxl
  /// Persistent memory, which stays a device or becomes System RAM through dax/kmem.
  case pmem(PersistentMode)
  /// Blocks without a memory group: Hyper-V, Xen, ppc DLPAR, s390 standby memory, probe.
  case block

  package enum PersistentMode: Hashable, Sendable {
    case fsdax(MapLocation)
    case devdax(MapLocation)
    case systemRAM
  }

  /// Where a namespace keeps its page descriptors: ndctl's `--map`.
  package enum MapLocation: String, Hashable, Sendable {
    case memory = "mem"
    case device = "dev"
  }

  /// Whether it becomes memory that the page allocator hands out.
  package var isRAM: Bool {
    switch self {
    case .dimm, .virtioMem, .cxl, .block, .pmem(.systemRAM): true
    case .pmem: false
    }
  }

  /// The name without what chooses a mode.
  package var kindName: String {
    switch self {
    case .dimm: "dimm"
    case .virtioMem: "virtio-mem"
    case .cxl: "cxl"
    case .pmem: "pmem"
    case .block: "block"
    }
  }
}

extension HotplugDevice: CustomStringConvertible {
  package var description: String {
    switch self {
    case .pmem(.systemRAM): "pmem,mode=system-ram"
    case .pmem(.fsdax(let map)): map == .device ? "pmem" : "pmem,map=mem"
    case .pmem(.devdax(let map)):
      map == .device ? "pmem,mode=devdax" : "pmem,mode=devdax,map=mem"
    default: kindName
    }
  }
}
