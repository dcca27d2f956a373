internal import HostModel

extension JSONWriter {
  mutating func devices(_ devices: HostDevices) {
    object("devices") {
      $0.list("balloons", devices.balloons) { $0.balloon($1) }
      $0.list("virtioMem", devices.virtioMem) { $0.append(string: $1) }
      $0.list("persistentMemory", devices.persistentMemory) { $0.persistentMemory($1) }
      $0.list("dax", devices.dax) { $0.dax($1) }
      $0.list("cxl", devices.cxl) { $0.append(string: $1) }
      $0.list("pinners", devices.pinners) { writer, device in
        writer.object {
          $0.string("kind", device.kind.rawValue)
          $0.string("name", device.name)
          $0.string("seenAt", device.seenAt)
        }
      }
      $0.list("zram", devices.zram) { writer, device in
        writer.object {
          $0.string("name", device.name)
          $0.number("diskSizeBytes", device.diskSize.count)
          $0.bytes("storedBytes", device.stored)
          $0.bytes("usedBytes", device.used)
        }
      }
      $0.list("udevRules", devices.udevRules) { writer, rule in
        writer.object {
          $0.string("file", rule.file)
          $0.number("line", Int64(rule.line))
          $0.string("action", rule.action)
          $0.bool("isConditional", rule.isConditional)
        }
      }
      $0.list("daxctl", devices.daxctl) { writer, section in
        writer.object {
          $0.string("file", section.file)
          $0.string("name", section.name)
          $0.string("mode", section.mode)
          $0.string("online", section.online)
          $0.string("movable", section.movable)
        }
      }
    }
  }

  private mutating func list<Element>(
    _ key: String,
    _ reading: Reading<[Element]>,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    self.reading(key, reading) { $0.elements($1, body) }
  }

  private mutating func bytes(_ key: String, _ reading: Reading<ByteCount>) {
    self.reading(key, reading) { $0.append(number: $1.count) }
  }

  private mutating func text(_ key: String, _ reading: Reading<String>) {
    self.reading(key, reading) { $0.append(string: $1) }
  }

  private mutating func balloon(_ balloon: BalloonDevice) {
    object {
      $0.string("driver", balloon.driver.rawValue)
      $0.string("seenAt", balloon.seenAt)
      $0.text("features", balloon.features)
      $0.bytes("targetBytes", balloon.target)
      $0.bytes("currentBytes", balloon.current)
    }
  }

  private mutating func persistentMemory(_ device: PersistentMemoryDevice) {
    object {
      $0.string("name", device.name)
      $0.string("kind", device.kind.word)
      $0.bytes("sizeBytes", device.size)
      $0.text("mode", device.mode)
      $0.text("namespace", device.namespace)
      $0.reading("node", device.node) { $0.append(number: UInt64($1.number)) }
    }
  }

  private mutating func dax(_ device: DAXDevice) {
    object {
      $0.string("name", device.name)
      $0.string("driver", device.driver.word)
      $0.bytes("sizeBytes", device.size)
      $0.bytes("alignBytes", device.align)
      $0.reading("node", device.node) { $0.append(number: UInt64($1.number)) }
      $0.text("memmapOnMemory", device.memmapOnMemory.map { $0 ? "1" : "0" })
    }
  }

  /// `[[block, absent, reserved, free, kernel, user, huge, unclear, poisoned], …]`.
  mutating func tallies(_ tallies: [UInt64: PageTally]) {
    elements(tallies.sorted { $0.key < $1.key }) { writer, entry in
      let tally = entry.value
      let numbers = [
        entry.key, tally.absent, tally.reserved, tally.free, tally.kernel, tally.user, tally.huge,
        tally.unclear, tally.poisoned,
      ]
      writer.elements(numbers) { $0.append(number: $1) }
    }
  }
}

extension PersistentMemoryDevice.Kind {
  var word: String {
    switch self {
    case .namespace: "namespace"
    case .pfn: "pfn"
    case .dax: "dax"
    }
  }

  init?(word: String) {
    switch word {
    case "namespace": self = .namespace
    case "pfn": self = .pfn
    case "dax": self = .dax
    default: return nil
    }
  }
}

extension DAXDevice.Driver {
  var word: String {
    switch self {
    case .deviceDAX: "device_dax"
    case .kmem: "kmem"
    case .none: "none"
    }
  }

  init?(word: String) {
    switch word {
    case "device_dax": self = .deviceDAX
    case "kmem": self = .kmem
    case "none": self = .none
    default: return nil
    }
  }
}
