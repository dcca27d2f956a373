package import HostModel

/// One device that is added: `dimm:2GiB@0`.
package struct GrowthStep: Hashable, Sendable {
  package var device: HotplugDevice
  package var size: ByteCount
  package var node: NodeID
  /// What the host calls it, where it is there already: `dax0.0`.
  package var name: String?

  package init(device: HotplugDevice, size: ByteCount, node: NodeID) {
    self.device = device
    self.size = size
    self.node = node
  }

  /// Why a text is no step.
  package enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    case form(String)
    case kind(String)
    case size(String)
    case node(String)

    package var description: String {
      switch self {
      case .form(let text): "'\(text)' is not KIND:SIZE@NODE, such as dimm:2GiB@0"
      case .kind(let kind):
        "'\(kind)' is no kind of device: there are \(HotplugDevice.names.joined(separator: ", ")); "
          + "pmem takes ,mode=fsdax|devdax|system-ram and ,map=mem|dev"
      case .size(let size): "'\(size)' is no size, such as 512MiB or 2GiB"
      case .node(let node): "'\(node)' is no node's number"
      }
    }
  }

  /// Reads `KIND:SIZE@NODE`; without `@NODE` it is node 0.
  package init(text: String) throws(Mistake) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .form(text) }
    guard let device = HotplugDevice(name: String(parts[0])) else { throw .kind(String(parts[0])) }
    let place = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let size = ByteCount(text: String(place[0])), size > 0 else {
      throw .size(String(place[0]))
    }
    var node = NodeID(0)
    if place.count == 2 {
      guard let number = UInt32(place[1]) else { throw .node(String(place[1])) }
      node = NodeID(number)
    }
    self.init(device: device, size: size, node: node)
  }

  /// As the user would write it.
  package var text: String { "\(device):\(Self.exact(size))@\(node)" }

  /// A size without loss: `2GiB`, `1536MiB`, `4097B`.
  package static func exact(_ size: ByteCount) -> String {
    let units: [(UInt64, String)] = [
      (1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"),
    ]
    let unit = units.first { size.count % $0.0 == 0 && size.count > 0 } ?? (1, "B")
    return "\(size.count / unit.0)\(unit.1)"
  }
}
