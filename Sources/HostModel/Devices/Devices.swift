/// Devices, drivers and settings files that use kernel memory or decide where memory goes.
///
/// A list is empty where the host was looked at and has none, unknown where the source lacks the
/// directories that would tell.
package struct HostDevices: Hashable, Sendable {
  /// Balloons with a device or a loaded driver behind them.
  package var balloons: Reading<[BalloonDevice]>
  /// Names of virtio-mem devices: `virtio3`.
  package var virtioMem: Reading<[String]>
  /// Namespaces and their page-map devices on the nvdimm bus.
  package var persistentMemory: Reading<[PersistentMemoryDevice]>
  package var dax: Reading<[DAXDevice]>
  /// Names on the CXL bus that stand for memory: `mem0`, `region0`.
  package var cxl: Reading<[String]>
  /// What can pin user memory for as long as it likes.
  package var pinners: Reading<[PinningDevice]>
  /// Compressed RAM disks that have a size.
  package var zram: Reading<[ZRAMDevice]>
  /// Rules in /etc and /usr/lib that online memory, in the order in which udev applies them.
  package var udevRules: Reading<[UdevMemoryRule]>
  /// Sections of /etc/daxctl.conf.d that turn DAX devices into memory.
  package var daxctl: Reading<[DaxctlSection]>

  /// Nothing has been looked at yet.
  package init() {
    func missing<T>(_ input: String) -> Reading<T> { .unknown(.missing(input: input)) }
    balloons = missing("/sys/bus")
    virtioMem = missing("/sys/bus")
    persistentMemory = missing("/sys/bus")
    dax = missing("/sys/bus")
    cxl = missing("/sys/bus")
    pinners = missing("/sys/class")
    zram = missing("/sys/block")
    udevRules = missing("/usr/lib/udev/rules.d")
    daxctl = missing("/etc")
  }
}

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

/// A device on the DAX bus.
package struct DAXDevice: Hashable, Sendable {
  package enum Driver: Hashable, Sendable {
    /// A character device that programs map.
    case deviceDAX
    /// Hot-added as System RAM.
    case kmem
    case none
  }

  package var name: String
  package var driver: Driver
  package var size: Reading<ByteCount>
  package var align: Reading<ByteCount>
  package var node: Reading<NodeID>
  /// Whether the device asks for its page descriptors on itself (since 6.8).
  package var memmapOnMemory: Reading<String>

  package init(name: String, driver: Driver) {
    self.name = name
    self.driver = driver
    let missing = UnknownReason.missing(input: "/sys/bus/dax/devices/\(name)")
    size = .unknown(missing)
    align = .unknown(missing)
    node = .unknown(missing)
    memmapOnMemory = .unknown(missing)
  }
}

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
  /// Its name in sysfs.
  package var name: String
  package var seenAt: String

  package init(kind: Kind, name: String, seenAt: String) {
    self.kind = kind
    self.name = name
    self.seenAt = seenAt
  }
}

/// A compressed RAM disk.
package struct ZRAMDevice: Hashable, Sendable {
  package var name: String
  /// What it promises to hold, uncompressed.
  package var diskSize: ByteCount
  /// What it holds, and the memory that it takes for that (mm_stat, since 4.1).
  package var stored: Reading<ByteCount>
  package var used: Reading<ByteCount>

  package init(
    name: String,
    diskSize: ByteCount,
    stored: Reading<ByteCount>,
    used: Reading<ByteCount>
  ) {
    self.name = name
    self.diskSize = diskSize
    self.stored = stored
    self.used = used
  }
}
