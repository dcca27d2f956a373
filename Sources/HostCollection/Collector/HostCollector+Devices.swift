internal import HostModel
internal import KernelText
internal import SystemIO

extension HostCollector {
  /// Devices and drivers: directory listings and one-line files, none of which most hosts have.
  mutating func readDevices(modules: Reading<[String]>) -> HostDevices {
    let modules = Set(modules.value ?? [])
    var devices = HostDevices()
    if let reason = unlisted("/sys/bus") {
      // Loaded modules alone still show some balloons.
      let loaded = moduleBalloons(modules)
      devices.balloons = loaded.isEmpty ? .unknown(reason) : .known(loaded)
      if unlisted(DaxctlOutput.folder + "/devices") == nil {
        devices.dax = .known(daxDevices(DaxctlOutput.folder))
      }
    } else {
      devices.balloons = .known(busBalloons() + moduleBalloons(modules))
      devices.virtioMem = .known(devicesOf("virtio", driver: "virtio_mem"))
      devices.persistentMemory = .known(persistentMemory())
      devices.dax = .known(daxDevices("/sys/bus/dax"))
      devices.cxl = .known(names("/sys/bus/cxl/devices").filter { isCXLMemory($0) })
    }
    if unlisted("/sys/bus") == nil || unlisted("/sys/class") == nil {
      devices.pinners = .known(pinners(modules))
    }
    if unlisted("/sys/block") == nil { devices.zram = .known(zramDevices()) }
    readOnlineRules(into: &devices)
    return devices
  }

  // MARK: Directories

  /// Why a directory can't be listed, or nil where it can.
  func unlisted(_ directory: String) -> UnknownReason? {
    do throws(ReadFailure) {
      _ = try source.names(in: directory)
      return nil
    } catch {
      return error == .missing
        ? .missing(input: directory) : .unreadable(input: directory, cause: error.description)
    }
  }

  /// The names in a directory in order; none where it is not there.
  func names(_ directory: String) -> [String] {
    ((try? source.names(in: directory)) ?? []).sorted()
  }

  /// Devices bound to a driver: its directory links to them beside `bind` and `uevent`.
  func devicesOf(_ bus: String, driver: String) -> [String] {
    bound("/sys/bus/\(bus)/drivers/\(driver)")
  }

  private func bound(_ folder: String) -> [String] {
    names(folder).filter {
      !["bind", "unbind", "uevent", "new_id", "remove_id", "module"].contains($0)
    }
  }

  mutating func line(_ path: String) -> Reading<String> {
    attempt(HostInput(path: path, effect: nil, limit: 64 << 10)) { text, file throws(ParseError) in
      try SettingText.value(text, file: file)
    }
  }

  mutating func size(_ path: String, unit: UInt64 = 1) -> Reading<ByteCount> {
    number(path).map { ByteCount($0) * unit }
  }

  mutating func number(_ path: String) -> Reading<UInt64> {
    line(path).flatMap { text in
      UInt64(text).map { .known($0) }
        ?? .unknown(.rejected(input: path, field: text, why: "not a number"))
    }
  }

  mutating func flag(_ path: String) -> Reading<Bool> {
    line(path).flatMap { text in
      KernelFormat<Bool>.bit.parse(text).map { .known($0, from: Input(path)) }
        ?? .unknown(.rejected(input: path, field: text, why: "neither on nor off"))
    }
  }

  mutating func node(_ path: String) -> Reading<NodeID> {
    line(path).flatMap { text in
      // -1 stands for no node.
      UInt32(text).map { .known(NodeID($0)) }
        ?? .unknown(.rejected(input: path, field: text, why: "no node"))
    }
  }

  // MARK: Balloons

  private mutating func busBalloons() -> [BalloonDevice] {
    var balloons: [BalloonDevice] = []
    for name in devicesOf("virtio", driver: "virtio_balloon") {
      let folder = "/sys/bus/virtio/drivers/virtio_balloon/\(name)"
      var balloon = BalloonDevice(driver: .virtio, seenAt: folder)
      balloon.features = line("\(folder)/features")
      balloons.append(balloon)
    }
    let folder = "/sys/bus/vmbus/drivers/hv_balloon"
    if !devicesOf("vmbus", driver: "hv_balloon").isEmpty {
      balloons.append(BalloonDevice(driver: .hyperV, seenAt: folder))
    }
    if let name = names("/sys/devices/system/xen_memory").first(where: {
      $0.hasPrefix("xen_memory")
    }) {
      let folder = "/sys/devices/system/xen_memory/\(name)"
      var balloon = BalloonDevice(driver: .xen, seenAt: folder)
      balloon.target = size("\(folder)/target_kb", unit: 1024)
      balloon.current = size("\(folder)/info/current_kb", unit: 1024)
      balloons.append(balloon)
    }
    if names("/sys/devices/system/cmm").contains("cmm0") {
      balloons.append(BalloonDevice(driver: .pseriesCMM, seenAt: "/sys/devices/system/cmm/cmm0"))
    }
    if let pages = number("/proc/sys/vm/cmm_pages").value {
      var balloon = BalloonDevice(driver: .s390CMM, seenAt: "/proc/sys/vm/cmm_pages")
      balloon.current = .known(PageSize.kib4.bytes * pages)
      balloons.append(balloon)
    }
    return balloons
  }

  /// Drivers without a bus that sysfs would show.
  private func moduleBalloons(_ loaded: Set<String>) -> [BalloonDevice] {
    [BalloonDevice.Driver.vmware, .virtualBox]
      .filter { loaded.contains($0.rawValue) }
      .map { BalloonDevice(driver: $0, seenAt: "/proc/modules \($0.rawValue)") }
  }

  // MARK: Memory devices

  private mutating func persistentMemory() -> [PersistentMemoryDevice] {
    names("/sys/bus/nd/devices").compactMap { name in
      let kind: PersistentMemoryDevice.Kind
      if name.hasPrefix("namespace") {
        kind = .namespace
      } else if name.hasPrefix("pfn") {
        kind = .pfn
      } else if name.hasPrefix("dax"), !name.hasPrefix("dax_region") {
        kind = .dax
      } else {
        return nil
      }
      let folder = "/sys/bus/nd/devices/\(name)"
      var device = PersistentMemoryDevice(name: name, kind: kind)
      device.size = size("\(folder)/size")
      device.mode = line("\(folder)/mode")
      device.node = node("\(folder)/numa_node")
      if kind != .namespace { device.namespace = line("\(folder)/namespace") }
      return device
    }
  }

  private mutating func daxDevices(_ bus: String) -> [DAXDevice] {
    let kmem = Set(bound("\(bus)/drivers/kmem"))
    let mapped = Set(bound("\(bus)/drivers/device_dax"))
    return names("\(bus)/devices").filter { $0.hasPrefix("dax") }.map { name in
      let driver: DAXDevice.Driver =
        kmem.contains(name) ? .kmem : mapped.contains(name) ? .deviceDAX : .none
      let folder = "\(bus)/devices/\(name)"
      var device = DAXDevice(name: name, driver: driver)
      device.size = size("\(folder)/size")
      device.align = size("\(folder)/align")
      device.node = node("\(folder)/target_node")
      device.memmapOnMemory = flag("\(folder)/memmap_on_memory")
      if driver == .kmem { device.state = line("\(folder)/state") }
      return device
    }
  }

  /// Devices and regions that are or may become RAM; one that is only persistent doesn't by itself.
  private mutating func isCXLMemory(_ name: String) -> Bool {
    if name.hasPrefix("region") { return true }
    guard name.hasPrefix("mem") else { return false }
    let size = line("/sys/bus/cxl/devices/\(name)/ram/size").value
    return size == nil || !(size ?? "").allSatisfy { $0 == "0" || $0 == "x" }
  }

  private mutating func zramDevices() -> [ZRAMDevice] {
    names("/sys/block").filter { $0.hasPrefix("zram") }.compactMap { name in
      let folder = "/sys/block/\(name)"
      guard let diskSize = size("\(folder)/disksize").value, diskSize > 0 else { return nil }
      // orig_data_size compr_data_size mem_used_total mem_limit …
      let fields = line("\(folder)/mm_stat").map { $0.split(separator: " ").map { UInt64($0) } }
      func field(_ index: Int) -> Reading<ByteCount> {
        fields.flatMap { fields in
          let value = index < fields.count ? fields[index] : nil
          return value.map { .known(ByteCount($0)) }
            ?? .unknown(.notReported(input: "\(folder)/mm_stat", field: "column \(index + 1)"))
        }
      }
      return ZRAMDevice(name: name, diskSize: diskSize, stored: field(0), used: field(2))
    }
  }

  // MARK: Pinning

  private mutating func pinners(_ modules: Set<String>) -> [PinningDevice] {
    var found: [PinningDevice] = []
    func add(_ kind: PinningDevice.Kind, _ folder: String, _ names: [String]) {
      found += names.map { PinningDevice(kind: kind, name: $0, seenAt: "\(folder)/\($0)") }
    }
    add(.rdma, "/sys/class/infiniband", names("/sys/class/infiniband"))
    let groups = names("/sys/class/vfio").filter { UInt32($0) != nil || $0.hasPrefix("noiommu") }
    add(.vfio, "/sys/class/vfio", groups)
    if groups.isEmpty {
      add(.vfio, "/sys/class/vfio-dev", names("/sys/class/vfio-dev"))
    }
    add(.vdpa, "/sys/bus/vdpa/devices", names("/sys/bus/vdpa/devices"))
    for module in ["nvidia_peermem", "nv_peer_mem"] where modules.contains(module) {
      found.append(PinningDevice(kind: .gpu, name: module, seenAt: "/proc/modules \(module)"))
    }
    let sev = "/sys/module/kvm_amd/parameters/sev"
    if flag(sev).value == true {
      found.append(PinningDevice(kind: .sev, name: "kvm_amd", seenAt: sev))
    }
    return found
  }
}
