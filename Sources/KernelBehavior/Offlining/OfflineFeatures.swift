internal import HostModel
internal import KernelText

/// What this kernel does when memory goes offline, by version, config and arguments.
struct OfflineFeatures: Hashable, Sendable {
  enum HotRemove: Hashable, Sendable { case yes, no, unknown }

  /// CONFIG_MEMORY_HOTREMOVE.
  var hotRemove: HotRemove
  /// Long-term pins leave ZONE_MOVABLE before they pin (5.13, d1e153fea2a8).
  var pinsLeaveMovable: Bool
  /// arm64 refuses boot memory.
  var refusesBootMemory: Bool
  /// memory of the crash kernel is swapped with the lowest memory.
  var swapsCrashKernel: Bool

  init(_ snapshot: HostSnapshot) {
    if let config = snapshot.kernelConfig.value {
      hotRemove = config["MEMORY_HOTREMOVE"] == .yes ? .yes : .no
    } else {
      // Kernels without it have no valid_zones.
      let blocks = snapshot.memoryBlocks.value?.blocks ?? []
      hotRemove = blocks.contains { $0.validZones.value != nil } ? .yes : .unknown
    }
    pinsLeaveMovable = snapshot.kernel.value?.isAtLeast(5, 13) ?? false
    refusesBootMemory = snapshot.architecture.value == .arm64
    swapsCrashKernel = snapshot.architecture.value == .s390x
  }
}
