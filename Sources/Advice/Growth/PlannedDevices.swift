package import KernelBehavior

/// Devices that will be plugged into a machine, and what becomes of their memory.
package struct PlannedDevices: Sendable {
  package var devices: [GrowthStep]
  package var settings: OnliningSettings

  /// Nil where there are none.
  package init?(_ devices: [GrowthStep], settings: OnliningSettings) {
    if devices.isEmpty { return nil }
    self.devices = devices
    self.settings = settings
  }
}
