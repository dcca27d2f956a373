package import HostModel

/// How the kernel chooses which user pages it evicts: that decides where user memory settles.
package enum PageReclaim: String, Hashable, Sendable {
  /// In generations, from the highest zone first (mm/vmscan.c, `scan_folios`): page cache goes from
  /// ZONE_MOVABLE before it goes from kernel zones, so what can't be evicted settles in ZONE_MOVABLE.
  case generations
  /// In the order of two lists, whatever the zone (`isolate_lru_folios`): user memory that can't be
  /// evicted takes the place of page cache in kernel zones as in ZONE_MOVABLE, or first.
  case lists

  /// What a host does, and whether that was taken for granted.
  package static func of(_ snapshot: HostSnapshot, _ kernel: Kernel) -> (Self, isAssumed: Bool) {
    if let isOn = snapshot.virtualMemory.multiGenerationalLRU.value {
      return (isOn ? .generations : .lists, false)
    }
    // A config may have been cut down to some options: what it doesn't name, the release tells.
    if let config = kernel.config.value, config.mentions(.multiGenerationalLRUOn) {
      return (config[.multiGenerationalLRUOn] == .yes ? .generations : .lists, false)
    }
    // Without the option the file is not there.
    guard canBeGenerations(snapshot, kernel) else {
      let isTold = kernel.config.value?.mentions(.multiGenerationalLRU) ?? false
      return (.lists, !isTold && kernel.has(.multiGenerationalLRU).value == nil)
    }
    let isOn = kernel.hasOrAssumed(.multiGenerationalLRUIsOn)
    return (isOn ? .generations : .lists, true)
  }

  /// Whether the kernel can be set to it while it runs.
  package static func canBeGenerations(_ snapshot: HostSnapshot, _ kernel: Kernel) -> Bool {
    if snapshot.virtualMemory.multiGenerationalLRU.value != nil { return true }
    if let config = kernel.config.value, config.mentions(.multiGenerationalLRU) {
      return config[.multiGenerationalLRU] == .yes
    }
    return kernel.hasOrAssumed(.multiGenerationalLRU)
  }
}
