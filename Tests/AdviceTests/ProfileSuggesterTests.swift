internal import Advice
internal import HostModel
internal import KernelText
internal import Profiles
internal import Testing

@Suite("Suggested profiles")
struct ProfileSuggesterTests {
  /// A host with 64 GiB of which everything could be read, and that has nothing special.
  private func host(_ change: (inout HostSnapshot) -> Void = { _ in }) -> HostSnapshot {
    var host = HostSnapshot(source: SourceDescription(kind: .live, path: ""))
    host.pageSize = .known(.kib4)
    host.meminfo = .known(Self.meminfo([("MemTotal", 64 << 20)]))
    host.vmstat = .known(MemoryCounters())
    host.modules = .known([])
    host.commandLine = .known("quiet")
    host.kernelConfig = .known(KernelConfig(options: [:], input: "/boot/config"))
    host.hugePages.pools = .known([])
    host.swaps = .known([])
    host.nodes = .known([])
    host.devices.balloons = .known([])
    host.devices.virtioMem = .known([])
    host.devices.persistentMemory = .known([])
    host.devices.dax = .known([])
    host.devices.cxl = .known([])
    host.devices.pinners = .known([])
    host.devices.zram = .known([])
    host.virtualMemory.overcommit = .known(0)
    change(&host)
    return host
  }

  private static func meminfo(_ fields: [(String, UInt64)]) -> Meminfo {
    var table = CounterTable(of: .meminfo)
    for (name, kibibytes) in fields {
      table.append(name: name, value: kibibytes, isKibibytes: true)
    }
    return Meminfo(table)
  }

  private static func pool(_ size: ByteCount, _ count: UInt64) -> HugePagePool {
    HugePagePool(size: size, node: nil, total: .known(count), free: .known(0), surplus: .known(0))
  }

  private static let profiles = EmbeddedProfiles.names.compactMap {
    try? EmbeddedProfiles.profile($0)
  }

  private func suggested(_ change: (inout HostSnapshot) -> Void) -> String? {
    ProfileSuggester.best(Self.profiles, for: host(change))?.profile.name
  }

  @Test("Nothing special suggests nothing")
  func plain() { #expect(suggested { _ in } == nil) }

  @Test("Huge pages tell databases from packet processing")
  func hugePages() {
    #expect(
      suggested { $0.hugePages.pools = .known([Self.pool(.mebibytes(2), 10_000)]) }
        == "database-hugepages"
    )
    #expect(suggested { $0.hugePages.pools = .known([Self.pool(.gibibytes(1), 16)]) } == "dpdk")
    #expect(suggested { $0.hugePages.pools = .known([Self.pool(.mebibytes(2), 100)]) } == nil)
  }

  @Test("Devices tell hosts of guests, HPC nodes and pools")
  func devices() {
    #expect(
      suggested {
        $0.devices.pinners = .known([
          PinningDevice(kind: .vfio, name: "12", seenAt: "/sys/class/vfio/12")
        ])
        $0.modules = .known(["kvm_intel", "vhost_net"])
      } == "kvm-host-vfio"
    )
    #expect(
      suggested {
        $0.devices.pinners = .known([
          PinningDevice(kind: .rdma, name: "mlx5_0", seenAt: "/sys/class/infiniband/mlx5_0")
        ])
      } == "rdma-hpc"
    )
    #expect(suggested { $0.devices.cxl = .known(["mem0"]) } == "cxl-pool")
    #expect(suggested { $0.devices.virtioMem = .known(["virtio3"]) } == "vm-guest-virtio-mem")
    #expect(
      suggested {
        $0.devices.persistentMemory = .known([
          PersistentMemoryDevice(name: "namespace0.0", kind: .namespace)
        ])
      } == "pmem-dax-host"
    )
  }

  @Test(
    "Balloons tell hypervisors",
    arguments: [
      (BalloonDevice.Driver.hyperV, "hyper-v-guest"), (.xen, "xen-guest"),
      (.vmware, "vmware-guest"),
    ]
  )
  func balloons(driver: BalloonDevice.Driver, name: String) {
    #expect(
      suggested {
        $0.devices.balloons = .known([BalloonDevice(driver: driver, seenAt: "/sys")])
      } == name
    )
  }

  @Test("Memory in use tells caches, mapped files and swap")
  func memory() {
    #expect(
      suggested {
        $0.virtualMemory.overcommit = .known(1)
        $0.meminfo = .known(Self.meminfo([("MemTotal", 64 << 20), ("AnonPages", 40 << 20)]))
      } == "in-memory-cache"
    )
    #expect(
      suggested {
        $0.meminfo = .known(Self.meminfo([("MemTotal", 64 << 20), ("Mapped", 20 << 20)]))
      } == "file-mmap-heavy"
    )
    #expect(
      suggested {
        $0.swaps = .known([
          SwapArea(
            path: "/swap",
            type: "file",
            size: .gibibytes(32),
            used: .gibibytes(8),
            priority: -2
          )
        ])
      } == "swap-heavy"
    )
  }

  @Test("Config, modules and arguments tell debug kernels, nodes of Kubernetes and guests")
  func words() {
    #expect(
      suggested {
        $0.kernelConfig = .known(KernelConfig(options: ["KASAN": .yes], input: "/boot/config"))
      } == "debug-kernel-kasan"
    )
    #expect(
      suggested { $0.modules = .known(["overlay", "br_netfilter", "veth"]) } == "kubernetes-node"
    )
    #expect(
      suggested {
        $0.commandLine = .known("memhp-default-state=online")
        var vmstat = MemoryCounters()
        vmstat.append(.memmap, 40_000)
        $0.vmstat = .known(vmstat)
      } == "vm-guest-dimm"
    )
  }

  @Test("What can't be read speaks for nothing, and is told")
  func unknown() {
    let report = SuggestionReport(
      Self.profiles,
      for: HostSnapshot(source: SourceDescription(kind: .directory, path: "x"))
    )
    #expect(report.suggested == "general")
    #expect(report.ranked.isEmpty)
    #expect(report.unknown.contains { $0.input == "/proc/modules" })
    #expect(Set(report.unknown).count == report.unknown.count)
  }

  @Test("The order does not depend on the order of the profiles")
  func order() {
    let busy = host {
      $0.modules = .known(["kvm_amd", "vhost_net", "overlay", "br_netfilter", "veth", "ib_uverbs"])
      $0.hugePages.pools = .known([Self.pool(.gibibytes(1), 16), Self.pool(.mebibytes(2), 10_000)])
    }
    let forward = ProfileSuggester.rank(Self.profiles, for: busy).map(\.profile.name)
    let backward = ProfileSuggester.rank(Self.profiles.reversed(), for: busy).map(\.profile.name)
    #expect(forward == backward)
    #expect(forward.count >= 4)
  }
}
