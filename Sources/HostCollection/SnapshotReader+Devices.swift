internal import HostModel

extension JSONReader {
  mutating func devices() throws(JSONError) -> HostDevices {
    var devices = HostDevices()
    try object { reader, name throws(JSONError) in
      switch name {
      case "balloons": devices.balloons = try reader.list { r throws(JSONError) in try r.balloon() }
      case "virtioMem":
        devices.virtioMem = try reader.list { r throws(JSONError) in try r.string() }
      case "persistentMemory":
        devices.persistentMemory = try reader.list { r throws(JSONError) in
          try r.persistentMemory()
        }
      case "dax": devices.dax = try reader.list { r throws(JSONError) in try r.dax() }
      case "cxl": devices.cxl = try reader.list { r throws(JSONError) in try r.string() }
      case "pinners": devices.pinners = try reader.list { r throws(JSONError) in try r.pinner() }
      case "zram": devices.zram = try reader.list { r throws(JSONError) in try r.zram() }
      case "udevRules": devices.udevRules = try reader.list { r throws(JSONError) in try r.rule() }
      case "daxctl": devices.daxctl = try reader.list { r throws(JSONError) in try r.section() }
      default: try reader.skip()
      }
    }
    return devices
  }

  private mutating func list<Value>(
    _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Reading<[Value]> {
    try reading { reader throws(JSONError) in try reader.elements(body) }
  }

  private mutating func bytesReading() throws(JSONError) -> Reading<ByteCount> {
    try countReading().map { ByteCount($0) }
  }

  private mutating func nodeReading() throws(JSONError) -> Reading<NodeID> {
    try reading { reader throws(JSONError) in NodeID(try reader.number()) }
  }

  private mutating func optionalString() throws(JSONError) -> String? {
    null() ? nil : try string()
  }

  private mutating func balloon() throws(JSONError) -> BalloonDevice {
    var driver: BalloonDevice.Driver?
    var balloon = BalloonDevice(driver: .virtio, seenAt: "")
    try object { reader, name throws(JSONError) in
      switch name {
      case "driver": driver = BalloonDevice.Driver(rawValue: try reader.string())
      case "seenAt": balloon.seenAt = try reader.string()
      case "features": balloon.features = try reader.stringReading()
      case "targetBytes": balloon.target = try reader.bytesReading()
      case "currentBytes": balloon.current = try reader.bytesReading()
      default: try reader.skip()
      }
    }
    balloon.driver = try required(driver, "driver")
    return balloon
  }

  private mutating func persistentMemory() throws(JSONError) -> PersistentMemoryDevice {
    var kind: PersistentMemoryDevice.Kind?
    var device = PersistentMemoryDevice(name: "", kind: .namespace)
    try object { reader, name throws(JSONError) in
      switch name {
      case "name": device.name = try reader.string()
      case "kind": kind = PersistentMemoryDevice.Kind(word: try reader.string())
      case "sizeBytes": device.size = try reader.bytesReading()
      case "mode": device.mode = try reader.stringReading()
      case "namespace": device.namespace = try reader.stringReading()
      case "node": device.node = try reader.nodeReading()
      default: try reader.skip()
      }
    }
    device.kind = try required(kind, "kind")
    return device
  }

  private mutating func dax() throws(JSONError) -> DAXDevice {
    var driver: DAXDevice.Driver?
    var device = DAXDevice(name: "", driver: .none)
    try object { reader, name throws(JSONError) in
      switch name {
      case "name": device.name = try reader.string()
      case "driver": driver = DAXDevice.Driver(word: try reader.string())
      case "sizeBytes": device.size = try reader.bytesReading()
      case "alignBytes": device.align = try reader.bytesReading()
      case "node": device.node = try reader.nodeReading()
      case "memmapOnMemory": device.memmapOnMemory = try reader.stringReading().map { $0 == "1" }
      default: try reader.skip()
      }
    }
    device.driver = try required(driver, "driver")
    return device
  }

  private mutating func pinner() throws(JSONError) -> PinningDevice {
    let members = try texts(["kind", "name", "seenAt"])
    guard let kind = PinningDevice.Kind(rawValue: members[0]) else {
      throw error("not a kind of device that zonewise knows")
    }
    return PinningDevice(kind: kind, name: members[1], seenAt: members[2])
  }

  private mutating func zram() throws(JSONError) -> ZRAMDevice {
    let missing = Reading<ByteCount>.unknown(.undetermined("not in the snapshot"))
    var device = ZRAMDevice(name: "", diskSize: 0, stored: missing, used: missing)
    try object { reader, name throws(JSONError) in
      switch name {
      case "name": device.name = try reader.string()
      case "diskSizeBytes": device.diskSize = ByteCount(try reader.number())
      case "storedBytes": device.stored = try reader.bytesReading()
      case "usedBytes": device.used = try reader.bytesReading()
      default: try reader.skip()
      }
    }
    return device
  }

  private mutating func rule() throws(JSONError) -> UdevMemoryRule {
    var rule = UdevMemoryRule(file: "", line: 0, action: "", isConditional: false)
    try object { reader, name throws(JSONError) in
      switch name {
      case "file": rule.file = try reader.string()
      case "line": rule.line = try reader.number()
      case "action": rule.action = try reader.string()
      case "isConditional": rule.isConditional = try reader.bool()
      default: try reader.skip()
      }
    }
    return rule
  }

  private mutating func section() throws(JSONError) -> DaxctlSection {
    var section = DaxctlSection(file: "", name: "")
    try object { reader, name throws(JSONError) in
      switch name {
      case "file": section.file = try reader.string()
      case "name": section.name = try reader.string()
      case "mode": section.mode = try reader.optionalString()
      case "online": section.online = try reader.optionalString()
      case "movable": section.movable = try reader.optionalString()
      default: try reader.skip()
      }
    }
    return section
  }

  mutating func tallies() throws(JSONError) -> [UInt64: PageTally] {
    var tallies: [UInt64: PageTally] = [:]
    try array { reader throws(JSONError) in
      let numbers: [UInt64] = try reader.numbers()
      guard numbers.count == 9 else { throw reader.error("expected nine numbers") }
      var tally = PageTally()
      tally.absent = numbers[1]
      tally.reserved = numbers[2]
      tally.free = numbers[3]
      tally.kernel = numbers[4]
      tally.user = numbers[5]
      tally.huge = numbers[6]
      tally.unclear = numbers[7]
      tally.poisoned = numbers[8]
      tallies[numbers[0]] = tally
    }
    return tallies
  }
}
