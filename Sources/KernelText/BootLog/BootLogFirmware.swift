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
  ) -> (BootLog.Extent, end: Int)? {
    if let extent = text.extent(in: entry), let close = text.find("]", in: entry) {
      return (extent, close + 1)
    }
    let first = text.word(from: entry.lowerBound, in: entry)
    let dash = text.word(from: first.upperBound, in: entry)
    let last = text.word(from: dash.upperBound, in: entry)
    guard text.equals(dash, "-"), let start = text.hexadecimal(first),
      let end = text.hexadecimal(last), start < end
    else { return nil }
    return (BootLog.Extent(start: start, end: end, unit: .bytes), last.upperBound)
  }

  /// `e820: update [mem 0x…-0x…] usable ==> reserved`, `e820: remove [mem 0x…-0x…] usable`.
  private static func takeChange(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "e820: update [") || text.hasPrefix(message, "e820: remove ["),
      let start = text.find("[mem ", in: message),
      let extent = text.extent(in: start..<message.upperBound),
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

extension BootLog.Extent {
  fileprivate func without(_ other: BootLog.Extent) -> [BootLog.Extent] {
    guard other.start < end, start < other.end else { return [self] }
    var rest: [BootLog.Extent] = []
    if start < other.start {
      rest.append(BootLog.Extent(start: start, end: other.start, unit: unit))
    }
    if other.end < end { rest.append(BootLog.Extent(start: other.end, end: end, unit: unit)) }
    return rest
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
    let ram = usable.sorted { $0.start < $1.start }.compactMap { $0.inWholePages }
    let whole = ram.map { NodeExtent(node: 0, extent: $0, line: line) }
    if firmwareRanges.isEmpty { return hasOneNode ? whole : nil }
    var ranges: [NodeExtent] = []
    var covered: UInt64 = 0
    for extent in ram {
      for affinity in firmwareRanges.sorted(by: { $0.extent.start < $1.extent.start }) {
        let start = max(extent.start, affinity.extent.start)
        let end = min(extent.end, affinity.extent.end)
        guard start < end else { continue }
        covered += end - start
        ranges.append(
          NodeExtent(
            node: affinity.node,
            extent: Extent(start: start, end: end, unit: .bytes),
            line: affinity.line
          )
        )
      }
    }
    let all = ram.reduce(into: UInt64(0)) { $0 += $1.end - $1.start }
    return all > covered + 1 << 20 || hasOneNode ? whole : ranges
  }
}

extension BootLog.Extent {
  /// Without the parts of pages at both ends; nil where no page is left.
  fileprivate var inWholePages: BootLog.Extent? {
    guard end < 1 << 60 else { return nil }
    let first = (start + 4095) & ~4095
    let last = end & ~4095
    return first < last ? BootLog.Extent(start: first, end: last, unit: .bytes) : nil
  }
}
