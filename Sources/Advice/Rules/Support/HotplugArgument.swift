internal import HostModel
internal import KernelBehavior
internal import KernelText

/// A word of the command line about hot-plug, and what may be wrong with it here.
package struct HotplugArgument: Sendable {
  /// Why it does nothing.
  package enum Fault: String, Hashable, Sendable {
    /// No memhp_default_state in this kernel.
    case noDefaultState
    /// A default state that names a zone, on a kernel that knows none.
    case noDefaultZones
    case noSuchState
    case noPolicies
    case noSuchPolicy
    /// An option of auto-movable, with another policy in force.
    case otherPolicy
    case noMemmapOnMemory
    /// Asked for, and off all the same.
    case memmapOnMemoryRefused
  }

  let argument: KernelArgument

  /// Nil for a word about something else.
  init?(_ argument: KernelArgument) {
    let name = argument.normalizedName
    guard name == "memhp_default_state" || name.hasPrefix("memory_hotplug.") else { return nil }
    self.argument = argument
  }

  /// Whether a kernel has the option and takes the value.
  func isKnown(in kernel: Kernel) -> Bool { fault(in: kernel) == nil }

  /// Why a kernel makes nothing of it, whatever machine it boots; nil where it does, or can't be
  /// told.
  func fault(in kernel: Kernel) -> Fault? {
    let value = argument.value ?? ""
    switch argument.normalizedName {
    case "memhp_default_state":
      if kernel.lacks(.defaultOnlineState) { return .noDefaultState }
      if ["online_kernel", "online_movable"].contains(value),
        kernel.lacks(.zonedDefaultOnlineState)
      {
        return .noDefaultZones
      }
      return KernelFormat<OnlineType>.onlineType.parse(value) == nil ? .noSuchState : nil
    case "memory_hotplug.online_policy":
      if kernel.lacks(.autoMovablePolicy) { return .noPolicies }
      return KernelFormat<OnlinePolicy>.onlinePolicy.parse(value) == nil ? .noSuchPolicy : nil
    case "memory_hotplug.auto_movable_ratio", "memory_hotplug.auto_movable_numa_aware":
      return kernel.lacks(.autoMovablePolicy) ? .noPolicies : nil
    case "memory_hotplug.memmap_on_memory":
      return kernel.byRelease.lacks(.memmapOnMemory) ? .noMemmapOnMemory : nil
    default:
      return nil
    }
  }

  /// Why this host makes nothing of it, though its kernel could.
  func fault(_ context: RuleContext) -> Fault? {
    guard fault(in: context.kernel) == nil else { return nil }
    switch argument.normalizedName {
    case "memory_hotplug.auto_movable_ratio", "memory_hotplug.auto_movable_numa_aware":
      return context.snapshot.onlining.policy.value == .contigZones ? .otherPolicy : nil
    case "memory_hotplug.memmap_on_memory":
      let asked =
        KernelFormat<MemmapOnMemory>.memmapOnMemory.parse(argument.value ?? "")?.isOn ?? false
      return asked && context.snapshot.onlining.memmapOnMemory.value == .no
        ? .memmapOnMemoryRefused : nil
    default:
      return nil
    }
  }
}
