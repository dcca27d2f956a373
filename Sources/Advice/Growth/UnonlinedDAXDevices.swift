package import HostModel
package import KernelBehavior

/// Memory that a host has and does not use yet: what a preflight is about.
package enum UnonlinedDAXDevices {
  /// The DAX devices (CXL, persistent and special-purpose memory) that are no System RAM.
  package static func steps(_ snapshot: HostSnapshot) -> [GrowthStep] {
    (snapshot.devices.dax.value ?? []).compactMap { device in
      guard !device.isRAM, let size = device.size.value, size > 0 else { return nil }
      // Only a device that asks for it can hold its own descriptors.
      let holdsOwn = device.memmapOnMemory.value == true
      var step = GrowthStep(
        device: holdsOwn ? .cxl : .pmem(.systemRAM),
        size: size,
        node: device.node.value ?? 0
      )
      step.name = device.name
      return step
    }
  }

  /// How daxctl onlines what the kernel leaves offline: as Movable, unless it is told not to.
  package static func settings(_ settings: OnliningSettings) -> OnliningSettings {
    guard settings.defaultState.value == .offline else { return settings }
    var changed = settings
    changed.defaultState = OnliningSettings.Setting(.onlineMovable, from: "daxctl's default")
    return changed
  }
}
