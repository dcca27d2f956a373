/// A memory zone by name, in the order in which the kernel numbers them.
package enum ZoneKind: Hashable, Sendable {
  case dma
  case dma32
  case normal
  case highMem
  case movable
  case device
  /// A zone that mainline does not have (a vendor kernel's).
  case other(String)

  /// As mainline numbers those that it has.
  package static let numbered: [ZoneKind] = [.dma, .dma32, .normal, .highMem, .movable, .device]

  package init(name: String) {
    switch name {
    case "DMA": self = .dma
    case "DMA32": self = .dma32
    case "Normal": self = .normal
    case "HighMem": self = .highMem
    case "Movable": self = .movable
    case "Device": self = .device
    default: self = .other(name)
    }
  }

  package var name: String {
    switch self {
    case .dma: "DMA"
    case .dma32: "DMA32"
    case .normal: "Normal"
    case .highMem: "HighMem"
    case .movable: "Movable"
    case .device: "Device"
    case .other(let name): name
    }
  }

  /// Whether ordinary kernel allocations (GFP_KERNEL) can come from here.
  ///
  /// HighMem takes user pages and few others; Device pages never reach the buddy allocator.
  package var servesKernel: Bool {
    switch self {
    case .dma, .dma32, .normal: true
    case .highMem, .movable, .device, .other: false
    }
  }

  /// Whether the zone counts on the kernel side of a MOVABLE:KERNEL ratio, as the kernel's own
  /// auto-movable policy counts it (mm/memory_hotplug.c, since 5.15).
  package var countsAsKernel: Bool {
    switch self {
    case .dma, .dma32, .normal, .highMem, .other: true
    case .movable, .device: false
    }
  }
}
