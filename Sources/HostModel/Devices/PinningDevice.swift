/// A kind of device whose users pin memory for long.
package struct PinningDevice: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case rdma = "RDMA"
    case vfio = "VFIO"
    case vdpa = "vDPA"
    case gpu = "GPU peer memory"
    case sev = "SEV guests"
  }

  package var kind: Kind
  /// Its name in sysfs; empty where only the kind is known.
  package var name: String
  package var seenAt: String

  package init(kind: Kind, name: String, seenAt: String) {
    self.kind = kind
    self.name = name
    self.seenAt = seenAt
  }
}
