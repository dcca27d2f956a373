internal import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import Yams

/// Reads one class of a fleet spec.
package struct MachineClassReader {
  package static let keys =
    MachineSpecReader.keys + [
      "count", "kernel", "cmdline", "profile", "hugepages", "balloon", "pinners", "devices",
      "sysctl", "swap", "goals",
    ]

  let keys: ClassKeys
  let file: String

  func read() throws(YAMLError) -> MachineClass {
    var machineClass = MachineClass(machine: try machine(), places: places())
    machineClass.count =
      try keys.value("count") { (mapping, _) throws(YAMLError) in
        try mapping.number("count", in: 0...100_000_000)
      }.flatMap { $0 }.map { Int($0) } ?? 1
    machineClass.kernels = try kernels()
    machineClass.profile = try keys.text("profile")
    try readCommandLine(into: &machineClass)
    machineClass.hugePages = try list("hugepages", hugePages)
    machineClass.balloons = try names("balloon", Self.balloons)
    machineClass.pinners = try names("pinners", Self.pinners)
    machineClass.devices = try list("devices", devices).flatMap { $0 }
    machineClass.sysctls = try sysctls()
    machineClass.swap =
      try keys.value("swap") { (mapping, _) throws(YAMLError) in
        try mapping.size("swap") ?? .zero
      } ?? .zero
    machineClass.goals = try goals()
    return machineClass
  }

  private func places() -> ClassPlaces {
    let mark = keys.own.mapping.mark
    var places = ClassPlaces(
      file: file,
      line: (mark?.line ?? 1) + keys.own.offset,
      column: mark?.column ?? 1
    )
    for key in Self.keys {
      if let place = keys.place(key) { places.add(key, line: place.line, column: place.column) }
    }
    return places
  }

  // MARK: The machine

  /// The hardware's keys together, each from the class or from the defaults.
  private func machine() throws(YAMLError) -> MachineSpec {
    guard keys.own.mapping["name"] != nil else {
      throw keys.failure("key name is missing", at: "name")
    }
    let missing = ["arch", "nodes"].first { keys.source(of: $0) == nil }
    if let missing {
      throw keys.failure("key \(missing) is missing, here and in defaults", at: missing)
    }
    var pairs: [(key: String, value: Node)] = []
    for key in MachineSpecReader.keys {
      guard let node = keys.source(of: key)?.mapping[key] else { continue }
      pairs.append((key, node))
    }
    do throws(YAMLError) {
      return try MachineSpecReader.hardware(YAMLMapping(pairs, like: keys.own.mapping), file: file)
    } catch {
      // The message names the key; its line counts from where that key was read.
      let culprit = pairs.first { pair in
        pair.value.mark?.line == error.line && pair.value.mark?.column == error.column
      }
      let source = culprit.flatMap { keys.source(of: $0.key) } ?? keys.source(of: "nodes")
      throw error.moved(by: source?.offset ?? 0)
    }
  }

  private func kernels() throws(YAMLError) -> [KernelVersion?] {
    let texts: [String]? = try keys.value("kernel") { (mapping, node) throws(YAMLError) in
      node.sequence == nil ? [try mapping.text("kernel")] : try mapping.texts("kernel")
    }
    guard let texts else { return [nil] }
    guard let kernels = KernelRange.releases(texts) else {
      throw keys.failure(KernelRange.expectation, at: "kernel")
    }
    guard !kernels.isEmpty else { throw keys.failure("kernel must not be empty", at: "kernel") }
    return kernels
  }

  // MARK: Command line

  private func readCommandLine(into machineClass: inout MachineClass) throws(YAMLError) {
    let file = self.file
    let found: (nodes: [Node], reference: MachineClass.FileReference?)? =
      try keys.value("cmdline") { (_, node) throws(YAMLError) in
        if let items = node.sequence {
          for item in items where item.scalar == nil {
            throw YAMLDocument.refusal("an item of cmdline must be a text", item, file: file)
          }
          return (Array(items), nil)
        }
        guard node.mapping != nil else {
          guard node.scalar != nil else {
            throw YAMLDocument.refusal("cmdline must be a text or a list", node, file: file)
          }
          return ([node], nil)
        }
        let mapping = try YAMLMapping(node, file: file, allowed: ["file", "entry", "append"])
        let reference = MachineClass.FileReference(
          path: try mapping.text("file"),
          entry: try mapping.optionalText("entry")
        )
        return (mapping["append"].map { [$0] } ?? [], reference)
      }
    guard let found else { return }
    machineClass.commandLine = ClassCommandLine(
      keys.words(of: found.nodes, key: "cmdline", file: file)
    )
    machineClass.commandLineFile = found.reference
  }

  // MARK: Lists

  private func list<Value>(
    _ key: String,
    _ read: (Node) throws(YAMLError) -> Value
  ) throws(YAMLError) -> [Value] {
    let file = self.file
    return try keys.value(key) { (_, node) throws(YAMLError) in
      guard let items = node.sequence, items.count <= 4096 else {
        throw YAMLDocument.refusal("\(key) must be a list of at most 4096", node, file: file)
      }
      var values: [Value] = []
      for item in items { values.append(try read(item)) }
      return values
    } ?? []
  }

  private func hugePages(_ node: Node) throws(YAMLError) -> MachineClass.HugePageRequest {
    let item = try YAMLMapping(node, file: file, allowed: ["size", "count", "node", "when"])
    guard let size = try item.size("size"), size.count.nonzeroBitCount == 1 else {
      throw item.failure("size must be a huge page's, such as 2MiB or 1GiB", at: "size")
    }
    guard let count = try item.number("count", in: 0...1 << 32) else {
      throw item.failure("key count is missing", at: "count")
    }
    let when = try item.optionalText("when") ?? "boot"
    guard ["boot", "runtime"].contains(when) else {
      throw item.failure("when must be boot or runtime", at: "when")
    }
    return MachineClass.HugePageRequest(
      size: size,
      count: count,
      node: try item.number("node", in: 0...1023).map { NodeID(UInt32($0)) },
      isAtBoot: when == "boot"
    )
  }

  private func devices(_ node: Node) throws(YAMLError) -> [GrowthStep] {
    let item = try YAMLMapping(
      node,
      file: file,
      allowed: ["kind", "size", "node", "count", "mode", "memmap"]
    )
    var name = try item.text("kind")
    let mode = try item.optionalText("mode")
    let map = try item.optionalText("memmap")
    guard name == "pmem" || mode == nil && map == nil else {
      throw item.failure("only pmem has mode and memmap", at: mode == nil ? "memmap" : "mode")
    }
    if let mode { name += ",mode=\(mode)" }
    if let map { name += ",map=\(map)" }
    guard let device = HotplugDevice(name: name) else {
      throw item.failure(
        "no such device: kinds are \(HotplugDevice.names.joined(separator: ", ")); pmem has mode "
          + "fsdax, devdax or system-ram and memmap mem or dev",
        at: mode == nil ? "kind" : "mode"
      )
    }
    guard let size = try item.size("size"), size > 0, size <= .gibibytes(1 << 20) else {
      throw item.failure("size must be a size up to 1PiB, such as 64GiB", at: "size")
    }
    let count = try item.number("count", in: 1...1024) ?? 1
    let place = NodeID(UInt32(try item.number("node", in: 0...1023) ?? 0))
    return (0..<count).map { _ in GrowthStep(device: device, size: size, node: place) }
  }

  private static let balloons: [String: BalloonDevice.Driver] = [
    "virtio": .virtio, "hyper-v": .hyperV, "xen": .xen, "vmware": .vmware,
    "virtualbox": .virtualBox, "pseries-cmm": .pseriesCMM, "s390-cmm": .s390CMM,
  ]

  /// The spec's name for a driver.
  static func name(of driver: BalloonDevice.Driver) -> String? {
    balloons.first { $0.value == driver }?.key
  }

  private static let pinners: [String: PinningDevice.Kind] = [
    "rdma": .rdma, "vfio": .vfio, "vdpa": .vdpa, "gpu": .gpu, "sev": .sev,
  ]

  /// A name or a list of names.
  private func names<Value>(
    _ key: String,
    _ known: [String: Value]
  ) throws(YAMLError) -> [Value] {
    try keys.value(key) { (mapping, node) throws(YAMLError) in
      let texts = node.sequence == nil ? [try mapping.text(key)] : try mapping.texts(key)
      if texts == ["none"] { return [] }
      var values: [Value] = []
      for text in texts {
        guard let value = known[text] else {
          let names = known.keys.sorted().joined(separator: ", ")
          throw mapping.failure("\(key): no \(text); there are \(names), none", at: key)
        }
        values.append(value)
      }
      return values
    } ?? []
  }

  private func sysctls() throws(YAMLError) -> [String: String] {
    let file = self.file
    return try keys.value("sysctl") { (_, node) throws(YAMLError) in
      guard let mapping = node.mapping else {
        throw YAMLDocument.refusal("sysctl must be a mapping (name: value)", node, file: file)
      }
      var settings: [String: String] = [:]
      for (name, value) in mapping {
        guard let key = name.string, let text = value.scalar?.string else {
          throw YAMLDocument.refusal("a sysctl is name: value", value, file: file)
        }
        if let setting = KernelSetting.sysctl(key), setting.normal(text) == nil {
          throw YAMLDocument.refusal("the kernel takes no \(key)=\(text)", value, file: file)
        }
        settings[key] = text
      }
      return settings
    } ?? [:]
  }

  private func goals() throws(YAMLError) -> MachineClass.Goals {
    let file = self.file
    return try keys.value("goals") { (_, node) throws(YAMLError) in
      let mapping = try YAMLMapping(node, file: file, allowed: ["hotUnplug", "movable"])
      var goals = MachineClass.Goals()
      let unplug = try mapping.optionalText("hotUnplug") ?? "none"
      guard ["required", "none"].contains(unplug) else {
        throw mapping.failure("hotUnplug must be required or none", at: "hotUnplug")
      }
      goals.needsHotUnplug = unplug == "required"
      if let text = try mapping.optionalText("movable") {
        guard let wish = MovableWish(text: text) else {
          throw mapping.failure("movable must be max, a size or a ratio (3:1)", at: "movable")
        }
        goals.movable = wish
      }
      return goals
    } ?? MachineClass.Goals()
  }
}
