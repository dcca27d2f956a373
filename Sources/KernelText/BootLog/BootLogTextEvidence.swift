internal import HostModel

/// Messages that tell page size, architecture, firmware's memory flags and control sums.
enum BootLogEvidence {
  /// More than any machine prints; the ranges are compared with each of these.
  private static let mostEntries = 1 << 12

  /// Takes a message into the log.
  static func take(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    line: Int,
    into log: inout BootLog
  ) {
    switch text[message.lowerBound] {
    case UInt8(ascii: "A"), UInt8(ascii: "S"):
      if text.hasPrefix(message, "ACPI: RSDP ") { log.hasACPI = true }
      takeAffinity(text, message, into: &log)
      takeReserved(text, message, into: &log)
    case UInt8(ascii: "R"): takeReserved(text, message, into: &log)
    case UInt8(ascii: "D"), UInt8(ascii: "I"):
      takeHashTable(text, message, into: &log)
      takeExtentOfNode(text, message, line: line, into: &log)
    case UInt8(ascii: "K"): takeDefaultPageSize(text, message, into: &log)
    case UInt8(ascii: "p"), UInt8(ascii: "P"): takePerCPU(text, message, into: &log)
    case UInt8(ascii: "C") where log.version == nil: takeTrace(text, message, into: &log)
    case UInt8(ascii: "O"): takeNodePages(text, message, into: &log)
    case UInt8(ascii: "B"): takeBuddyPages(text, message, into: &log)
    case UInt8(ascii: "M"): takeMemory(text, message, into: &log)
    case UInt8(ascii: "H"): takeHugePages(text, message, into: &log)
    case UInt8(ascii: "e"): takeMirror(text, message, into: &log)
    case UInt8(ascii: "m"): takeMemblock(text, message, into: &log)
    case UInt8(ascii: "x"): takeBlockSize(text, message, into: &log)
    default: break
    }
    BootLogArchitecture.take(text, message, into: &log)
    BootLogFirmware.take(text, message, into: &log)
  }

  /// `SRAT: Node 1 PXM 1 [mem 0x…-0x…] hotplug`; before 3.6 bare hexadecimal numbers.
  private static func takeAffinity(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    var range = message
    if text.hasPrefix(range, "ACPI: ") { range = range.lowerBound + 6..<range.upperBound }
    if text.hasPrefix(range, "NUMA: ") { range = range.lowerBound + 6..<range.upperBound }
    guard text.hasPrefix(range, "SRAT: Node "),
      let node = text.number(at: range.lowerBound + 11, in: range),
      let id = UInt32(exactly: node.value), let memory = text.find("[mem ", in: range),
      let close = text.find("]", in: memory..<range.upperBound),
      let addresses = text.addresses(in: memory..<close + 1), log.firmwareRanges.count < mostEntries
    else { return }
    let isHotPluggable = text.find("hotplug", in: close..<range.upperBound) != nil
    log.firmwareRanges.append(
      BootLog.FirmwareRange(
        node: NodeID(id),
        addresses: addresses,
        isHotPluggable: isHotPluggable
      )
    )
  }

  /// `RAMDISK: [mem 0x…-0x…]`, `ACPI: Reserving … table memory at [mem 0x…-0x…]`.
  private static func takeReserved(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "RAMDISK: ") || text.hasPrefix(message, "ACPI: Reserving "),
      let memory = text.find("[mem ", in: message),
      let close = text.find("]", in: memory..<message.upperBound),
      let addresses = text.addresses(in: memory..<close + 1), log.reserved.count < mostEntries
    else { return }
    log.reserved.append(addresses)
  }

  /// `Dentry cache hash table entries: 524288 (order: 10, 4194304 bytes, linear)`: the bytes are
  /// pages of that order.
  private static func takeHashTable(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard log.pageSize == nil,
      text.hasPrefix(message, "Dentry cache hash") || text.hasPrefix(message, "Inode-cache hash"),
      let word = text.find("(order: ", in: message),
      let order = text.number(at: word + 8, in: message), order.value < 40,
      order.end < message.upperBound, text[order.end] == 0x2C,
      let bytes = text.number(at: order.end + 1, in: message),
      text.hasPrefix(bytes.end..<message.upperBound, " bytes")
    else { return }
    // A table that is no power of two is rounded down for its order.
    let page = bytes.value >> order.value
    guard page > 0 else { return }
    log.pageSize = PageSize(bytes: 1 << UInt64(63 - page.leadingZeroBitCount))
  }

  /// `Initmem setup node 0 [mem 0x0000000000001000-0x…]`: sixteen digits are the kernel's own
  /// extent of the node; older kernels print firmware's here.
  private static func takeExtentOfNode(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    line: Int,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "Initmem setup node "),
      let node = text.number(at: message.lowerBound + 19, in: message),
      let id = UInt32(exactly: node.value)
    else { return }
    let value = text.trimmed(node.end..<message.upperBound)
    // A node without memory was printed as [mem 0x0-0x0] up to 5.x.
    guard value.count >= 42, let addresses = text.addresses(in: value), addresses.size > 1,
      log.nodeExtents.count < mostEntries
    else { return }
    log.nodeExtents.append(
      BootLog.NodeExtent(node: NodeID(id), extent: .bytes(addresses), line: line)
    )
  }

  /// `percpu: Embedded 34 pages/cpu s100104 r8192 d30968 u139264`: what a CPU has, in pages and bytes.
  private static func takePerCPU(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard log.pageSize == nil,
      text.hasPrefix(message, "percpu: Embedded ") || text.hasPrefix(message, "PERCPU: Embedded "),
      let pages = text.number(at: message.lowerBound + 17, in: message), pages.value > 0,
      let first = text.find(" s", in: pages.end..<message.upperBound),
      let fixed = text.number(at: first + 2, in: message),
      text.hasPrefix(fixed.end..<message.upperBound, " r"),
      let reserved = text.number(at: fixed.end + 2, in: message),
      text.hasPrefix(reserved.end..<message.upperBound, " d"),
      let dynamic = text.number(at: reserved.end + 2, in: message),
      max(fixed.value, reserved.value, dynamic.value) < 1 << 40
    else { return }
    let bytes = fixed.value + reserved.value + dynamic.value
    guard bytes % pages.value == 0 else { return }
    log.pageSize = PageSize(bytes: bytes / pages.value)
  }

  /// `Kernel default page size is 4 KB.` of parisc.
  private static func takeDefaultPageSize(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    let heading: StaticString = "Kernel default page size is "
    guard log.pageSize == nil, text.hasPrefix(message, heading),
      let size = text.number(at: message.lowerBound + heading.utf8CodeUnitCount, in: message),
      text.hasPrefix(size.end..<message.upperBound, " KB"), size.value < 1 << 20
    else { return }
    log.pageSize = PageSize(bytes: size.value << 10)
  }

  /// `CPU: 0 UID: 0 PID: 0 Comm: swapper Not tainted 6.16.1-200.fc42.x86_64 #1`.
  private static func takeTrace(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard log.releaseOfTrace == nil, text.hasPrefix(message, "CPU: "),
      text.find(" PID: ", in: message) != nil, let mark = text.find(" #", in: message)
    else { return }
    var start = mark
    while start > message.lowerBound, !text[start - 1].isBlank { start -= 1 }
    guard text[start].isDigit else { return }
    log.releaseOfTrace = text.string(start..<mark)
  }

  /// `On node 0 totalpages: 2097038`.
  private static func takeNodePages(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "On node "),
      let node = text.number(at: message.lowerBound + 8, in: message),
      let id = UInt32(exactly: node.value),
      text.hasPrefix(node.end..<message.upperBound, " totalpages: "),
      let pages = text.number(at: node.end + 13, in: message), log.nodePages.count < mostEntries
    else { return }
    log.nodePages[NodeID(id)] = pages.value
  }

  /// `Built 2 zonelists, mobility grouping on.  Total pages: 2064117`.
  private static func takeBuddyPages(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "Built "), let word = text.find("Total pages: ", in: message)
    else { return }
    log.buddyPages = text.number(at: word + 13, in: message)?.value
  }

  /// `Memory: 8012345K/8388088K available (…)`.
  private static func takeMemory(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "Memory: "),
      let available = text.number(at: message.lowerBound + 8, in: message),
      text.hasPrefix(available.end..<message.upperBound, "K/"),
      let all = text.number(at: available.end + 2, in: message),
      text.hasPrefix(all.end..<message.upperBound, "K available")
    else { return }
    log.memory = .kibibytes(all.value)
  }

  /// `HugeTLB: registered 2.00 MiB page size`, before 5.x `HugeTLB registered 2 MB page size`.
  private static func takeHugePages(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "HugeTLB"), let word = text.find("registered ", in: message),
      let size = text.number(at: word + 11, in: message), log.hugePageSizes.count < 64
    else { return }
    var unit = size.end
    while unit < message.upperBound, text[unit].isDigit || text[unit] == 0x2E { unit += 1 }
    let shift: UInt64
    switch unit + 1 < message.upperBound ? text[unit + 1] : 0 {
    case UInt8(ascii: "K"), UInt8(ascii: "k"): shift = 10
    case UInt8(ascii: "M"): shift = 20
    case UInt8(ascii: "G"): shift = 30
    default: return
    }
    log.hugePageSizes.append(ByteCount(1 << shift) * size.value)
  }

  /// `efi: Memory: 4096M/32768M mirrored memory`, and with `efi=debug`
  /// `efi: mem12: [Conventional|…|MR|…] range=[0x…-0x…] (…MB)`.
  private static func takeMirror(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "efi: ") else { return }
    if text.find("mirrored memory", in: message) != nil,
      let word = text.find("emory: ", in: message),
      let size = text.number(at: word + 7, in: message)
    {
      log.mirrored = .mebibytes(size.value)
      return
    }
    guard text.find("|MR|", in: message) != nil, let word = text.find("range=[", in: message),
      let (addresses, _) = text.addresses(at: word + 7, in: message),
      log.mirroredRanges.count < mostEntries
    else { return }
    log.mirroredRanges.append(addresses)
  }

  /// `memory[0x2] [0x…-0x…], 0x… bytes on node 0 flags: 0x2` with `memblock=debug`.
  private static func takeMemblock(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    guard text.hasPrefix(message, "memory[0x"), let word = text.find("flags: ", in: message),
      let flags = text.number(at: word + 7, in: message), flags.value & 2 != 0,
      let open = text.find("[0x", in: message.lowerBound + 7..<message.upperBound),
      let (addresses, _) = text.addresses(at: open + 1, in: message),
      log.mirroredRanges.count < mostEntries
    else { return }
    log.mirroredRanges.append(addresses)
  }

  /// `x86/mm: Memory block size: 128MB`.
  private static func takeBlockSize(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    into log: inout BootLog
  ) {
    let heading: StaticString = "x86/mm: Memory block size: "
    guard text.hasPrefix(message, heading),
      let size = text.number(at: message.lowerBound + heading.utf8CodeUnitCount, in: message),
      text.hasPrefix(size.end..<message.upperBound, "MB")
    else { return }
    log.memoryBlockSize = .mebibytes(size.value)
  }
}
