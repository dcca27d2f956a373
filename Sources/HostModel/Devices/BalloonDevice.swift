/// A balloon driver that is at work here.
package struct BalloonDevice: Hashable, Sendable {
  package enum Driver: String, Hashable, Sendable, CaseIterable {
    case virtio = "virtio_balloon"
    case hyperV = "hv_balloon"
    case xen = "xen_balloon"
    case vmware = "vmw_balloon"
    case virtualBox = "vboxguest"
    case pseriesCMM = "pseries_cmm"
    case s390CMM = "s390_cmm"
  }

  package var driver: Driver
  /// The file or directory that shows it.
  package var seenAt: String
  /// The device's feature bits, lowest first, as sysfs prints them (virtio only).
  package var features: Reading<String>
  /// What the hypervisor wants the guest to have, and what it has (Xen only).
  package var target: Reading<ByteCount>
  package var current: Reading<ByteCount>

  package init(driver: Driver, seenAt: String) {
    self.driver = driver
    self.seenAt = seenAt
    features = .unknown(.undetermined("\(driver.rawValue) tells no feature bits"))
    target = .unknown(.undetermined("\(driver.rawValue) tells no target"))
    current = .unknown(.undetermined("\(driver.rawValue) tells no size"))
  }

  /// VIRTIO_BALLOON_F_DEFLATE_ON_OOM: the pages stay in MemTotal while the host holds them.
  package var deflatesOnOOM: Bool? {
    features.value.map { Array($0.utf8).dropFirst(2).first == UInt8(ascii: "1") }
  }
}
