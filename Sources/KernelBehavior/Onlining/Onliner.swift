internal import HostModel

/// Who brings a device's blocks online where neither the command line nor the kernel's config does.
package enum Onliner: Hashable, Sendable {
  /// A rule of the distribution writes `online`, and the kernel's policy chooses the zone.
  case udev
  /// pseries' DLPAR onlines what it adds itself, by the same policy.
  case dlpar
  /// daxctl, as Movable unless it is told otherwise; or udev, if that is faster.
  case daxctl
  /// An operator with chmem, as Movable unless it is told otherwise.
  case chmem
  /// The device's own driver or its daemon, as Movable in general: coherent memory of GPUs.
  case driver

  /// Whether it leaves the zone to the kernel's policy, so that the zone is known.
  package var leavesZoneToPolicy: Bool { self == .udev || self == .dlpar }
}

extension HotplugDevice {
  /// Who onlines such memory on a kernel of this architecture.
  package func onliner(on kernel: Kernel) -> Onliner {
    switch self {
    case .dimm, .virtioMem: return .udev
    case .cxl, .pmem: return .daxctl
    case .block:
      if kernel.hasOrAssumed(.driverOnlinesBlocks) { return .dlpar }
      if kernel.hasOrAssumed(.operatorOnlinesBlocks) { return .chmem }
      // Hyper-V and Xen add such blocks to x86 guests; elsewhere a driver of the device does.
      return kernel.architecture.value ?? .x86_64 == .x86_64 ? .udev : .driver
    }
  }
}
