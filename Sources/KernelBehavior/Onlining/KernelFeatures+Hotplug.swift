package import HostModel

extension KernelFeatures {
  /// How a kernel adds and onlines memory.
  package struct Hotplug: Hashable, Sendable {
    /// `memhp_default_state` takes online_kernel and online_movable (5.7, 5f47adf762b7).
    package var hasZonedDefaultState = true
    /// The auto-movable policy and memory groups (5.15).
    package var hasAutoMovable = true
    /// `memory_hotplug.memmap_on_memory` (5.13).
    package var hasMemmapOnMemory = true
    /// `force` (6.6).
    package var hasForcedMemmapOnMemory = true
    /// Every block of a device may hold its own descriptors (6.8, 6b8f0798b85a). Before, only a
    /// device that is exactly one block large can: a DIMM of several blocks is refused.
    package var splitsMemmapByBlock = true
    /// DAX devices ask for it themselves (6.8); before, kmem never did.
    package var hasDAXMemmapOnMemory = true
    /// Descriptors of device-DAX pages share their tails (5.19).
    package var sharesDAXTails = true

    package static let newest = Hotplug()

    private init() {}

    /// The behaviour of a release; the newest known where it is not told.
    package init(version: KernelVersion?) {
      guard let version else { return }
      hasZonedDefaultState = version.isAtLeast(5, 7)
      hasAutoMovable = version.isAtLeast(5, 15)
      hasMemmapOnMemory = version.isAtLeast(5, 13)
      hasForcedMemmapOnMemory = version.isAtLeast(6, 6)
      splitsMemmapByBlock = version.isAtLeast(6, 8)
      hasDAXMemmapOnMemory = version.isAtLeast(6, 8)
      sharesDAXTails = version.isAtLeast(5, 19)
    }
  }
}
