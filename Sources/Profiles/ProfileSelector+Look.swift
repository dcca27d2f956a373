package import HostModel
internal import KernelBehavior
internal import KernelText

extension ProfileSelector {
  /// Looks the fact up. What can't be read neither matches nor speaks against the profile.
  package func look(at host: HostSnapshot) -> Outcome {
    switch fact {
    case .module(let names):
      return Self.outcome(
        host.modules.map { loaded in
          names.first { loaded.contains($0) }.map { "/proc/modules \($0)" }
        }
      )
    case .config(let options):
      return Self.outcome(
        host.kernelConfig.map { config in
          options.first { config[$0] == .yes || config[$0] == .module }
            .map { "\(config.input) \($0)" }
        }
      )
    case .argument(let word):
      return Self.outcome(host.commandLine.map { Self.argument(word, in: $0) })
    case .setting(let setting, let value):
      return Self.outcome(
        setting.text(in: host).map { $0 == value ? "\(setting.path) \(value)" : nil }
      )
    case .balloon(let driver):
      return Self.outcome(
        host.devices.balloons.map { balloons in
          balloons.first { $0.driver == driver }?.seenAt
        }
      )
    case .device(let device):
      return Self.outcome(Self.device(device, of: host.devices))
    case .hugePages(let size, let share):
      return Self.outcome(Self.hugePages(size, share, host))
    case .meminfo(let field, let share):
      return Self.outcome(
        host.meminfo.flatMap { $0[field] }.and(Self.total(host)).map { value, total in
          Self.share(value, share, of: total, what: "/proc/meminfo \(field.text)")
        }
      )
    case .swapUsed(let share):
      let used = host.swaps.map { $0.map(\.used).total() }
      return Self.outcome(
        used.and(Self.total(host)).map { used, total in
          Self.share(used, share, of: total, what: "/proc/swaps used")
        }
      )
    case .hotAdded(let share):
      return Self.outcome(Self.hotAdded(share, host))
    case .memoryOnlyNodes(let count):
      return Self.outcome(Self.memoryOnlyNodes(count, host))
    }
  }

  private static func outcome(_ seen: Reading<String?>) -> Outcome {
    switch seen {
    case .known(let text, _): text.map { .matches($0) } ?? .no
    case .unknown(let reason): .unknown(reason)
    }
  }

  private static func total(_ host: HostSnapshot) -> Reading<ByteCount> {
    host.meminfo.memTotal
  }

  private static func share(
    _ value: ByteCount,
    _ share: Profile.Share,
    of total: ByteCount,
    what: String
  ) -> String? {
    guard total > 0, value > 0, value >= share.of(total) else { return nil }
    return "\(what) \(value.text) of \(total.text)"
  }

  private static func argument(_ word: String, in line: String) -> String? {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let found = KernelCommandLineText.arguments(line).contains { argument in
      argument.normalizedName == parts[0].replacingDashes
        && (parts.count == 1 || argument.value == parts[1])
    }
    return found ? "/proc/cmdline \(word)" : nil
  }

  // MARK: Memory

  private static func hugePages(
    _ size: ByteCount,
    _ share: Profile.Share,
    _ host: HostSnapshot
  ) -> Reading<String?> {
    let held = host.hugePages.pools.flatMap { pools in
      pools.first { $0.size == size }?.bytes ?? .known(.zero)
    }
    return held.and(total(host)).map { held, total in
      self.share(held, share, of: total, what: "huge pages of \(size.text)")
    }
  }

  /// Memory beyond what the boot-time memmap describes (6.11 and newer tell).
  private static func hotAdded(
    _ share: Profile.Share,
    _ host: HostSnapshot
  ) -> Reading<String?> {
    host.vmstat.memmap.and(host.pageSize).and(total(host)).map { memmap, total in
      let bytes = memmap.0.bytes(of: memmap.1)
      let memory = PageDescriptor(memmap.1, of: host).memory(describedBy: bytes)
      return self.share(memory, share, of: total, what: "/proc/vmstat nr_memmap_pages describes")
    }
  }

  private static func memoryOnlyNodes(
    _ count: UInt64,
    _ host: HostSnapshot
  ) -> Reading<String?> {
    host.nodes.map { nodes in
      let withMemory = host.zoneinfo.value?.nodes
        .filter { $0.zones.contains(where: \.isPopulated) }.map(\.node)
      let found = nodes.filter { node in
        node.cpuCount.value == 0 && withMemory?.contains(node.id) != false
      }
      guard found.count >= count, let first = found.first else { return nil }
      return found.count == 1
        ? "node \(first.id) has memory and no cpus" : "\(found.count) nodes have memory and no cpus"
    }
  }

  // MARK: Devices

  private static func device(_ device: Device, of devices: HostDevices) -> Reading<String?> {
    func pinner(_ kind: PinningDevice.Kind) -> Reading<String?> {
      devices.pinners.map { $0.first { $0.kind == kind }?.seenAt }
    }
    func dax(_ driver: DAXDevice.Driver) -> Reading<String?> {
      devices.dax.map { devices in
        devices.first { $0.driver == driver }.map { "/sys/bus/dax/devices/\($0.name)" }
      }
    }
    switch device {
    case .rdma: return pinner(.rdma)
    case .vfio: return pinner(.vfio)
    case .vdpa: return pinner(.vdpa)
    case .sev: return pinner(.sev)
    case .gpuPeerMemory: return pinner(.gpu)
    case .virtioMem:
      return devices.virtioMem.map { $0.first.map { "/sys/bus/virtio/devices/\($0)" } }
    case .pmem:
      return devices.persistentMemory.map { $0.first.map { "/sys/bus/nd/devices/\($0.name)" } }
    case .deviceDAX: return dax(.deviceDAX)
    case .kmem: return dax(.kmem)
    case .cxl: return devices.cxl.map { $0.first.map { "/sys/bus/cxl/devices/\($0)" } }
    case .zram: return devices.zram.map { $0.first.map { "/sys/block/\($0.name)" } }
    }
  }
}

extension String {
  fileprivate var replacingDashes: String { String(map { $0 == "-" ? "_" : $0 }) }
}
