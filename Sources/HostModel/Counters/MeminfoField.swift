/// A size in /proc/meminfo (fs/proc/meminfo.c); what a kernel does not have it leaves out.
package enum MeminfoField: UInt8, CounterName {
  case memTotal
  case memFree
  case memAvailable
  case buffers
  case cached
  case swapCached
  case active
  case inactive
  case activeAnon
  case inactiveAnon
  case activeFile
  case inactiveFile
  case unevictable
  case mlocked
  case highTotal
  case highFree
  case lowTotal
  case lowFree
  case mmapCopy
  case swapTotal
  case swapFree
  case zswap
  case zswapped
  case dirty
  case writeback
  case anonPages
  case mapped
  case shmem
  case kernelReclaimable
  case slab
  case slabReclaimable
  case slabUnreclaimable
  case kernelStack
  case shadowCallStack
  case pageTables
  case secPageTables
  case quicklists
  case nfsUnstable
  case bounce
  case writebackTmp
  case commitLimit
  case committed
  case vmallocTotal
  case vmallocUsed
  case vmallocChunk
  case percpu
  case earlyMemtestBad
  case hardwareCorrupted
  case anonHugePages
  case shmemHugePages
  case shmemPmdMapped
  case fileHugePages
  case filePmdMapped
  case cmaTotal
  case cmaFree
  case unaccepted
  case balloon
  case gpuActive
  case gpuReclaim
  case hugePageSize
  case hugeTLB
  case directMap4k
  case directMap64k
  case directMap1M
  case directMap2M
  case directMap4M
  case directMap1G
  case directMap2G

  package var text: String {
    switch self {
    case .memTotal: "MemTotal"
    case .memFree: "MemFree"
    case .memAvailable: "MemAvailable"
    case .buffers: "Buffers"
    case .cached: "Cached"
    case .swapCached: "SwapCached"
    case .active: "Active"
    case .inactive: "Inactive"
    case .activeAnon: "Active(anon)"
    case .inactiveAnon: "Inactive(anon)"
    case .activeFile: "Active(file)"
    case .inactiveFile: "Inactive(file)"
    case .unevictable: "Unevictable"
    case .mlocked: "Mlocked"
    case .highTotal: "HighTotal"
    case .highFree: "HighFree"
    case .lowTotal: "LowTotal"
    case .lowFree: "LowFree"
    case .mmapCopy: "MmapCopy"
    case .swapTotal: "SwapTotal"
    case .swapFree: "SwapFree"
    case .zswap: "Zswap"
    case .zswapped: "Zswapped"
    case .dirty: "Dirty"
    case .writeback: "Writeback"
    case .anonPages: "AnonPages"
    case .mapped: "Mapped"
    case .shmem: "Shmem"
    case .kernelReclaimable: "KReclaimable"
    case .slab: "Slab"
    case .slabReclaimable: "SReclaimable"
    case .slabUnreclaimable: "SUnreclaim"
    case .kernelStack: "KernelStack"
    case .shadowCallStack: "ShadowCallStack"
    case .pageTables: "PageTables"
    case .secPageTables: "SecPageTables"
    case .quicklists: "Quicklists"
    case .nfsUnstable: "NFS_Unstable"
    case .bounce: "Bounce"
    case .writebackTmp: "WritebackTmp"
    case .commitLimit: "CommitLimit"
    case .committed: "Committed_AS"
    case .vmallocTotal: "VmallocTotal"
    case .vmallocUsed: "VmallocUsed"
    case .vmallocChunk: "VmallocChunk"
    case .percpu: "Percpu"
    case .earlyMemtestBad: "EarlyMemtestBad"
    case .hardwareCorrupted: "HardwareCorrupted"
    case .anonHugePages: "AnonHugePages"
    case .shmemHugePages: "ShmemHugePages"
    case .shmemPmdMapped: "ShmemPmdMapped"
    case .fileHugePages: "FileHugePages"
    case .filePmdMapped: "FilePmdMapped"
    case .cmaTotal: "CmaTotal"
    case .cmaFree: "CmaFree"
    case .unaccepted: "Unaccepted"
    case .balloon: "Balloon"
    case .gpuActive: "GPUActive"
    case .gpuReclaim: "GPUReclaim"
    case .hugePageSize: "Hugepagesize"
    case .hugeTLB: "Hugetlb"
    case .directMap4k: "DirectMap4k"
    case .directMap64k: "DirectMap64k"
    case .directMap1M: "DirectMap1M"
    case .directMap2M: "DirectMap2M"
    case .directMap4M: "DirectMap4M"
    case .directMap1G: "DirectMap1G"
    case .directMap2G: "DirectMap2G"
    }
  }
}
