package import HostModel
package import KernelBehavior

/// Memory that a host has and does not use yet: what a preflight is about.
package enum UnonlinedDAXDevices {
  /// The DAX devices (CXL, persistent and special-purpose memory) that are no System RAM.
  package static func steps(_ snapshot: HostSnapshot) -> [GrowthStep] {
    (snapshot.devices.dax.value ?? []).compactMap { device in
      guard device.driver != .kmem, let size = device.size.value, size > 0 else { return nil }
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

extension GrowthPlan {
  /// What onlining a step's device does, for someone about to do it.
  package func preflight(_ index: Int) -> String? {
    let step = steps[index]
    guard let name = step.request.name, step.outcome.failure == nil else { return nil }
    let start = GrowthSimulation(machine)
    let before =
      index > 0 ? steps[index - 1].ratio : MovableRatio(start.movable, to: start.kernel)
    let way = step.zoneName == "kernel" ? "as kernel memory" : "as movable"
    let costs = step.outcome.paid.sorted { $0.key < $1.key }.map {
      "\($0.value.text) of kernel memory on node \($0.key)"
    }
    let cost = costs.isEmpty ? "nothing" : costs.joined(separator: " and ")
    return "onlining \(name) \(way) takes the machine from \(before) to \(step.ratio) and costs "
      + cost
  }
}
