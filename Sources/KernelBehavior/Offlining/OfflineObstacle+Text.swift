extension OfflineObstacle.Kind {
  /// The reason in a few words.
  package var title: String {
    switch self {
    case .alreadyOffline: "already offline"
    case .noHotRemove: "the kernel can't take memory offline"
    case .stateUnknown: "state not known"
    case .mixedZones: "several zones in one block"
    case .mixedNodes: "several nodes in one block"
    case .holes: "a hole in the block"
    case .bootMemoryARM64: "boot memory of an arm64 machine"
    case .mappingARM64: "mapped in one piece with its neighbours"
    case .s390xCrashKernel: "needed when the crash kernel is swapped in"
    case .crashKernel: "crash kernel's memory"
    case .kernelImage: "the kernel itself"
    case .kernelZone: "in a kernel zone"
    case .unmovablePages: "kernel memory that can't move"
    case .reservedPages: "reserved at boot"
    case .cma: "CMA area"
    case .giganticDestination: "gigantic page without a free one elsewhere"
    case .hvoDissolve: "huge pages whose memmap must come back first"
    case .pinned: "pinned pages"
    case .hwpoison: "poisoned pages"
    case .noRoomElsewhere: "no room elsewhere for its pages"
    }
  }

  /// What happens, and since when.
  package var explanation: String {
    switch self {
    case .alreadyOffline:
      "Writing offline to an offline block fails with EINVAL. Its memmap and direct map are still "
        + "paid for."
    case .noHotRemove:
      "The kernel was built without CONFIG_MEMORY_HOTREMOVE, or without memory hot-plug at all: there "
        + "is nothing to write to."
    case .stateUnknown:
      "Without the block's state or zone nothing can be said of it."
    case .mixedZones:
      "The kernel takes only blocks offline that lie in a single zone (offline_pages: EINVAL); "
        + "valid_zones says none. A zone boundary on a block boundary avoids it."
    case .mixedNodes:
      "The kernel takes only blocks offline that lie on a single node (offline_pages: EINVAL)."
    case .holes:
      "A block must be System RAM from end to end (offline_pages: EINVAL, \"memory holes\")."
    case .bootMemoryARM64:
      "arm64 refuses every block that was there at boot (arch/arm64/mm/mmu.c, since 5.7)."
    case .mappingARM64:
      "arm64 refuses a block that its linear map holds as a part of a larger leaf (since 7.2); whole "
        + "devices go."
    case .s390xCrashKernel:
      "s390x swaps the crash kernel with the memory from address 0 on, so that must stay."
    case .crashKernel:
      "Memory that crashkernel= reserved stays reserved."
    case .kernelImage:
      "The kernel's code and data never move."
    case .kernelZone:
      "Kernel memory may lie in any block of a kernel zone, and more may come at any time; one "
        + "page of it is enough for EBUSY."
    case .unmovablePages:
      "Slab, page tables and other kernel memory can't be migrated: EBUSY."
    case .reservedPages:
      "Pages that were reserved at boot (memmap, hash tables, per-cpu areas) can't be migrated, in "
        + "ZONE_MOVABLE either: EBUSY. The kernel places them at the top of each node."
    case .cma:
      "Pageblocks of a CMA area can't be isolated for offlining: EBUSY."
    case .giganticDestination:
      "A gigantic page moves only into a free gigantic page elsewhere; without one the kernel "
        + "retries until a signal comes."
    case .hvoDissolve:
      "Dissolving an optimised huge page takes memory for its memmap from kernel zones, which have "
        + "too little left."
    case .pinned:
      "A pinned page can't be migrated. Since 5.13 long-term pins never stay in ZONE_MOVABLE; "
        + "older kernels leave them there."
    case .hwpoison:
      "A block with poisoned pages goes offline, and is refused when it shall come back (6.x)."
    case .noRoomElsewhere:
      "What is in the block must move to free memory elsewhere; without it the kernel retries until "
        + "a signal comes."
    }
  }
}
