internal import HostModel
internal import KernelBehavior

/// Machines to add memory to, in 128 MiB blocks of 4 KiB pages.
enum HotplugMachine {
  static let block = PageCount(32768)

  /// A node with that many boot pages in Normal.
  static func node(
    _ id: NodeID,
    early: PageCount,
    from start: PageFrameNumber = 0x100000
  ) -> HotplugMemory.Node {
    var zone = HotplugMemory.Zone(.normal)
    zone.frames = FrameRange(start: start, pages: early)
    zone.present = early
    zone.presentEarly = early
    return HotplugMemory.Node(id: id, kernelZones: early > 0 ? [zone] : [])
  }

  static func machine(_ nodes: HotplugMemory.Node...) -> HotplugMemory {
    HotplugMemory(nodes: nodes, blockPages: block)
  }

  static func settings(
    ratio: UInt64 = 301,
    numaAware: Bool = true,
    movableNode: Bool = false,
    policy: OnlinePolicy = .autoMovable
  ) -> OnliningSettings {
    var settings = OnliningSettings()
    settings.policy = .init(policy, from: "test")
    settings.autoMovableRatio = .init(ratio, from: "test")
    settings.numaAware = .init(numaAware, from: "test")
    settings.movableNode = .init(movableNode, from: "test")
    return settings
  }

  /// Adds a device block by block, each decided on its own, and tells their zones.
  static func add(
    _ blocks: UInt64,
    to memory: inout HotplugMemory,
    node: NodeID = 0,
    kind: HotplugMemory.Group.Kind? = nil,
    type: OnlineType = .online,
    settings: OnliningSettings
  ) -> [ZoneKind] {
    var group: Int?
    if let kind {
      memory.groups.append(HotplugMemory.Group(kind, node: node))
      group = memory.groups.count - 1
    }
    return (0..<blocks).map { _ in
      let first = memory.end
      let choice = memory.choice(
        for: first,
        on: node,
        group: group,
        type: type,
        settings: settings
      )
      memory.online(first, on: node, group: group, zone: choice.zone)
      return choice.zone
    }
  }

  static func dimm(_ blocks: UInt64) -> HotplugMemory.Group.Kind { .fixed(block * blocks) }
}
