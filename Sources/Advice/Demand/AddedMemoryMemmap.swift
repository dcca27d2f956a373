internal import HostModel
internal import KernelBehavior
internal import KernelText

/// What `nr_memmap_pages` (6.11 and newer) stands for: page descriptors that came after boot.
///
/// The kernel counts them wherever they lie and whatever they describe: memory that was added, also
/// where that describes itself (memmap_on_memory); DAX devices, also where they are described on
/// themselves; the one page that each optimised huge page keeps; and page extensions, of boot memory
/// too.
struct AddedMemoryMemmap {
  /// All that is counted: the sum of what follows.
  var counted: ByteCount
  /// On DAX devices themselves.
  var onDevices: ByteCount
  /// In kernel zones, for DAX devices.
  var forDevices: ByteCount
  /// Kept by optimised huge pages.
  var forHugePages: ByteCount
  /// Page extensions of all memory: page_owner, allocation profiling.
  var forDebugging: ByteCount
  /// On the added memory that they describe.
  var onMemory: ByteCount
  /// In kernel zones, for memory that was added.
  var forAddedMemory: ByteCount

  /// What lies in kernel zones.
  var inKernelZones: ByteCount { forDevices + forHugePages + forDebugging + forAddedMemory }
  /// Whether anything is left that describes added memory, wherever it lies.
  var describesAddedMemory: Bool { forAddedMemory + onMemory > 0 }

  init?(_ facts: HostFacts) {
    guard case .known(let pages, _) = facts.counted else { return nil }
    counted = pages.bytes(of: facts.pageSize)
    var left = counted
    let devices = (try? DeviceDescriptors.all(facts)) ?? []
    onDevices = left.take(upTo: devices.filter { !$0.isInRAM }.map(\.memmap).total())
    forDevices = left.take(upTo: devices.filter(\.isInRAM).map(\.memmap).total())
    forHugePages = left.take(upTo: facts.optimizedHugePages)
    forDebugging = left.take(upTo: facts.pageExtensions)
    onMemory = left.take(upTo: facts.memmapOnMemory(of: left))
    forAddedMemory = left
  }
}

extension HostFacts {
  fileprivate var counted: Reading<PageCount> {
    snapshot.vmstat.memmap
  }

  /// Whether memory that is added describes itself where it can.
  var describesItself: Bool { snapshot.onlining.memmapOnMemory.value?.isOn ?? false }

  /// What offline blocks cost the kernel zones: nothing where they describe themselves.
  var offlineMemmap: ByteCount {
    guard let table = snapshot.memoryBlocks.value else { return .zero }
    if describesItself, (snapshot.devices.virtioMem.value ?? []).isEmpty { return .zero }
    let count = table.blocks.count { $0.state.value == .offline }
    return descriptor.bytes(for: table.blockSize * UInt64(count))
  }

  fileprivate var optimizedHugePages: ByteCount {
    guard snapshot.hugePageOptimization == true else { return .zero }
    let pools = snapshot.hugePages.pools.value ?? []
    return pools.filter { descriptor.bytes(for: $0.size) > pageSize.bytes }
      .map { pageSize.bytes * ($0.total.value ?? 0) }.total()
  }

  /// What page extensions take for all memory.
  fileprivate var pageExtensions: ByteCount {
    let arguments = snapshot.commandLine.value.map { KernelCommandLineText.arguments($0) } ?? []
    func value(_ name: String) -> String? {
      arguments.last { $0.normalizedName == name }?.value
    }
    var perPage = ByteCount.zero
    if let asked = value("page_owner"), KernelFormat<Bool>.boolean.parse(asked) == true,
      snapshot.kernelConfig.value?[.pageOwner] != .no
    {
      perPage += PageExtension.pageOwner(kernel)
    }
    let isCompressed = value("sysctl.vm.mem_profiling")?.contains("compressed") ?? false
    if snapshot.virtualMemory.profilesAllocations.value == true, !isCompressed {
      perPage += PageExtension.allocationTag(kernel)
    }
    return perPage * present.pages(of: pageSize).count
  }

  /// The part of hot-added memory's descriptors that lies on that memory.
  fileprivate func memmapOnMemory(of added: ByteCount) -> ByteCount {
    guard describesItself else { return .zero }
    guard (snapshot.devices.virtioMem.value ?? []).isEmpty else {
      // virtio-mem never describes itself; descriptors in Movable are present and not managed.
      let gaps = nodes.map { $0.movableReserved.value ?? .zero }
      return min(added, gaps.total())
    }
    // Devices that became RAM have a switch of their own, since 6.8.
    let paying = (snapshot.devices.dax.value ?? []).filter {
      $0.isRAM && $0.memmapOnMemory.value != true
    }
    let memory = paying.compactMap(\.size.value).total()
    return added.subtractingOrZero(descriptor.bytes(for: memory))
  }
}
