internal import HostModel

/// Firmware's memory map as x86 prints it, and what the kernel takes from it before it has ranges.
enum BootLogFirmware {
  /// More than any firmware has.
  private static let mostEntries = 1 << 12

  static func take(_ text: Span<UInt8>, _ message: Range<Int>, into log: inout BootLog) {
    switch text[message.lowerBound] {
    case UInt8(ascii: "B"):
      if text.hasPrefix(message, "BIOS-e820: ") {
        take(text, message.lowerBound + 11..<message.upperBound, .firmware, into: &log)
      }
    case UInt8(ascii: "u"):
      if text.hasPrefix(message, "user: ") {
        take(text, message.lowerBound + 6..<message.upperBound, .user, into: &log)
      }
    case UInt8(ascii: "m"):
      if text.hasPrefix(message, "modified: ") {
        take(text, message.lowerBound + 10..<message.upperBound, .modified, into: &log)
      }
    case UInt8(ascii: "e"): takeChange(text, message, into: &log)
    case UInt8(ascii: "N"):
      if text.hasPrefix(message, "No NUMA configuration found")
        || text.hasPrefix(message, "NUMA turned off")
      {
        log.hasOneNode = true
      }
    case UInt8(ascii: "F"):
      if text.hasPrefix(message, "Faking a node at ") { log.hasOneNode = true }
    default: break
    }
  }

  /// `[mem 0x…-0x…] usable`, before 3.5 `0000000000000000 - 000000000009fc00 (usable)`.
  private static func take(
    _ text: Span<UInt8>,
    _ entry: Range<Int>,
    _ map: BootLog.UsableMap,
    into log: inout BootLog
  ) {
    guard map >= log.usableMap || map == .modified, let (extent, end) = extent(text, entry) else {
      return
    }
    // The kernel prints the whole map again after it has changed it.
    if map != log.usableMap {
      log.usableMap = map
      log.usable = []
    }
    let kind = text.trimmed(end..<entry.upperBound)
    guard
      text.equals(kind, "usable") || text.equals(kind, "(usable)")
        || text.equals(kind, "System RAM"), log.usable.count < mostEntries
    else { return }
    log.usable.append(extent)
  }

  private static func extent(
    _ text: Span<UInt8>,
    _ entry: Range<Int>
  ) -> (AddressRange, end: Int)? {
    if let addresses = text.addresses(in: entry), let close = text.find("]", in: entry) {
      return (addresses, close + 1)
    }
    let first = text.word(from: entry.lowerBound, in: entry)
    let dash = text.word(from: first.upperBound, in: entry)
    let last = text.word(from: dash.upperBound, in: entry)
    guard text.equals(dash, "-"), let start = text.hexadecimal(first),
      let end = text.hexadecimal(last), start < end
    else { return nil }
    return (AddressRange(start: ByteCount(start), end: ByteCount(end)), last.upperBound)
  }

  /// `e820: update [mem 0x…-0x…] usable ==> reserved`, `e820: remove [mem 0x…-0x…] usable`.
  private static func takeChange(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "e820: update [") || text.hasPrefix(message, "e820: remove ["),
      let start = text.find("[mem ", in: message),
      let extent = text.addresses(in: start..<message.upperBound),
      let close = text.find("]", in: start..<message.upperBound)
    else { return }
    let change = text.trimmed(close + 1..<message.upperBound)
    let takesAway =
      text.equals(change, "usable")
      || text.hasPrefix(change, "usable ==> ") && !text.equals(change, "usable ==> usable")
    guard takesAway else { return }
    log.usable = log.usable.flatMap { $0.without(extent) }
  }
}

extension AddressRange {
  fileprivate func without(_ other: AddressRange) -> [AddressRange] {
    guard overlaps(other) else { return [self] }
    return [
      AddressRange(start: start, end: Swift.min(end, other.start)),
      AddressRange(start: Swift.max(start, other.end), end: end),
    ].filter { $0.start < $0.end }
  }
}

extension BootLog {
  /// The ranges of each node that the kernel makes of firmware's map and of its affinity table, for an
  /// x86 log that has these and not the ranges; nil where they don't tell.
  ///
  /// `memblock_set_node` over the cleaned `numa_meminfo` (arch/x86/mm/numa.c, mm/numa_memblks.c since
  /// 6.12). A map that the table covers worse than to 1 MiB gives one node.
  package var firmwareNodeRanges: [NodeExtent]? {
    guard !hasMemory, !usable.isEmpty, inferredArchitecture == .x86_64 else { return nil }
    let ram = usable.sorted { $0.start < $1.start }.map(\.inWholePages).filter { !$0.isEmpty }
    let whole = ram.map { NodeExtent(node: 0, extent: .bytes($0), line: line) }
    if firmwareRanges.isEmpty { return hasOneNode ? whole : nil }
    let affinities = firmwareRanges.sorted { $0.addresses.start < $1.addresses.start }
    var ranges: [NodeExtent] = []
    var covered = ByteCount.zero
    for addresses in ram {
      for affinity in affinities where affinity.addresses.overlaps(addresses) {
        let part = AddressRange(
          start: max(addresses.start, affinity.addresses.start),
          end: min(addresses.end, affinity.addresses.end)
        )
        covered += part.size
        ranges.append(NodeExtent(node: affinity.node, extent: .bytes(part), line: line))
      }
    }
    let all = ram.map(\.size).total()
    return all > covered + .mebibytes(1) || hasOneNode ? whole : ranges
  }
}

extension AddressRange {
  /// Without the parts of pages at both ends.
  fileprivate var inWholePages: AddressRange {
    let frames = FrameRange(whollyIn: self, pageSize: .kib4)
    return AddressRange(
      start: frames.start.address(pageSize: .kib4),
      end: frames.end.address(pageSize: .kib4)
    )
  }
}
