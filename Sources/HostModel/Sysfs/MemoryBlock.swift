/// The unit in which memory goes online and offline: /sys/devices/system/memory/memoryN.
package struct MemoryBlock: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case online
    case offline
    case goingOffline
    case other(String)
  }

  /// N of memoryN: the block's physical address divided by the block size.
  package var number: UInt64
  package var state: Reading<State>
  /// The zones that the block is in (online) or may go to (offline, default first).
  ///
  /// Empty stands for the kernel's `none`: the block spans several zones or nodes.
  package var validZones: Reading<[ZoneKind]>
  /// Every node that has memory in it.
  package var nodes: [NodeID]

  package init(
    number: UInt64,
    state: Reading<State>,
    validZones: Reading<[ZoneKind]>,
    nodes: [NodeID]
  ) {
    self.number = number
    self.state = state
    self.validZones = validZones
    self.nodes = nodes
  }

  /// The zone that an online block is in, nil where there are several or it is unknown.
  package var zone: ZoneKind? {
    guard state.value == .online, let zones = validZones.value, zones.count == 1 else { return nil }
    return zones.first
  }
}
