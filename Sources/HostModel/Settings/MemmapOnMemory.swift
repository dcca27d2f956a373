/// `memory_hotplug.memmap_on_memory`: whether a block may hold its own page descriptors.
package enum MemmapOnMemory: String, Hashable, Sendable, CaseIterable {
  case no
  case yes
  /// Also where that wastes memory: descriptors are rounded up to whole pageblocks (since 6.6).
  case force

  package var isOn: Bool { self != .no }
}
