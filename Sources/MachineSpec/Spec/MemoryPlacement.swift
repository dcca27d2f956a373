internal import HostModel
internal import KernelBehavior

/// Places nodes of which only the size is known: one behind the other, from where the
/// architecture's RAM begins, around the hole below 4 GiB on x86.
struct MemoryPlacement {
  private let spec: MachineSpec

  init(_ spec: MachineSpec) { self.spec = spec }

  func ranges(_ pageSize: PageSize, notes: inout [String]) -> [MemoryMap.Piece] {
    var ranges: [MemoryMap.Piece] = []
    var address = start
    for node in spec.nodes {
      guard let memory = node.memory else {
        for range in node.ranges {
          ranges.append(self.range(node, range.lowerBound, range.upperBound, pageSize))
          address = max(address, range.upperBound)
        }
        continue
      }
      for part in place(memory.count, from: &address) {
        ranges.append(range(node, part.lowerBound, part.upperBound, pageSize))
      }
    }
    if spec.nodes.contains(where: { $0.memory != nil }) { notes.append(note) }
    return clearingKernelNode(ranges)
  }

  private static let fourGiB: UInt64 = 4 << 30
  private static let legacyHole: Range<UInt64> = 0x9FC00..<1 << 20

  private var isPC: Bool { spec.architecture == .x86_64 || spec.architecture == .x86_32 }

  private var lowTop: UInt64 { min(spec.lowMemory?.count ?? 3 << 30, Self.fourGiB) }

  /// Where RAM begins: page 1 on a PC, what QEMU's `virt` machines have on arm64 and riscv64.
  private var start: UInt64 {
    switch spec.architecture {
    case .x86_64, .x86_32: 0x1000
    case .arm64, .arm32: 1 << 30
    case .riscv64: 2 << 30
    case .ppc64, .s390x, .loongarch64: 0
    }
  }

  private var note: String {
    guard isPC else {
      return
        "memory is assumed to begin at \(start >> 20) MiB and to have no holes; give ranges for "
        + "an exact answer"
    }
    return
      "\(ByteCount(lowTop).count >> 20) MiB of memory are assumed below 4 GiB; say lowMemory, or "
      + "ranges, for an exact answer"
  }

  /// The parts of `size` bytes of address space from `address` on, holes left out.
  ///
  /// On a PC the legacy hole below 1 MiB counts as part of the node's size, as firmware counts it.
  private func place(_ size: UInt64, from address: inout UInt64) -> [Range<UInt64>] {
    var parts: [Range<UInt64>] = []
    var rest = size
    if isPC, address == start {
      rest -= min(rest, start)
    }
    while rest > 0 {
      if isPC, address >= lowTop, address < Self.fourGiB { address = Self.fourGiB }
      let limit = isPC && address < lowTop ? lowTop : UInt64.max
      let end = min(limit, address.addingReportingOverflow(rest).overflow ? .max : address + rest)
      guard end > address else { break }
      rest -= end - address
      parts += around(Self.legacyHole, address..<end)
      address = end
    }
    return parts
  }

  private func around(_ hole: Range<UInt64>, _ part: Range<UInt64>) -> [Range<UInt64>] {
    guard isPC, part.overlaps(hole) else { return [part] }
    return [
      part.lowerBound..<max(part.lowerBound, hole.lowerBound),
      min(hole.upperBound, part.upperBound)..<part.upperBound,
    ].filter { !$0.isEmpty }
  }

  /// The node of the lowest memory, where the kernel itself lies, loses its mark
  /// (`numa_clear_kernel_node_hotplug`, arch/x86/mm/numa.c, mm/numa_memblks.c since 6.12).
  private func clearingKernelNode(_ ranges: [MemoryMap.Piece]) -> [MemoryMap.Piece] {
    let kernelNode = ranges.min { $0.start < $1.start }?.node
    return ranges.map { range in
      var result = range
      if range.node == kernelNode { result.isHotPluggable = false }
      return result
    }
  }

  /// Whole pages: the start rounded up, the end down.
  private func range(
    _ node: MachineSpec.Node,
    _ start: UInt64,
    _ end: UInt64,
    _ pageSize: PageSize
  ) -> MemoryMap.Piece {
    let first = ByteCount(start).pagesRoundedUp(of: pageSize).count
    let last = ByteCount(end).pages(of: pageSize).count
    return MemoryMap.Piece(
      node: node.id,
      start: PageFrameNumber(first),
      end: PageFrameNumber(max(first, last)),
      isHotPluggable: node.isHotPluggable == true
    )
  }
}
