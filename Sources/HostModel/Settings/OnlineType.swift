/// What the kernel is told to do with a memory block: a word of memhp_default_state,
/// auto_online_blocks and memoryN/state.
package enum OnlineType: String, Hashable, Sendable, CaseIterable {
  case offline
  /// Into the zone that the online policy chooses.
  case online
  case onlineKernel = "online_kernel"
  case onlineMovable = "online_movable"
}
