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
  package var memmapOnMemory: Reading<Bool>
  /// What driver kmem made of it (`state`, since 7.3): `unplugged`, or how its blocks came online.
  package var state: Reading<String>

  package init(name: String, driver: Driver) {
    self.name = name
    self.driver = driver
    let missing = UnknownReason.missing(input: "/sys/bus/dax/devices/\(name)")
    size = .unknown(missing)
    align = .unknown(missing)
    node = .unknown(missing)
    memmapOnMemory = .unknown(missing)
    state = .unknown(missing)
  }

  /// Whether it is System RAM now; since 7.3 one of driver kmem can be unplugged and stay bound.
  package var isRAM: Bool { driver == .kmem && state.value != "unplugged" }
}
