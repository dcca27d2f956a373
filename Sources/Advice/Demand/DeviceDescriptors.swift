internal import HostModel
internal import KernelBehavior

/// The page descriptors of a persistent-memory device that has some.
struct DeviceDescriptors {
  var device: PersistentMemoryDevice
  var mode: String
  var size: ByteCount
  /// What is left of them where most are deduplicated.
  var memmap: ByteCount
  /// In the kernel zones; else on the device itself.
  var isInRAM: Bool

  /// What a device does not tell about its descriptors.
  struct Untold: Error {
    var reason: UnknownReason?
    var effect: String
  }

  /// Every device that has descriptors. One that driver kmem made RAM has none of its own: its
  /// memory is hot-added, and described as such.
  static func all(_ facts: HostFacts) throws(Untold) -> [DeviceDescriptors] {
    guard case .known(let devices, _) = facts.snapshot.devices.persistentMemory else {
      throw Untold(
        reason: facts.snapshot.devices.persistentMemory.reason,
        effect: "page descriptors of DAX devices are unknown"
      )
    }
    var found: [DeviceDescriptors] = []
    for device in devices {
      if let size = device.size.value, size == .zero { continue }
      guard case .known(let mode, _) = device.mode else {
        throw Untold(
          reason: device.mode.reason,
          effect: "where \(device.name) is described is unknown"
        )
      }
      guard hasDescriptors(device, mode: mode, among: devices) else { continue }
      let character = character(of: device, facts)
      if character?.driver == .kmem { continue }
      guard case .known(let size, _) = device.size else {
        throw Untold(
          reason: device.size.reason,
          effect: "descriptors of \(device.name) are unknown"
        )
      }
      found.append(
        DeviceDescriptors(
          device: device,
          mode: mode,
          size: size,
          memmap: kept(character, size: size, facts),
          isInRAM: device.kind == .namespace || mode == "ram"
        )
      )
    }
    return found
  }

  private static func hasDescriptors(
    _ device: PersistentMemoryDevice,
    mode: String,
    among all: [PersistentMemoryDevice]
  ) -> Bool {
    switch device.kind {
    case .pfn, .dax: return mode == "ram" || mode == "pmem"
    case .namespace:
      // A namespace of pages that no page-map device claims is legacy memory, described in RAM.
      guard mode == "memory" || mode == "dax" else { return false }
      return !all.contains { $0.kind != .namespace && $0.namespace.value == device.name }
    }
  }

  /// The character device of a device for device DAX.
  private static func character(
    of device: PersistentMemoryDevice,
    _ facts: HostFacts
  ) -> DAXDevice? {
    guard device.kind == .dax else { return nil }
    let number = device.name.dropFirst(3)
    return facts.snapshot.devices.dax.value?.first { $0.name.dropFirst(3) == number }
  }

  /// What is left of the descriptors after deduplication: device DAX only.
  private static func kept(
    _ character: DAXDevice?,
    size: ByteCount,
    _ facts: HostFacts
  ) -> ByteCount {
    let full = facts.descriptor.bytes(for: size)
    guard facts.kernel.hasOrAssumed(.sharesDAXTails), character?.driver == .deviceDAX,
      let align = character?.align.value, align > facts.pageSize.bytes
    else { return full }
    // Two pages of descriptors stay for each page of the device's alignment.
    let units = size.count / max(1, align.count)
    return min(full, facts.pageSize.bytes * 2 * units)
  }
}
