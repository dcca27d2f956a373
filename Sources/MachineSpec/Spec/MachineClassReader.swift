package import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import SourceText

/// Reads one class of a fleet spec.
package struct MachineClassReader {
  package static let keys =
    MachineSpecReader.keys + [
      "count", "kernel", "cmdline", "profile", "hugepages", "balloon", "pinners", "devices",
      "sysctl", "swap", "kernelBaseline", "maxMemory", "goals", "needs",
    ]

  let keys: ClassKeys

  func read() throws(LocatedError) -> MachineClass {
    var machineClass = MachineClass(machine: try machine(), places: places())
    machineClass.count =
      try keys.value("count") { (mapping, _) throws(LocatedError) in
        try mapping.number("count", in: 0...100_000_000)
      }.flatMap { $0 }.map { Int($0) } ?? 1
    machineClass.kernels = try kernels()
    machineClass.profile = try keys.text("profile")
    try readCommandLine(into: &machineClass)
    machineClass.hugePages = try list("hugepages", hugePages)
    machineClass.balloons = try names("balloon", Self.balloons)
    machineClass.pinners = try names("pinners", Self.pinners)
    let devices = try list("devices", devices).flatMap { $0 }
    machineClass.devices = devices.filter { !$0.isAtBoot }.map(\.step)
    try boot(devices.filter(\.isAtBoot).map(\.step), in: &machineClass)
    machineClass.kernelBaseline = try size("kernelBaseline")
    try readMaximum(into: &machineClass)
    machineClass.sysctls = try sysctls()
    machineClass.swap =
      try keys.value("swap") { (mapping, _) throws(LocatedError) in
        try mapping.size("swap") ?? .zero
      } ?? .zero
    machineClass.goals = try goals()
    machineClass.needs = try needs()
    return machineClass
  }

  private func places() -> ClassPlaces {
    var places = ClassPlaces(start: keys.own.node.place)
    for key in Self.keys {
      if let place = keys.place(key) { places[key] = place }
    }
    return places
  }

  // MARK: The machine

  /// The hardware's keys together, each from the class or from the defaults.
  private func machine() throws(LocatedError) -> MachineSpec {
    guard keys.own["name"] != nil else {
      throw keys.failure("key name is missing", at: "name")
    }
    let missing = ["arch", "nodes"].first { keys.source(of: $0) == nil }
    if let missing {
      throw keys.failure("key \(missing) is missing, here and in defaults", at: missing)
    }
    var pairs: [(key: String, value: YAMLNode)] = []
    for key in MachineSpecReader.keys {
      guard let node = keys.source(of: key)?[key] else { continue }
      pairs.append((key, node))
    }
    return try MachineSpecReader.hardware(YAMLMapping(pairs, like: keys.own))
  }

  private func kernels() throws(LocatedError) -> [KernelVersion?] {
    let texts: [String]? = try keys.value("kernel") { (mapping, node) throws(LocatedError) in
      node.items == nil ? [try mapping.text("kernel")] : try mapping.texts("kernel")
    }
    guard let texts else { return [nil] }
    guard let kernels = KernelRange.releases(texts) else {
      throw keys.failure(KernelRange.expectation, at: "kernel")
    }
    guard !kernels.isEmpty else { throw keys.failure("kernel must not be empty", at: "kernel") }
    return kernels
  }

  private func size(_ key: String) throws(LocatedError) -> ByteCount? {
    try keys.value(key) { (mapping, _) throws(LocatedError) in try mapping.size(key) }
      .flatMap { $0 }
  }

  /// Devices that are there when the machine boots are a part of their node's memory.
  private func boot(
    _ devices: [GrowthStep],
    in machineClass: inout MachineClass
  ) throws(LocatedError) {
    for device in devices {
      guard let index = machineClass.machine.nodes.firstIndex(where: { $0.id == device.node }),
        let memory = machineClass.machine.nodes[index].memory
      else {
        throw keys.failure(
          "\(device.text) is there at boot: its node must be in nodes, with a size (memory)",
          at: "devices"
        )
      }
      machineClass.machine.nodes[index].memory = memory + device.size
    }
  }

  private func readMaximum(into machineClass: inout MachineClass) throws(LocatedError) {
    guard let most = try size("maxMemory") else { return }
    guard !machineClass.balloons.isEmpty else {
      throw keys.failure(
        "maxMemory is what a balloon keeps memory back from: name the balloon, or give what is plugged "
          + "in as devices",
        at: "maxMemory"
      )
    }
    let memories = machineClass.machine.nodes.compactMap(\.memory)
    guard memories.count == machineClass.machine.nodes.count,
      most >= memories.reduce(.zero, +)
    else {
      throw keys.failure(
        "maxMemory must not be below the memory of all nodes, which must be sizes",
        at: "maxMemory"
      )
    }
    machineClass.maxMemory = most
  }

  // MARK: Command line

  private func readCommandLine(into machineClass: inout MachineClass) throws(LocatedError) {
    let found: (nodes: [YAMLNode], reference: MachineClass.FileReference?)? =
      try keys.value("cmdline") { (_, node) throws(LocatedError) in
        if let items = node.items {
          for item in items where item.string == nil {
            throw item.failure("an item of cmdline must be a text")
          }
          return (Array(items), nil)
        }
        guard node.entries != nil else {
          guard node.string != nil else {
            throw node.failure("cmdline must be a text or a list")
          }
          return ([node], nil)
        }
        let mapping = try YAMLMapping(node, allowed: ["file", "entry", "append"])
        let reference = MachineClass.FileReference(
          path: try mapping.text("file"),
          entry: try mapping.optionalText("entry")
        )
        return (mapping["append"].map { [$0] } ?? [], reference)
      }
    guard let found else { return }
    machineClass.commandLine = ClassCommandLine(
      ClassCommandLine.words(of: found.nodes)
    )
    machineClass.commandLineFile = found.reference
  }

  // MARK: Lists

  private func list<Value>(
    _ key: String,
    _ read: (YAMLNode) throws(LocatedError) -> Value
  ) throws(LocatedError) -> [Value] {
    return try keys.value(key) { (_, node) throws(LocatedError) in
      guard let items = node.items, items.count <= 4096 else {
        throw node.failure("\(key) must be a list of at most 4096")
      }
      var values: [Value] = []
      for item in items { values.append(try read(item)) }
      return values
    } ?? []
  }

  private func hugePages(_ node: YAMLNode) throws(LocatedError) -> MachineClass.HugePageRequest {
    let item = try YAMLMapping(node, allowed: ["size", "count", "node", "when"])
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

  private func needs() throws(LocatedError) -> [MemoryNeed] {
    let texts: [(YAMLNode, MemoryNeed)] = try list("needs") { (node) throws(LocatedError) in
      guard let text = node.string else {
        throw node.failure("a need is a text such as hugetlb:1GiB=32@0, cma=2GiB or pin=64GiB")
      }
      do throws(MemoryNeed.Mistake) { return (node, try MemoryNeed(text: text)) } catch {
        throw node.failure("\(error)")
      }
    }
    for index in texts.indices {
      do throws(MemoryNeed.Mistake) {
        try MemoryNeed.check(texts[...index].map(\.1))
      } catch {
        throw texts[index].0.failure("\(error)")
      }
    }
    return texts.map(\.1)
  }

  /// A device, and whether it is there when the machine boots.
  private struct Device {
    var step: GrowthStep
    var isAtBoot: Bool
  }

  /// Kinds whose blocks somebody in particular brings online: the driver of a GPU whose memory is
  /// coherent, an operator with chmem.
  private static let handled = ["gpu", "standby"]

  private func devices(_ node: YAMLNode) throws(LocatedError) -> [Device] {
    let item = try YAMLMapping(
      node,
      allowed: ["kind", "size", "node", "count", "mode", "memmap", "when", "online"]
    )
    let kind = try item.text("kind")
    var name = Self.handled.contains(kind) ? "block" : kind
    let mode = try item.optionalText("mode")
    let map = try item.optionalText("memmap")
    guard name == "pmem" || mode == nil && map == nil else {
      throw item.failure("only pmem has mode and memmap", at: mode == nil ? "memmap" : "mode")
    }
    if let mode { name += ",mode=\(mode)" }
    if let map { name += ",map=\(map)" }
    guard let device = HotplugDevice(name: name) else {
      throw item.failure(
        "no such device: kinds are \((HotplugDevice.names + Self.handled).joined(separator: ", ")); pmem has mode "
          + "fsdax, devdax or system-ram and memmap mem or dev",
        at: mode == nil ? "kind" : "mode"
      )
    }
    guard let size = try item.size("size"), size > 0, size <= .gibibytes(1 << 20) else {
      throw item.failure("size must be a size up to 1PiB, such as 64GiB", at: "size")
    }
    let count = try item.number("count", in: 1...1024) ?? 1
    let when = try item.optionalText("when") ?? "runtime"
    guard ["boot", "runtime"].contains(when) else {
      throw item.failure("when must be boot or runtime", at: "when")
    }
    var step = GrowthStep(
      device: device,
      size: size,
      node: NodeID(UInt32(try item.number("node", in: 0...1023) ?? 0))
    )
    step.onlined = try online(item) ?? (Self.handled.contains(kind) ? .onlineMovable : nil)
    if Self.handled.contains(kind) { step.kind = kind }
    let found = Device(step: step, isAtBoot: when == "boot")
    return Array(repeating: found, count: Int(count))
  }

  /// What brings its blocks online, where that is neither the kernel nor udev.
  private func online(_ item: YAMLMapping) throws(LocatedError) -> OnlineType? {
    guard let word = try item.optionalText("online") else { return nil }
    let types: [String: OnlineType] = [
      "movable": .onlineMovable, "kernel": .onlineKernel, "offline": .offline,
    ]
    guard let type = types[word] else {
      throw item.failure(
        "online must be movable, kernel or offline: as what its driver or operator onlines it",
        at: "online"
      )
    }
    return type
  }

  private static let balloons: [String: BalloonDevice.Driver] = [
    "virtio": .virtio, "hyper-v": .hyperV, "xen": .xen, "vmware": .vmware,
    "virtualbox": .virtualBox, "pseries-cmm": .pseriesCMM, "s390-cmm": .s390CMM,
  ]

  /// The spec's name for a driver.
  package static func name(of driver: BalloonDevice.Driver) -> String? {
    balloons.first { $0.value == driver }?.key
  }

  private static let pinners: [String: PinningDevice.Kind] = [
    "rdma": .rdma, "vfio": .vfio, "vdpa": .vdpa, "gpu": .gpu, "sev": .sev,
  ]

  /// A name or a list of names.
  private func names<Value>(
    _ key: String,
    _ known: [String: Value]
  ) throws(LocatedError) -> [Value] {
    try keys.value(key) { (mapping, node) throws(LocatedError) in
      let texts = node.items == nil ? [try mapping.text(key)] : try mapping.texts(key)
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

  private func sysctls() throws(LocatedError) -> [String: String] {
    return try keys.value("sysctl") { (_, node) throws(LocatedError) in
      guard let mapping = node.entries else {
        throw node.failure("sysctl must be a mapping (name: value)")
      }
      var settings: [String: String] = [:]
      for (name, value) in mapping {
        guard let key = name.string, let text = value.string else {
          throw value.failure("a sysctl is name: value")
        }
        if let setting = KernelSetting.sysctl(key), setting.normal(text) == nil {
          throw value.failure("the kernel takes no \(key)=\(text)")
        }
        settings[key] = text
      }
      return settings
    } ?? [:]
  }

  private func goals() throws(LocatedError) -> MachineClass.Goals {
    return try keys.value("goals") { (_, node) throws(LocatedError) in
      let mapping = try YAMLMapping(node, allowed: ["hotUnplug", "movable"])
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
