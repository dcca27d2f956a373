package import HostModel

/// Where the page descriptors of added memory go.
package struct MemmapPlacement: Hashable, Sendable {
  package enum Payer: String, Hashable, Sendable {
    /// The page allocator's kernel zones, those of the target node first.
    case kernelZones = "kernel-zones"
    /// The added memory itself.
    case device
  }

  package var payer: Payer
  /// Bytes of descriptors for the whole device.
  package var bytes: ByteCount
  /// Bytes of the device that are lost beyond the descriptors: `force` rounds up to pageblocks.
  package var wasted: ByteCount = 0
  /// Why memmap_on_memory has no effect though it is on; nil where it has, or is off.
  package var refusal: Refusal?

  /// Why a block can't hold its own descriptors.
  package enum Refusal: Hashable, Sendable {
    case notInThisKernel
    case notOnThisArchitecture
    /// virtio-mem and most drivers without groups never ask for it.
    case notAskedByDriver
    /// From 5.14 to 6.0 optimised huge pages exclude it.
    case optimizedHugePages
    /// Before 6.8 a device must be exactly one block large.
    case deviceLargerThanBlock
    /// The descriptors are no whole pages, or fill the block.
    case descriptorsDoNotFit
    /// The rest of a block would not begin on a pageblock; `force` allows that.
    case notWholePageblocks
    /// They must fill whole middle page-table entries (2 MiB on x86-64).
    case notWholePMDs
  }

  package init(
    payer: Payer,
    bytes: ByteCount,
    wasted: ByteCount = 0,
    refusal: Refusal? = nil
  ) {
    self.payer = payer
    self.bytes = bytes
    self.wasted = wasted
    self.refusal = refusal
  }
}

/// The conditions under which a kernel keeps the descriptors of added memory in that memory.
package struct MemmapRules: Hashable, Sendable {
  package var mode: MemmapOnMemory
  package var kernel: Kernel
  package var architecture: Architecture
  package var pageSize: PageSize
  package var blockSize: ByteCount
  /// `pageblock_nr_pages` in bytes.
  package var pageblockSize: ByteCount
  /// Whether huge pages give most of their descriptors back.
  package var optimizesHugePages = false

  package init(
    mode: MemmapOnMemory,
    kernel: Kernel,
    architecture: Architecture,
    pageSize: PageSize,
    blockSize: ByteCount,
    pageblockSize: ByteCount? = nil
  ) {
    self.mode = mode
    self.kernel = kernel
    self.kernel.architecture = .known(architecture)
    self.architecture = architecture
    self.pageSize = pageSize
    self.blockSize = blockSize
    // A pageblock is a PMD-mapped huge page with HugeTLB or THP, at most the largest order.
    let largest = pageSize.bytes * (1 << UInt64(architecture.usualMaxOrder(pageSize)))
    self.pageblockSize = pageblockSize ?? min(Self.pmdSize(pageSize), largest)
  }

  /// What virtio-mem plugs at a time, where the device's own block is not larger: a pageblock (up to
  /// 5.16 the page allocator's largest block), or whole memory blocks where that would be more.
  package var virtioMemUnit: ByteCount {
    let subBlock = kernel.hasOrAssumed(.virtioMemPlugsPageblocks) ? pageblockSize : largestBlock
    return max(subBlock, pageblockSize) < blockSize ? max(subBlock, pageblockSize) : blockSize
  }

  /// What describes each page that is added.
  package var descriptor: PageDescriptor { PageDescriptor(pageSize, on: architecture) }

  /// The page allocator's largest block.
  private var largestBlock: ByteCount {
    pageSize.bytes * (1 << UInt64(architecture.usualMaxOrder(pageSize)))
  }

  /// Memory behind one middle page-table entry: a page full of 8-byte entries.
  private static func pmdSize(_ pageSize: PageSize) -> ByteCount {
    pageSize.bytes * (pageSize.bytes.count / 8)
  }

  /// The descriptors of a device of `size` bytes.
  package func placement(of device: HotplugDevice, size: ByteCount) -> MemmapPlacement {
    let bytes = descriptor.bytes(for: size)
    switch device {
    case .pmem(.fsdax(let map)):
      return MemmapPlacement(payer: map == .device ? .device : .kernelZones, bytes: bytes)
    case .pmem(.devdax(.device)):
      return MemmapPlacement(payer: .device, bytes: bytes)
    case .pmem(.devdax(.memory)):
      return MemmapPlacement(payer: .kernelZones, bytes: sharedTails(bytes, size: size))
    case .dimm, .virtioMem, .cxl, .block, .pmem(.systemRAM):
      return hotplugged(device, size: size, bytes: bytes)
    }
  }

  /// Two pages of descriptors for each 2 MiB instead of eight (`vmemmap_can_optimize`).
  private func sharedTails(_ bytes: ByteCount, size: ByteCount) -> ByteCount {
    let huge = Self.pmdSize(pageSize)
    let kept = pageSize.bytes * 2
    let own = descriptor.bytes(for: huge)
    guard kernel.hasOrAssumed(.sharesDAXTails), own > kept else { return bytes }
    return kept * size.roundedUp(to: huge).scaled(by: 1, over: huge.count).count
  }

  private func hotplugged(
    _ device: HotplugDevice,
    size: ByteCount,
    bytes: ByteCount
  ) -> MemmapPlacement {
    guard mode != .no else { return MemmapPlacement(payer: .kernelZones, bytes: bytes) }
    if let refusal = refusal(of: device, size: size) {
      return MemmapPlacement(payer: .kernelZones, bytes: bytes, refusal: refusal)
    }
    let blocks = size.scaled(by: 1, over: blockSize.count).count
    return MemmapPlacement(
      payer: .device,
      bytes: bytes,
      wasted: (reservedPerBlock * blocks).subtractingOrZero(bytes)
    )
  }

  /// What one block gives up: its descriptors, under `force` rounded up to pageblocks.
  private var reservedPerBlock: ByteCount {
    let own = descriptor.bytes(for: blockSize).roundedUp(to: pageSize.bytes)
    return mode == .force ? own.roundedUp(to: pageblockSize) : own
  }

  /// `mhp_supports_memmap_on_memory`, and whether the driver asks.
  private func refusal(of device: HotplugDevice, size: ByteCount) -> MemmapPlacement.Refusal? {
    guard kernel.hasOrAssumed(.memmapOnMemory) else { return .notInThisKernel }
    guard kernel.hasOrAssumed(.archHoldsMemmapOnMemory) else { return .notOnThisArchitecture }
    switch device {
    case .dimm: break
    // On by default for CXL; off for persistent memory, and daxctl has no switch for it.
    case .cxl: if !kernel.hasOrAssumed(.daxMemmapOnMemory) { return .notAskedByDriver }
    case .block:
      if !kernel.hasOrAssumed(.firmwareBlocksMemmapOnMemory) { return .notAskedByDriver }
    case .virtioMem, .pmem: return .notAskedByDriver
    }
    if optimizesHugePages, kernel.hasOrAssumed(.optimizationExcludesMemmapOnMemory) {
      return .optimizedHugePages
    }
    // Firmware's blocks come one by one.
    if device != .block, !kernel.hasOrAssumed(.splitsMemmapByBlock), size != blockSize {
      return .deviceLargerThanBlock
    }
    let own = descriptor.bytes(for: blockSize)
    if own.roundedDown(to: pageSize.bytes) != own || reservedPerBlock >= blockSize {
      return .descriptorsDoNotFit
    }
    if reservedPerBlock.roundedDown(to: pageblockSize) != reservedPerBlock {
      return .notWholePageblocks
    }
    let pmd = Self.pmdSize(pageSize)
    // arch_supports_memmap_on_memory: ppc64 asks for it with 4 KiB pages only.
    if architecture != .ppc64 || pageSize == .kib4, own.roundedDown(to: pmd) != own {
      return .notWholePMDs
    }
    return nil
  }
}
