internal import HostModel

/// Sorts kernel messages into boots and keeps what the memory layout needs.
struct BootLogTextCollector: Sendable {
  /// More ranges than any machine has: beyond, a hostile log would fill memory.
  private static let mostEntries = 1 << 16

  /// A block of lines that belong together.
  private enum Block {
    case none
    case zones
    case starts
    case ranges
  }

  /// The boot that is being read; changed in place, for a copy a line costs more than the line.
  private var current = BootLog(line: 1)
  /// Whether one has begun.
  private var isBegun = false
  /// The last boot whose memory is known, unless it is the current one.
  private var complete: BootLog?
  private var bootCount = 0
  private var block = Block.none
  /// Whether the block counts page frames.
  private var countsFrames = false
  /// Name of a zone, or number of a node, whose range was cut off onto the next line.
  private var pendingZone: String?
  private var pendingNode: NodeID?
  private var commandLineContinues = false
  private var hasEarlyCommandLine = false
  /// What stood in front of the first message that begins a boot.
  private var before = Head()

  /// What a log whose head is lost tells in front of its memory.
  private struct Head {
    var log = BootLog(line: 1)

    mutating func take(_ text: Span<UInt8>, _ message: Range<Int>) {
      BootLogArchitecture.take(text, message, into: &log)
    }
  }

  /// The boot to use, nil where nothing of a kernel was recognised.
  mutating func finish() -> BootLog? {
    guard isBegun else { return nil }
    var log = current
    log.bootCount = bootCount
    log.boot = bootCount
    if !log.hasMemory, var earlier = complete {
      earlier.bootCount = bootCount
      return earlier
    }
    if let ranges = log.firmwareNodeRanges {
      log.ranges = ranges
      log.hasRanges = true
      log.rangesAreFirmwares = true
    }
    return log
  }

  /// Takes a message without its prefix.
  mutating func take(_ text: Span<UInt8>, _ message: Range<Int>, line: Int) {
    let first = text[message.lowerBound]
    switch block {
    case .zones where takeZone(text, message): return
    case .starts where first == 0x4E && takeStart(text, message): return
    case .ranges where takeRange(text, message, line): return
    default: break
    }
    switch first {
    case UInt8(ascii: "L"): takeVersion(text, message, line)
    case UInt8(ascii: "B"): takeBooting(text, message, line)
    case UInt8(ascii: "C"), UInt8(ascii: "K"): takeCommandLine(text, message, line)
    case UInt8(ascii: "Z"), UInt8(ascii: "M"), UInt8(ascii: "E"), UInt8(ascii: "e"):
      takeHeading(text, message, line)
    case UInt8(ascii: "n"): takeStray(text, message)
    default: break
    }
    // A log whose head is lost may begin anywhere; firmware's map alone makes it one of a boot.
    if !isBegun {
      guard first == UInt8(ascii: "B"), text.hasPrefix(message, "BIOS-e820: ") else {
        before.take(text, message)
        return
      }
      begin(line)
    }
    withCurrent { BootLogEvidence.take(text, message, line: line, into: &$0) }
  }

  private mutating func withCurrent(_ change: (inout BootLog) -> Void) {
    if isBegun { change(&current) }
  }

  private mutating func begin(_ line: Int) {
    if isBegun, current.hasMemory {
      complete = current
      complete?.boot = bootCount
    }
    var log = BootLog(line: line)
    if bootCount == 0 {
      log.architecture = before.log.architecture
      log.family = before.log.family
      log.is64Bit = before.log.is64Bit
    }
    current = log
    isBegun = true
    bootCount += 1
    block = .none
    pendingZone = nil
    pendingNode = nil
    commandLineContinues = false
    hasEarlyCommandLine = false
  }

  private mutating func takeVersion(_ text: Span<UInt8>, _ message: Range<Int>, _ line: Int) {
    guard text.hasPrefix(message, "Linux version ") else { return }
    // On arm the boot has begun a line earlier.
    if !isBegun || current.version != nil || current.hasRanges { begin(line) }
    let version = text.string(message)
    withCurrent {
      $0.version = version
      BootLogArchitecture.take(version: version, into: &$0)
    }
  }

  private mutating func takeBooting(_ text: Span<UInt8>, _ message: Range<Int>, _ line: Int) {
    guard text.hasPrefix(message, "Booting Linux on physical CPU") else { return }
    begin(line)
    // `0x0000000000 [0x410fd083]` on arm64, `0x0` on 32-bit arm.
    let words = text.string(message).split(separator: " ")
    guard let number = words.dropFirst(5).first else { return }
    withCurrent { $0.architecture = number.utf8.count >= 12 ? .arm64 : .arm32 }
  }

  private mutating func takeCommandLine(_ text: Span<UInt8>, _ message: Range<Int>, _ line: Int) {
    let isEarly = text.hasPrefix(message, "Command line: ") || text.equals(message, "Command line:")
    let isLate = text.hasPrefix(message, "Kernel command line:")
    guard isEarly || isLate else { return }
    if !isBegun { begin(line) }
    // The early line is what the early arguments are read from; the later one may hold words of
    // the bootconfig too.
    if isLate, hasEarlyCommandLine { return }
    let start = message.lowerBound + (isEarly ? 13 : 20)
    let value = text.trimmed(start..<message.upperBound)
    var words = text.string(value)
    let isCut = value.count >= 960 && !words.hasSuffix(" \\")
    // Since 6.19 a long line is printed in pieces, each with the heading.
    let continues = isLate && words.hasSuffix(" \\")
    if continues { words.removeLast(2) }
    let before = commandLineContinues ? current.commandLine : nil
    withCurrent {
      $0.commandLine = before.map { "\($0) \(words)" } ?? words
      $0.commandLineIsCut = isCut
    }
    commandLineContinues = continues && (current.commandLine?.utf8.count ?? 0) < 1 << 16
    hasEarlyCommandLine = isEarly
  }

  private mutating func takeHeading(_ text: Span<UInt8>, _ message: Range<Int>, _ line: Int) {
    let isOldMap = text.hasPrefix(message, "early_node_map[")
    if text.hasPrefix(message, "Zone ranges:") || text.hasPrefix(message, "Zone PFN ranges:") {
      open(.zones, line)
      withCurrent { $0.zones = [] }
    } else if text.hasPrefix(message, "Movable zone start") {
      open(.starts, line)
      countsFrames = text.hasPrefix(message, "Movable zone start PFN")
      withCurrent {
        $0.hasStarts = true
        $0.starts = [:]
      }
    } else if isOldMap || text.hasPrefix(message, "Early memory ") {
      guard
        isOldMap || text.hasPrefix(message, "Early memory node ranges")
          || text.hasPrefix(message, "Early memory PFN ranges")
      else { return }
      open(.ranges, line)
      let count = isOldMap ? text.number(at: message.lowerBound + 15, in: message)?.value : nil
      withCurrent {
        $0.hasRanges = true
        $0.ranges = []
        $0.announcedRanges = count.flatMap { Int(exactly: $0) }
      }
    }
  }

  private mutating func open(_ new: Block, _ line: Int) {
    if !isBegun { begin(line) }
    block = new
    pendingZone = nil
    pendingNode = nil
  }

  /// `DMA32    [mem 0x…-0x…]`, `Normal   empty`, `DMA      0x00000010 -> 0x00001000`.
  private mutating func takeZone(_ text: Span<UInt8>, _ message: Range<Int>) -> Bool {
    let name = text.word(from: message.lowerBound, in: message)
    var value = text.trimmed(name.upperBound..<message.upperBound)
    var zone = text.string(name)
    if let pending = pendingZone, value.isEmpty || text.hasPrefix(message, "[mem") {
      // The name was printed on a line of its own.
      zone = pending
      value = message
    }
    pendingZone = nil
    if value.isEmpty {
      if name.count <= 12, text[name.lowerBound] != 0x5B { pendingZone = zone }
      return false
    }
    if text.equals(value, "empty") {
      add(BootLog.Zone(name: zone, extent: nil))
      return true
    }
    guard let extent = text.extent(in: value), !zone.hasSuffix(":"), name.count <= 16 else {
      return false
    }
    add(BootLog.Zone(name: zone, extent: extent))
    return true
  }

  private mutating func add(_ zone: BootLog.Zone) {
    withCurrent { if $0.zones.count < 32 { $0.zones.append(zone) } }
  }

  /// `Node 0: 0x0000000140400000`, `Node 0: 1310720`.
  private mutating func takeStart(_ text: Span<UInt8>, _ message: Range<Int>) -> Bool {
    guard text.hasPrefix(message, "Node "),
      let node = text.number(at: message.lowerBound + 5, in: message),
      node.end < message.upperBound, text[node.end] == 0x3A,
      let id = UInt32(exactly: node.value),
      let value = text.number(at: node.end + 1, in: message), value.end == message.upperBound
    else { return false }
    let start: BootLog.Start =
      countsFrames ? .frame(PageFrameNumber(value.value)) : .address(ByteCount(value.value))
    withCurrent { if $0.starts.count < Self.mostEntries { $0.starts[NodeID(id)] = start } }
    return true
  }

  /// `node   0: [mem 0x…-0x…]`, `0: 0x00000010 -> 0x0000009f`.
  private mutating func takeRange(
    _ text: Span<UInt8>,
    _ message: Range<Int>,
    _ line: Int
  ) -> Bool {
    if let node = pendingNode, let extent = text.extent(in: message) {
      pendingNode = nil
      add(BootLog.NodeExtent(node: node, extent: extent, line: line))
      return true
    }
    pendingNode = nil
    let isNew = text.hasPrefix(message, "node ")
    guard isNew || text[message.lowerBound].isDigit,
      let node = text.number(at: message.lowerBound + (isNew ? 5 : 0), in: message),
      node.end < message.upperBound, text[node.end] == 0x3A, let id = UInt32(exactly: node.value)
    else { return false }
    let value = text.trimmed(node.end + 1..<message.upperBound)
    if value.isEmpty {
      pendingNode = NodeID(id)
      return true
    }
    guard let extent = text.extent(in: value) else { return false }
    add(BootLog.NodeExtent(node: NodeID(id), extent: extent, line: line))
    return true
  }

  private mutating func add(_ range: BootLog.NodeExtent) {
    withCurrent {
      if $0.ranges.count < Self.mostEntries { $0.ranges.append(range) } else { $0.strayRanges += 1 }
    }
  }

  /// A range without a heading: the log's beginning is lost.
  private mutating func takeStray(_ text: Span<UInt8>, _ message: Range<Int>) {
    guard text.hasPrefix(message, "node "), block != .ranges,
      let node = text.number(at: message.lowerBound + 5, in: message),
      node.end < message.upperBound, text[node.end] == 0x3A,
      text.extent(in: text.trimmed(node.end + 1..<message.upperBound)) != nil
    else { return }
    if !isBegun { begin(1) }
    withCurrent { $0.strayRanges += 1 }
  }
}
