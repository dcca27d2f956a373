package import HostModel
package import KernelText

/// Something that a host shows, and how much it speaks for a profile.
package struct ProfileSelector: Hashable, Sendable {
  /// A fact that can be looked up in a snapshot.
  package enum Fact: Hashable, Sendable {
    /// One of these modules is loaded.
    case module([String])
    /// One of these build options is set.
    case config([KernelOption])
    /// The kernel was booted with it: `name` or `name=value`.
    case argument(String)
    /// A sysctl or module parameter has this value, in the words in which the kernel prints it.
    case setting(KernelSetting, value: String)
    /// A balloon driver is at work.
    case balloon(BalloonDevice.Driver)
    case device(Device)
    /// HugeTLB pages of this size hold at least that share of memory.
    case hugePages(size: ByteCount, atLeast: Profile.Share)
    /// A field of /proc/meminfo is at least that share of MemTotal.
    case meminfo(field: MeminfoField, atLeast: Profile.Share)
    /// Swap in use is at least that share of MemTotal.
    case swapUsed(atLeast: Profile.Share)
    /// Memory that was added after boot is at least that share of all.
    case hotAdded(atLeast: Profile.Share)
    /// At least so many nodes have memory and no cpus.
    case memoryOnlyNodes(UInt64)
  }

  /// Kinds of devices that sysfs shows.
  package enum Device: String, Hashable, Sendable, CaseIterable {
    case rdma, vfio, vdpa, sev
    case gpuPeerMemory = "gpu-peer-memory"
    case virtioMem = "virtio-mem"
    case pmem
    case deviceDAX = "device-dax"
    case kmem
    case cxl
    case zram
  }

  package var fact: Fact
  /// From 1 to 100; a profile is suggested from `ProfileSuggester.threshold` points on.
  package var points: UInt64
  package var why: String

  package init(fact: Fact, points: UInt64, why: String) {
    self.fact = fact
    self.points = points
    self.why = why
  }

  /// What a host says to a selector.
  package enum Outcome: Hashable, Sendable {
    /// It matches: what was seen.
    case matches(String)
    case no
    case unknown(UnknownReason)
  }
}
