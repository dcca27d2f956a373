/// Every rule that zonewise has, in the order of their codes. A rule that is not here does not run.
package enum RuleRegistry {
  package static let all: [any Rule.Type] = [
    RatioOverLimit.self,
    KernelZonesShort.self,
    NodeWithoutKernelMemory.self,
    GiganticPages.self,
    UnmovableHugePages.self,
    PageTables.self,
    PageTableGrowth.self,
    OfflineBlocks.self,
    LargeCMA.self,
    DebugMetadata.self,
    BlockDeviceCache.self,
    UnevictableKernelMemory.self,
    LockedMemory.self,
    StuckUserPages.self,
    CompressedSwap.self,
    WatermarkSettings.self,
    ReservedInMovable.self,
    HugePageUnplug.self,
    BoundaryInsideBlock.self,
    MemoryOnlyNode.self,
  ]
}
