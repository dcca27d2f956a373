internal import SourceText

/// `daxctl list`, with or without regions around the devices: JSON, sizes in bytes.
enum DaxctlOutput: DumpSubstitute {
  static let outputs = ["daxctl_list"]
  /// Where devices are put that only daxctl tells of: under /sys/bus they would say that there are no
  /// devices of any other bus.
  static let folder = "/substitutes/dax"

  static func complete(_ dump: inout IncompleteDump) {
    guard dump.isUnlisted("/sys/bus"),
      let found = dump.output(of: "daxctl_list") ?? dump.output(of: "daxctl"),
      let devices = parse(found.text)
    else { return }
    dump.addFolder(folder + "/devices")
    for device in devices where device.name.hasPrefix("dax") && !device.name.contains("/") {
      let path = "\(folder)/devices/\(device.name)"
      dump.addFolder(path)
      for (name, value) in [
        ("size", device.size), ("align", device.align), ("target_node", device.node),
      ] {
        if let value { dump.add("\(path)/\(name)", "\(value)\n") }
      }
      let driver =
        device.mode == "system-ram" ? "kmem" : device.mode == "devdax" ? "device_dax" : nil
      if let driver { dump.addFolder("\(folder)/drivers/\(driver)/\(device.name)") }
    }
    dump.use(found.path, for: "/sys/bus/dax")
  }

  // MARK: Reading

  private struct Device {
    var name: String
    var size: UInt64?
    var align: UInt64?
    var node: UInt64?
    /// `system-ram` or `devdax`.
    var mode: String?
  }

  /// Nil where it is not what daxctl prints; a machine without devices prints nothing or `[]`.
  private static func parse(_ text: String) -> [Device]? {
    guard text.contains(where: { $0 == "[" || $0 == "{" }) else { return [] }
    var reader = JSONReader(Array(text.utf8), file: "daxctl")
    var devices: [Device] = []
    do throws(LocatedError) {
      try list(&reader, &devices)
      try reader.end()
    } catch {
      return nil
    }
    // The same device under two regions, or one without a name, is no list that can be trusted.
    return Set(devices.map(\.name)).count == devices.count ? devices : nil
  }

  /// One object, or an array of them.
  private static func list(
    _ reader: inout JSONReader,
    _ devices: inout [Device]
  ) throws(LocatedError) {
    guard reader.peek() == UInt8(ascii: "[") else { return try entry(&reader, &devices) }
    try reader.array { reader throws(LocatedError) in try entry(&reader, &devices) }
  }

  /// A device, or a region with `devices` in it.
  private static func entry(
    _ reader: inout JSONReader,
    _ devices: inout [Device]
  ) throws(LocatedError) {
    var device = Device(name: "")
    var inner: [Device] = []
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "chardev": device.name = try reader.string()
      case "mode": device.mode = try reader.string()
      case "size" where isNumber(&reader): device.size = try reader.number()
      case "align" where isNumber(&reader): device.align = try reader.number()
      case "target_node" where isNumber(&reader): device.node = try reader.number()
      case "devices": try list(&reader, &inner)
      default: try reader.skip()
      }
    }
    if !device.name.isEmpty { devices.append(device) }
    devices += inner
  }

  /// `daxctl list -u` prints sizes for people.
  private static func isNumber(_ reader: inout JSONReader) -> Bool {
    reader.peek().map { $0 &- 0x30 < 10 } ?? false
  }
}
