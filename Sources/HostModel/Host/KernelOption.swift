/// An option that a kernel is built with, by its name without `CONFIG_`.
package struct KernelOption: Hashable, Sendable {
  package let name: String

  package init(_ name: String) { self.name = name }
}

extension KernelOption: CustomStringConvertible {
  package var description: String { "CONFIG_\(name)" }
}

/// The options that anything here asks for.
extension KernelOption {
  package static let balloon = KernelOption("BALLOON")
  package static let balloonCompaction = KernelOption("BALLOON_COMPACTION")
  package static let balloonMigration = KernelOption("BALLOON_MIGRATION")
  package static let cma = KernelOption("CMA")
  package static let crashDump = KernelOption("CRASH_DUMP")
  package static let dmaCMA = KernelOption("DMA_CMA")
  package static let compaction = KernelOption("COMPACTION")
  package static let hugeTLBFreesVmemmap = KernelOption("HUGETLB_PAGE_FREE_VMEMMAP")
  package static let hugeTLBOptimizesVmemmap = KernelOption("HUGETLB_PAGE_OPTIMIZE_VMEMMAP")
  package static let kasan = KernelOption("KASAN")
  package static let kasanHardwareTags = KernelOption("KASAN_HW_TAGS")
  package static let kasanSoftwareTags = KernelOption("KASAN_SW_TAGS")
  package static let kmemleak = KernelOption("DEBUG_KMEMLEAK")
  package static let kmemleakDefaultOff = KernelOption("DEBUG_KMEMLEAK_DEFAULT_OFF")
  package static let kmsan = KernelOption("KMSAN")
  package static let kexec = KernelOption("KEXEC")
  package static let kexecFile = KernelOption("KEXEC_FILE")
  package static let kexecHandover = KernelOption("KEXEC_HANDOVER")
  package static let memmapOnMemory = KernelOption("MHP_MEMMAP_ON_MEMORY")
  package static let memoryHotplug = KernelOption("MEMORY_HOTPLUG")
  package static let memoryHotremove = KernelOption("MEMORY_HOTREMOVE")
  package static let migration = KernelOption("MIGRATION")
  package static let multiGenerationalLRU = KernelOption("LRU_GEN")
  package static let multiGenerationalLRUOn = KernelOption("LRU_GEN_ENABLED")
  package static let numa = KernelOption("NUMA")
  package static let pageOwner = KernelOption("PAGE_OWNER")
  package static let stacksInVmalloc = KernelOption("VMAP_STACK")
}

extension OnlineType {
  /// What the build says of memory that is added, and the option that says it.
  ///
  /// The option was split by type and renamed in about 6.14; distributions took it to older kernels.
  package static func configured(
    in config: KernelConfig
  ) -> (type: OnlineType, option: KernelOption)? {
    let options: [(type: OnlineType, option: KernelOption)] = [
      (.offline, KernelOption("MHP_DEFAULT_ONLINE_TYPE_OFFLINE")),
      (.online, KernelOption("MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO")),
      (.onlineKernel, KernelOption("MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL")),
      (.onlineMovable, KernelOption("MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE")),
      (.online, KernelOption("MEMORY_HOTPLUG_DEFAULT_ONLINE")),
    ]
    return options.first { config[$0.option] == .yes }
  }
}
