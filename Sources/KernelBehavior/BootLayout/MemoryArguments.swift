package import HostModel
package import KernelText

/// What `mem=`, `memmap=` and `numa=` leave of a machine's memory, before there are zones.
package struct MemoryArguments: Hashable, Sendable {
  /// The words that change the memory map, in the order of the line.
  package private(set) var applied: [KernelArgument] = []
  /// Words that would change it and are left out of account, with the reason.
  package private(set) var leftOut: [LeftOut] = []

  /// A word that is not applied.
  package struct LeftOut: Hashable, Sendable {
    package var argument: KernelArgument
    package var reason: String
  }

  private let architecture: Architecture
  /// Its release decides what some architectures make of a size.
  private var kernel: Kernel

  /// - Parameters:
  ///   - line: The command line.
  ///   - architecture: Decides which words there are, and whether a size is an address.
  ///   - kernel: The kernel that reads it.
  package init(_ line: String, architecture: Architecture, kernel: Kernel = .assumed) {
    self.architecture = architecture
    self.kernel = kernel
    self.kernel.architecture = .known(architecture)
    for argument in KernelCommandLineText.arguments(line) {
      guard let value = argument.value, !value.isEmpty else { continue }
      switch argument.name {
      case "mem": sort(argument, unless: refusalOfMem(value))
      case "memmap": sort(argument, unless: refusalOfMemmap(value))
      case "numa": sort(argument, unless: refusalOfNUMA(value))
      default: continue
      }
    }
  }

  package var isEmpty: Bool { applied.isEmpty && leftOut.isEmpty }

  private mutating func sort(_ argument: KernelArgument, unless reason: String?) {
    if let reason {
      leftOut.append(LeftOut(argument: argument, reason: reason))
    } else {
      applied.append(argument)
    }
  }

  private var isX86: Bool { architecture == .x86_64 || architecture == .x86_32 }

  private func refusalOfMem(_ value: String) -> String? {
    var scanner = SizeScanner(value)
    let size = scanner.size() ?? .zero
    // `mem=nopentium`, and sizes that the kernel takes for none.
    guard size > .zero else { return "it is no size" }
    let hasPlace = scanner.take("@")
    switch architecture {
    case .ppc32, .mips64, .mips32, .sparc64, .sparc32, .parisc64, .parisc32, .ia64, .m68k:
      return "not followed on this architecture"
    case .loongarch64 where !hasPlace && !kernel.hasOrAssumed(.limitsMemoryLoongArch):
      return "this kernel takes size and place only (mem=SIZE@START): without a place it drops all "
        + "memory and doesn't boot"
    case .loongarch64 where hasPlace, .arm32 where hasPlace: return "a place is not followed"
    default: return nil
    }
  }

  private func refusalOfMemmap(_ value: String) -> String? {
    guard isX86 else { return "this architecture has no such argument" }
    let hasUnknown = MemoryMapArgument.parts(value).contains(.retyped)
    return hasUnknown ? "types of memory by number are not followed" : nil
  }

  private func refusalOfNUMA(_ value: String) -> String? {
    switch architecture {
    case .x86_64, .arm64, .riscv64, .loongarch64: break
    default: return "not followed on this architecture"
    }
    if value == "off" { return nil }
    return value.hasPrefix("fake=")
      ? "how it divides memory is not followed: the nodes are those without it" : "not followed"
  }

  /// What is said of the words that are left out.
  package var notes: [String] {
    leftOut.map { "\($0.argument.name)=\($0.argument.value ?? "") is not applied: \($0.reason)" }
  }

  // MARK: Applying

  /// The memory that the kernel is left with.
  ///
  /// - Parameters:
  ///   - ranges: The firmware's, ascending.
  ///   - pageSize: The base page size.
  /// - Returns: Ranges, ascending.
  func apply(to ranges: [MemoryMap.Piece], pageSize: PageSize) -> [MemoryMap.Piece] {
    var ranges = ranges
    let original = ranges
    for argument in applied {
      let value = argument.value ?? ""
      switch argument.name {
      case "mem":
        var scanner = SizeScanner(value)
        limit(&ranges, to: scanner.size() ?? .zero, pageSize)
      case "memmap":
        for part in MemoryMapArgument.parts(value) {
          change(&ranges, part, original, pageSize)
        }
      default:
        for index in ranges.indices { ranges[index].node = 0 }
      }
    }
    return ranges
  }

  private func limit(
    _ ranges: inout [MemoryMap.Piece],
    to size: ByteCount,
    _ pageSize: PageSize
  ) {
    switch architecture {
    case .x86_64, .x86_32, .s390x:
      // An address (`parse_memopt`, arch/x86/kernel/e820.c; `ident_map_size`, arch/s390/boot).
      cut(&ranges, behind: PageFrameNumber(size.pages(of: pageSize).count))
    default:
      // An amount (`memblock_mem_limit_remove_map`, `memblock_enforce_memory_limit`).
      var left = whole(size).pages(of: pageSize)
      for index in ranges.indices {
        let kept = left.take(upTo: ranges[index].pages)
        ranges[index].frames.end = ranges[index].frames.start + kept
      }
      ranges.removeAll { $0.pages == .zero }
    }
  }

  /// ppc64 takes whole large pages of the hash MMU, whatever MMU it has.
  private func whole(_ size: ByteCount) -> ByteCount {
    architecture == .ppc64 && kernel.hasOrAssumed(.limitsMemoryToLargePages)
      ? size.roundedDown(to: .mebibytes(16)) : size
  }

  private func cut(_ ranges: inout [MemoryMap.Piece], behind end: PageFrameNumber) {
    ranges = ranges.compactMap { range in
      guard range.frames.start < end else { return nil }
      var kept = range
      kept.frames.end = min(range.frames.end, end)
      return kept
    }
  }

  /// One part of `memmap=` (`parse_memmap_one`, arch/x86/kernel/e820.c).
  private func change(
    _ ranges: inout [MemoryMap.Piece],
    _ part: MemoryMapArgument,
    _ original: [MemoryMap.Piece],
    _ pageSize: PageSize
  ) {
    switch part {
    case .end(let end): cut(&ranges, behind: PageFrameNumber(end.pages(of: pageSize).count))
    case .exact: ranges = []
    case .retyped: break
    case .taken(let start, let size):
      let taken = FrameRange(
        start: PageFrameNumber(start.pages(of: pageSize).count),
        end: PageFrameNumber((start + size).pagesRoundedUp(of: pageSize).count)
      )
      ranges = ranges.flatMap { Self.without(taken, $0) }
    case .memory(let start, let size):
      let added = FrameRange(
        start: PageFrameNumber(start.pagesRoundedUp(of: pageSize).count),
        end: PageFrameNumber((start + size).pages(of: pageSize).count)
      )
      add(added, to: &ranges, original)
    }
  }

  private static func without(_ taken: FrameRange, _ range: MemoryMap.Piece) -> [MemoryMap.Piece] {
    range.frames.without(taken).map { frames in
      var part = range
      part.frames = frames
      return part
    }
  }

  /// Memory of a node where firmware knows the node, else of the node below it.
  private func add(
    _ added: FrameRange,
    to ranges: inout [MemoryMap.Piece],
    _ original: [MemoryMap.Piece]
  ) {
    // What is RAM already stays as it is.
    var rest = [added]
    for range in ranges { rest = rest.flatMap { $0.without(range.frames) } }
    for frames in rest where !frames.isEmpty {
      var found = original.compactMap { known -> MemoryMap.Piece? in
        guard let part = known.frames.intersection(frames) else { return nil }
        var result = known
        result.frames = part
        return result
      }
      if found.isEmpty {
        let below = original.last { $0.frames.start <= frames.start } ?? original.first
        found = [MemoryMap.Piece(node: below?.node ?? 0, frames: frames)]
      }
      ranges += found
    }
    ranges.sort { $0.frames.start < $1.frames.start }
  }
}
