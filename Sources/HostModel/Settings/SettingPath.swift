/// The files of the kernel's settings.
package enum SettingPath {
  private static let hotplug = "/sys/module/memory_hotplug/parameters"
  private static let sysctl = "/proc/sys/vm"

  package static let defaultState = "/sys/devices/system/memory/auto_online_blocks"
  package static let onlinePolicy = hotplug + "/online_policy"
  package static let autoMovableRatio = hotplug + "/auto_movable_ratio"
  package static let numaAware = hotplug + "/auto_movable_numa_aware"
  package static let memmapOnMemory = hotplug + "/memmap_on_memory"

  package static let minFree = sysctl + "/min_free_kbytes"
  package static let watermarkScale = sysctl + "/watermark_scale_factor"
  package static let lowmemReserve = sysctl + "/lowmem_reserve_ratio"
  package static let compactsUnevictable = sysctl + "/compact_unevictable_allowed"
  package static let overcommit = sysctl + "/overcommit_memory"
  package static let swappiness = sysctl + "/swappiness"
  package static let profilesAllocations = sysctl + "/mem_profiling"
  package static let movableGigantic = sysctl + "/movable_gigantic_pages"
  package static let optimizesVmemmap = sysctl + "/hugetlb_optimize_vmemmap"

  package static let samePages = "/sys/kernel/mm/ksm"
  package static let multiGenerationalLRU = "/sys/kernel/mm/lru_gen/enabled"
  package static let demotion = "/sys/kernel/mm/numa/demotion_enabled"

  package static let lockLimit = "/proc/1/limits"
  package static let crashKernelSize = "/sys/kernel/kexec_crash_size"
  package static let zswap = "/sys/module/zswap/parameters/enabled"
}
