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
