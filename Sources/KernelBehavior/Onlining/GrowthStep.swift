package import HostModel

/// One device that is added: `dimm:2GiB@0`.
package struct GrowthStep: Hashable, Sendable {
  package var device: HotplugDevice
  package var size: ByteCount
  package var node: NodeID
  /// What the host calls it, where it is there already: `dax0.0`.
  package var name: String?
  /// As what its own driver or an operator brings its blocks online, where the kernel leaves them
  /// offline; nil where nobody in particular does.
  package var onlined: OnlineType?
  /// What people call a device that the kernel knows no kind for: `gpu`.
  package var kind: String?

  package init(device: HotplugDevice, size: ByteCount, node: NodeID) {
    self.device = device
    self.size = size
    self.node = node
  }

  /// As the user would write it.
  package var text: String { "\(kind ?? "\(device)"):\(Self.exact(size))@\(node)" }

  /// A size without loss: `2GiB`, `1536MiB`, `4097B`.
  package static func exact(_ size: ByteCount) -> String { size.exactText }
}
