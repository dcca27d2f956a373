/// An idea that zonewise's answers are made of, for `zonewise explain`. What is said of it stands in
/// `Topic+Text`, what it is on a host in `TopicNumbers`.
package enum Topic: String, CaseIterable, Sendable {
  case movable
  case zones
  case ratio
  case needed
  case margin
  case headroom
  case reserve
  case arguments
  case hotplug
  case policy
  case block
  case memmap
  case cma
  case gigantic
  case pinning
  case profile

  /// Other words for it.
  package var aliases: [String] {
    switch self {
    case .movable: ["zone_movable", "zone-movable"]
    case .zones: ["zone", "normal", "dma32", "dma"]
    case .ratio: ["movable:kernel", "3:1", "verdict"]
    case .needed: ["account", "demand", "need"]
    case .margin: []
    case .headroom: ["growth", "grow"]
    case .reserve: ["watermarks", "watermark", "protection", "lowmem"]
    case .arguments: ["kernelcore", "movablecore", "movable_node", "boot"]
    case .hotplug: ["hot-plug", "onlining", "online"]
    case .policy: ["online_policy", "auto-movable", "contig-zones"]
    case .block: ["blocks", "memory-block", "offline"]
    case .memmap: ["descriptors", "memmap_on_memory", "page-descriptors"]
    case .cma: []
    case .gigantic: ["hugetlb", "hugepages", "huge-pages"]
    case .pinning: ["pin", "pins", "vfio", "rdma", "pinned"]
    case .profile: ["profiles", "workload"]
    }
  }

  /// The topic of that name or alias.
  package static func named(_ name: String) -> Topic? {
    let name = name.lowercased()
    return Topic(rawValue: name) ?? allCases.first { $0.aliases.contains(name) }
  }
}
