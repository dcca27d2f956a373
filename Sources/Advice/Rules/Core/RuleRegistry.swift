/// Every rule that zonewise has, in the order of their codes: the one list. A rule that is not here
/// does not run; what a rule looks at, its protocols say.
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
    KubeletReservation.self,
    UnmovableBalloon.self,
    BalloonMigrationOff.self,
    BalloonShrinksKernelZones.self,
    UnexplainedBalloon.self,
    DeviceMemmap.self,
    KmemMemmap.self,
    HotAddedMemmap.self,
    AutoMovableRatio.self,
    AutoMovableCPUlessNode.self,
    PolicyChanged.self,
    OnlinerConflict.self,
    NobodyOnlines.self,
    UnboundedMovable.self,
    ArgumentMisread.self,
    ArgumentWithoutEffect.self,
    ArgumentCrashes.self,
    UnknownSpelling.self,
    SizeAsLastResort.self,
    ArgumentsReordered.self,
    PinnedMemory.self,
    PinHeadroom.self,
    PinLimit.self,
    PinMigrationCost.self,
    CMAWithPinning.self,
    PinsStayInMovable.self,
    MovableNodeUnpinnable.self,
    GrowthStepFails.self,
    GrowthBeyondBalance.self,
    AddedMemoryStaysOffline.self,
    MemmapOnMemoryRefused.self,
    HotUnplugGoal.self,
    MovableGoalUnsafe.self,
    MovableGoalMissed.self,
    HugePagesOutOfReach.self,
    NeedOutOfReach.self,
    SuppressionInvalid.self,
    SuppressionExpired.self,
    SuppressionUnused.self,
    InputMissing.self,
    VendorKernel.self,
    UnexplainedUse.self,
    LayoutNotUnderstood.self,
    UnreadKernel.self,
  ]

  /// The rules about a host.
  package static let host = all.compactMap { $0.asHostRule }
  /// The rules about the words of a command line.
  package static let argument = all.compactMap { $0.asArgumentRule }
  /// The rules about the zones that a command line gives.
  package static let layout = all.compactMap { $0.asLayoutRule }
  /// The rules about growth.
  package static let growth = all.compactMap { $0.asGrowthRule }
  /// The rules about the goals of machine classes.
  package static let machineClass = all.compactMap { $0.asClassRule }

  /// What people read about each of them, in the order of their codes.
  package static let descriptions: [RuleDescription] = all.map { $0.about }
    .sorted { $0.code < $1.code }

  /// The rule of that code or slug.
  package static func find(_ name: String) -> RuleDescription? {
    let name = name.lowercased()
    return descriptions.first { $0.code.lowercased() == name || $0.slug == name }
  }
}
