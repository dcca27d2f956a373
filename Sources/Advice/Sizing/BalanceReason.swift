package import HostModel

/// What a verdict that is not good rests on.
package enum BalanceReason: Hashable, Sendable {
  /// A node with cpus has no kernel memory at all.
  case noKernelMemory
  /// Movable : kernel is above a limit of the profile.
  case ratio(above: MovableRatio)
  /// The kernel zones can't grow by as much as the workload will.
  case growth
  /// They can, but not once user memory fills the host.
  case whenFull
  /// They can, and the margin is not left then.
  case margin
  /// What describes the memory alone fills the kernel zones.
  case descriptors
  /// The kernel needs more than there is.
  case need
  /// Once the devices that are planned for it are there: Movable : kernel with all of them.
  case devices(MovableRatio)
}
