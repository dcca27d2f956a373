package import HostModel

/// What a kernel's boot messages say about its memory: one boot, the one that was chosen.
package struct BootLog: Hashable, Sendable {
  /// A range as it was printed.
  package enum Extent: Hashable, Sendable {
    case bytes(AddressRange)
    /// Page frames, as kernels before 3.6 print them.
    case frames(FrameRange)
  }

  /// Architectures of two widths that print the same.
  package enum Family: Hashable, Sendable {
    case x86
    case arm
    case mips
    case powerpc
    case sparc
    case parisc
  }

  /// Which printed map counts: the later ones replace the earlier.
  package enum UsableMap: Hashable, Sendable, Comparable {
    case firmware
    case modified
    case user
  }

  /// A range of one node's memory.
  package struct NodeExtent: Hashable, Sendable {
    package var node: NodeID
    package var extent: Extent
    /// Line of the log, from 1.
    package var line: Int

    package init(node: NodeID, extent: Extent, line: Int) {
      self.node = node
      self.extent = extent
      self.line = line
    }
  }

  /// A range of firmware's memory affinity table.
  package struct FirmwareRange: Hashable, Sendable {
    package var node: NodeID
    package var addresses: AddressRange
    /// Firmware marked it `hotplug`.
    package var isHotPluggable: Bool

    package init(node: NodeID, addresses: AddressRange, isHotPluggable: Bool) {
      self.node = node
      self.addresses = addresses
      self.isHotPluggable = isHotPluggable
    }
  }

  /// A line of `Zone ranges:`.
  package struct Zone: Hashable, Sendable {
    package var name: String
    /// Nil where the kernel prints `empty`.
    package var extent: Extent?

    package init(name: String, extent: Extent?) {
      self.name = name
      self.extent = extent
    }
  }

  /// A line below `Movable zone start for each node`.
  package enum Start: Hashable, Sendable {
    case address(ByteCount)
    /// As kernels before 3.6 print it.
    case frame(PageFrameNumber)
  }

  /// Line on which this boot begins, from 1.
  package var line: Int
  /// How many boots the log holds, and which of them this is, from 1.
  package var bootCount = 1
  package var boot = 1

  /// `Linux version …`, whole line.
  package var version: String?
  package var commandLine: String?
  /// Whether the kernel's output cut the command line, so that its end is lost.
  package var commandLineIsCut = false

  package var zones: [Zone] = []
  /// Whether the heading of the starts was there: no start below it means no ZONE_MOVABLE.
  package var hasStarts = false
  package var starts: [NodeID: Start] = [:]
  /// Whether the heading of the ranges was there: without it the first ranges may be lost.
  package var hasRanges = false
  package var ranges: [NodeExtent] = []
  /// Whether they were made of firmware's map and affinity table, for lack of the kernel's own.
  package var rangesAreFirmwares = false
  /// Ranges that stand where no heading announced them.
  package var strayRanges = 0
  /// How many ranges the heading announced (kernels before 3.3).
  package var announcedRanges: Int?
  /// `Initmem setup node`: where each node's memory begins and ends.
  package var nodeExtents: [NodeExtent] = []
  /// `On node N totalpages`.
  package var nodePages: [NodeID: UInt64] = [:]
  /// `Built N zonelists … Total pages`: what the buddy allocator will own, less than all RAM.
  package var buddyPages: UInt64?
  /// The second number of `Memory: …K/…K available`: all RAM.
  package var memory: ByteCount?

  /// Firmware's memory affinity (SRAT).
  package var firmwareRanges: [FirmwareRange] = []
  /// Whether the machine's firmware has ACPI tables: none but those mark memory then.
  package var hasACPI = false
  /// `efi: Memory: …M/…M mirrored memory`: that some memory is mirrored, not which.
  package var mirrored: ByteCount?
  /// Mirrored ranges, printed with `efi=debug` or `memblock=debug` only.
  package var mirroredRanges: [AddressRange] = []
  /// What the kernel had reserved before it looked at NUMA: initial RAM disk, firmware tables.
  package var reserved: [AddressRange] = []

  /// The base page size where a line proves it.
  package var pageSize: PageSize?
  package var hugePageSizes: [ByteCount] = []
  /// `x86/mm: Memory block size`.
  package var memoryBlockSize: ByteCount?
  /// The architecture where a line proves it.
  package var architecture: Architecture?
  /// What a line proves where it leaves the width open.
  package var family: Family?
  /// What the compiler builds for, where that alone proves nothing.
  package var compilerArchitecture: Architecture?
  /// The width where a line proves it.
  package var is64Bit: Bool?
  /// What is usable by firmware's map (e820) after the kernel has changed it.
  package var usable: [AddressRange] = []
  /// A map that replaces firmware's: `user:` under mem= and memmap=, `modified:`.
  package var usableMap = UsableMap.firmware
  /// Whether the kernel said that it found no nodes and made one.
  package var hasOneNode = false
  /// The release that a stack trace names, for a log without its version line.
  package var releaseOfTrace: String?

  package init(line: Int) { self.line = line }

  /// The release in the version line, with the stable release that a distribution names there.
  package var kernel: KernelVersion? {
    let words = version?.split(separator: " ", maxSplits: 3)
    guard let words, words.count > 2 else {
      return releaseOfTrace.flatMap { KernelVersion(release: $0) }
    }
    return KernelVersion(release: String(words[2]))?.refined(by: version ?? "")
  }

  /// Whether the log tells what a zone layout is made from.
  package var hasMemory: Bool { hasRanges && !ranges.isEmpty }
}
