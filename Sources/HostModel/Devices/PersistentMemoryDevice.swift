/// A namespace of persistent memory, or the device that maps its pages.
package struct PersistentMemoryDevice: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `namespaceX.Y`
    case namespace
    /// `pfnX.Y`: pages of a filesystem-DAX namespace.
    case pfn
    /// `daxX.Y` on the nvdimm bus: pages of a device-DAX namespace.
    case dax
  }

  package var name: String
  package var kind: Kind
  package var size: Reading<ByteCount>
  /// Namespaces: raw, safe, memory, dax; the others: none, ram, pmem.
  package var mode: Reading<String>
  /// The namespace that a page-map device claims.
  package var namespace: Reading<String>
  package var node: Reading<NodeID>

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
    let missing = UnknownReason.missing(input: "/sys/bus/nd/devices/\(name)")
    size = .unknown(missing)
    mode = .unknown(missing)
    namespace = .unknown(missing)
    node = .unknown(missing)
  }
}
