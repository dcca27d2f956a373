package import HostModel

/// Something about a boot layout that the person who wrote the command line may not expect.
package enum LayoutSurprise: Hashable, Sendable {
  /// The kernel reads a word otherwise than it looks; the index counts in `ZoneArguments.words`.
  case misread(word: Int, text: String, trap: ZoneArgumentWord.Trap)
  /// A word that looks like one of the arguments and is none.
  case lookalike(text: String)
  case crash
  /// Every page stays kernel memory, although sizes were given.
  case noMovable(asked: String)
  /// A size that all memory together doesn't reach.
  case largerThanMemory(argument: String, asked: ByteCount, memory: ByteCount)
  /// With both sizes given, the one that leaves more to the kernel wins.
  case bothSizes(winner: String)
  /// So little kernel memory that the kernel hardly boots.
  case tooLittleKernelMemory(ByteCount)
  case nodeWithoutKernelMemory(NodeID, movable: ByteCount)
  /// A node whose kernel zones are far below an equal share.
  case starvedNode(NodeID, kernel: ByteCount, share: ByteCount)
  /// Memory below `limit` always stays kernel memory; it uses up more than its node's share.
  case lowMemoryCountsFirst(NodeID, low: ByteCount, share: ByteCount, limit: ByteCount)
  /// A node smaller than its share is all kernel memory, and the others give more.
  case nodeSmallerThanShare(NodeID, size: ByteCount, share: ByteCount)
  /// A zone of a node that holds next to nothing.
  case sliver(NodeID, ZoneKind, ByteCount)
  /// The block that holds the boundary spans two zones and can never go offline.
  case boundaryInsideBlock(NodeID, start: ByteCount, block: ByteCount)
  /// `movable_node` on a machine without hot-pluggable memory.
  case nothingHotPluggable
  /// `kernelcore=mirror` without mirrored memory, ignored.
  case nothingMirrored
  /// The same, on a kernel that then makes all memory from 4 GiB up Movable.
  case mirrorTakesUnmirrored(movable: ByteCount)
}

extension LayoutSurprise: CustomStringConvertible {
  package var description: String {
    switch self {
    case .misread(_, let text, let trap): "\(text): \(trap)"
    case .lookalike(let text): "\(text) is no argument of the kernel: it changes nothing"
    case .crash: "kernelcore without a value crashes the kernel before it prints anything"
    case .noMovable(let asked):
      "\(asked) leaves no ZONE_MOVABLE: all memory stays kernel memory"
    case .largerThanMemory(let argument, let asked, let memory):
      "\(argument) asks for \(asked.short), the machine has \(memory.short)"
    case .bothSizes(let winner):
      "both sizes are given: \(winner) counts, because it leaves more to the kernel"
    case .tooLittleKernelMemory(let size):
      "only \(size.short) of kernel memory are left: the machine may not boot"
    case .nodeWithoutKernelMemory(let node, let movable):
      "node \(node) has no kernel memory at all, only \(movable.short) of Movable: the kernel "
        + "allocations of its CPUs go to other nodes"
    case .starvedNode(let node, let kernel, let share):
      "node \(node) keeps \(kernel.short) of kernel memory where an equal share is \(share.short)"
    case .lowMemoryCountsFirst(let node, let low, let share, let limit):
      "the \(low.short) below \(limit.short) on node \(node) are always kernel memory and count "
        + "first: more than its share of \(share.short), so other nodes get less"
    case .nodeSmallerThanShare(let node, let size, let share):
      "node \(node) (\(size.short)) is smaller than its share of \(share.short): it is all kernel "
        + "memory"
    case .sliver(let node, let zone, let size):
      "zone \(zone.name) of node \(node) holds only \(size.short)"
    case .boundaryInsideBlock(let node, let start, let block):
      "on node \(node) Movable begins at 0x\(String(start.count, radix: 16)), inside a memory block of \(block.short): "
        + "that block can never go offline"
    case .nothingHotPluggable:
      "firmware marks no memory as hot-pluggable that the kernel doesn't use itself: movable_node "
        + "makes nothing Movable"
    case .nothingMirrored:
      "no memory is mirrored: kernelcore=mirror changes nothing"
    case .mirrorTakesUnmirrored(let movable):
      "no memory is mirrored, and this kernel (before 6.6) then makes everything from 4 GiB up "
        + "Movable: \(movable.short)"
    }
  }
}

extension ZoneArgumentWord.Trap: CustomStringConvertible {
  package var description: String {
    switch self {
    case .parsedAsBytes(let bytes): "without a suffix the number counts bytes: \(bytes) of them"
    case .fraction: "the kernel stops reading at the point; write whole numbers (1536M)"
    case .octal(let decimal, let value):
      "the leading zero makes \(decimal) octal: the kernel reads \(value)"
    case .hexadecimalDigitNotSuffix: "the final E is a hexadecimal digit here, no suffix"
    case .trailingJunk(let rest): "\"\(rest)\" behind the size is ignored"
    case .placeIgnored(let rest): "\"\(rest)\" is ignored: no released kernel takes a place"
    case .zeroPages: "less than one page: as if it were not there"
    case .zeroPercent: "zero percent counts as not given"
    case .percentAtLeast100(let percent): "\(percent) % is all memory or more"
    case .percentNotSupported: "this kernel (before 4.17) reads percent as bytes"
    case .mirrorNotSupported: "this kernel (before 4.6) has no mirror form"
    case .wrapped: "the number is too large and loses its upper bits"
    case .crash: "without a value it crashes the kernel in early boot"
    case .malformed: "without a value it is malformed and ignored"
    case .notSupported: "this kernel has no such argument on this architecture"
    case .overriddenByLater: "a later one counts instead"
    case .ignoredByMovableNode: "ignored, because movable_node is given"
    case .ignoredByMirror: "ignored, because kernelcore=mirror is given"
    case .mayComeFromBootconfig:
      "with bootconfig on the line it may come from there, and then it is too late to count"
    }
  }
}

extension ByteCount {
  /// Three significant digits in binary units, rounded down.
  fileprivate var short: String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    let unit = count == 0 ? 0 : (63 - count.leadingZeroBitCount) / 10
    let whole = count >> UInt64(unit * 10)
    let rest = count & ((1 << UInt64(unit * 10)) - 1)
    guard unit > 0, rest > 0, whole < 100 else { return "\(whole) \(units[unit])" }
    // At most 2^60 − 1 times 100 below: the unit is taken off first where that would not fit.
    let part = unit == 1 ? rest * 100 >> 10 : (rest >> UInt64(unit * 10 - 20)) * 100 >> 20
    let digits = whole < 10 ? (part < 10 ? "0\(part)" : "\(part)") : "\(part / 10)"
    return "\(whole).\(digits) \(units[unit])"
  }
}
