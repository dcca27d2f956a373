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
          ranges.append(piece(node, range, pageSize))
          address = max(address, range.end)
        }
        continue
      }
      for part in place(memory, from: &address) { ranges.append(piece(node, part, pageSize)) }
    }
    if spec.nodes.contains(where: { $0.memory != nil }) { notes.append(note) }
    return clearingKernelNode(withoutReserved(ranges, pageSize))
  }

  private static let fourGiB = ByteCount.gibibytes(4)
  private static let legacyHole = AddressRange(start: 0x9FC00, end: .mebibytes(1))

  private var isPC: Bool { spec.architecture == .x86_64 || spec.architecture == .x86_32 }

  private var lowTop: ByteCount { min(spec.lowMemory ?? .gibibytes(3), Self.fourGiB) }

  /// Where RAM begins: page 1 on a PC, what QEMU's `virt` machines have on arm64 and riscv64.
  private var start: ByteCount {
    switch spec.architecture {
    case .x86_64, .x86_32: 0x1000
    case .arm64, .arm32: .gibibytes(1)
    case .riscv64: .gibibytes(2)
    case .ppc64, .s390x, .loongarch64, .ppc32, .mips64, .mips32, .sparc64, .sparc32, .parisc64,
      .parisc32, .ia64, .m68k:
      0
    }
  }

  private var note: String {
    guard isPC else {
      return
        "memory is assumed to begin at \(start.count >> 20) MiB and to have no holes; give ranges for "
        + "an exact answer"
    }
    return
      "\(lowTop.count >> 20) MiB of memory are assumed below 4 GiB; say lowMemory, or "
      + "ranges, for an exact answer"
  }

  /// The parts of `size` bytes of address space from `address` on, holes left out.
  ///
  /// On a PC the legacy hole below 1 MiB counts as part of the node's size, as firmware counts it.
  private func place(_ size: ByteCount, from address: inout ByteCount) -> [AddressRange] {
    var parts: [AddressRange] = []
    var rest = size
    if isPC, address == start { rest = rest.subtractingOrZero(start) }
    while rest > 0 {
      if isPC, address >= lowTop, address < Self.fourGiB { address = Self.fourGiB }
      let limit = isPC && address < lowTop ? lowTop : .max
      let part = AddressRange(start: address, end: min(limit, address + rest))
      guard !part.isEmpty else { break }
      rest = rest.subtractingOrZero(part.size)
      parts += isPC ? part.without(Self.legacyHole) : [part]
      address = part.end
    }
    return parts
  }

  /// What firmware keeps never gets to memblock's memory: whole pages that touch it are no memory.
  private func withoutReserved(
    _ pieces: [MemoryMap.Piece],
    _ pageSize: PageSize
  ) -> [MemoryMap.Piece] {
    spec.reserved.reduce(pieces) { pieces, range in
      pieces.flatMap { piece in
        AddressRange(
          start: piece.frames.start.address(pageSize: pageSize),
          end: piece.frames.end.address(pageSize: pageSize)
        ).without(range).map { rest in
          var part = piece
          part.frames = FrameRange(whollyIn: rest, pageSize: pageSize)
          return part
        }.filter { $0.frames.pages > 0 }
      }
    }
  }

  /// The node of the lowest memory, where the kernel itself lies, loses its mark where the kernel
  /// spares it
  /// (`numa_clear_kernel_node_hotplug`, arch/x86/mm/numa.c, mm/numa_memblks.c since 6.12).
  private func clearingKernelNode(_ ranges: [MemoryMap.Piece]) -> [MemoryMap.Piece] {
    let kernel = Kernel(version: spec.kernel, architecture: spec.architecture)
    guard kernel.hasOrAssumed(.movableNodeSparesKernelNodes) else { return ranges }
    let kernelNode = ranges.min { $0.frames.start < $1.frames.start }?.node
    return ranges.map { range in
      var result = range
      if range.node == kernelNode { result.isHotPluggable = false }
      return result
    }
  }

  private func piece(
    _ node: MachineSpec.Node,
    _ addresses: AddressRange,
    _ pageSize: PageSize
  ) -> MemoryMap.Piece {
    MemoryMap.Piece(
      node: node.id,
      frames: FrameRange(whollyIn: addresses, pageSize: pageSize),
      isHotPluggable: node.isHotPluggable == true
    )
  }
}
