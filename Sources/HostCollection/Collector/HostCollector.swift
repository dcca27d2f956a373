package import HostModel
internal import KernelText
internal import SourceText
internal import SystemIO

/// What to collect beyond the ordinary.
package struct CollectionOptions: Sendable {
  /// Sum up /proc/PID/status over processes.
  package var readProcesses = false
  /// At most that many processes are read.
  package var processLimit = 200_000
  /// How often outstanding pins are sampled, and how long to wait in between; a host without
  /// pins is sampled once.
  package var pinSamples = 5
  package var pinInterval = Duration.milliseconds(20)
  /// Read /proc/kpageflags, on hosts of at most `pageFlagsLimit`: about ten seconds a TiB.
  package var readPageFlags = false
  package var pageFlagsLimit = ByteCount.gibibytes(256)
  /// What the source does not tell.
  package var architecture: Architecture?
  package var pageSize: PageSize?
  /// Whether a list of memory blocks is enough: zones are then unknown.
  package var acceptsBlockList = false

  package init() {}
}

/// Reads everything that advice is made from, and lists what it could not read.
///
/// Each part is read once and given to the parts that need it, so that none can be read before what it
/// is made from.
package struct HostCollector: ~Copyable {
  let source: any HostSource
  let options: CollectionOptions
  /// Every input so far that could not be read, with what that costs.
  var unread: [UnreadInput] = []
  /// What stood in for inputs so far.
  var substitutes: [Substitute]
  private var buffer: [UInt8] = []

  private init(_ source: any HostSource, options: CollectionOptions) {
    self.source = source
    self.options = options
    substitutes = source.substitutes
    buffer.reserveCapacity(64 << 10)
  }

  /// Collects a snapshot. Only a zoneinfo that is missing or refused is an error: without it
  /// nothing can be judged.
  package static func collect(
    from source: any HostSource,
    options: CollectionOptions = CollectionOptions()
  ) throws(CollectionError) -> HostSnapshot {
    // Memory of a running host may be added or taken away while it is read: parts of different moments
    // don't add up.
    for _ in 1..<attempts where source.isRunning {
      var collector = HostCollector(source, options: options)
      let before = collector.layout()
      let result = Result { () throws(CollectionError) in try collector.collect() }
      if before == collector.layout() { return try result.get() }
    }
    var collector = HostCollector(source, options: options)
    let before = collector.layout()
    var snapshot = try collector.collect()
    if source.isRunning, before != collector.layout() {
      snapshot.unread.append(
        UnreadInput(
          input: HostInput.zoneinfo.path,
          reason: "memory was added or taken away while it was read, \(attempts) times",
          effect: "amounts may be of different moments: run it again when that is over"
        )
      )
    }
    return snapshot
  }

  private static let attempts = 3

  /// Where memory is on a running host; nil elsewhere, and where it can't be read.
  private mutating func layout() -> [ZoneLayout]? {
    guard source.isRunning, let bytes = try? bytes(.zoneinfo),
      let zoneinfo = try? ZoneInfoText.parse(bytes.span, file: "")
    else { return nil }
    return zoneinfo.nodes.flatMap { node in
      node.zones.map { ZoneLayout(node: node.node, kind: $0.kind, present: $0.present) }
    }
  }

  private struct ZoneLayout: Equatable {
    var node: NodeID
    var kind: ZoneKind
    var present: Reading<PageCount>
  }

  private mutating func collect() throws(CollectionError) -> HostSnapshot {
    var snapshot = HostSnapshot(source: source.description)
    let zoneinfo: ZoneInfo
    if options.acceptsBlockList, isMissing(.zoneinfo) {
      zoneinfo = ZoneInfo()
      snapshot.zoneinfo = .unknown(.missing(input: HostInput.zoneinfo.path))
    } else {
      zoneinfo = try readZoneinfo()
      snapshot.zoneinfo = .known(zoneinfo)
    }
    if zoneinfo.presentIsManaged { notePresentStandsIn() }
    let counters = readCounters()
    snapshot.meminfo = counters.meminfo
    snapshot.buddyinfo = counters.buddyinfo
    snapshot.maxOrder = counters.maxOrder
    snapshot.swaps = counters.swaps
    snapshot.modules = counters.modules
    let identity = readIdentity(zoneinfo, meminfo: counters.meminfo)
    snapshot.hostName = identity.hostName
    snapshot.kernel = identity.kernel
    snapshot.commandLine = identity.commandLine
    snapshot.operatingSystem = identity.operatingSystem
    snapshot.kernelConfig = identity.config
    snapshot.architecture = identity.architecture
    let topology = readNodes(zoneinfo)
    snapshot.nodesWithMemory = topology.withMemory
    snapshot.nodesWithNormalMemory = topology.withNormalMemory
    snapshot.memoryTiers = topology.tiers
    snapshot.hugePages.pools = topology.hugePagePools
    let blocks = readMemoryBlocks(of: topology.nodes)
    readSettings(into: &snapshot)
    snapshot.devices = readDevices(modules: counters.modules)
    snapshot.pagetypeinfo = readPageTypes()
    snapshot.iomem = readMemoryMap()
    (snapshot.pins, snapshot.vmstat, snapshot.nodes) = samplePins(
      vmstat: counters.vmstat,
      nodes: topology.nodes
    )
    snapshot.processes = readProcesses()
    snapshot.memoryBlocks = blocks
    snapshot.pageSize = pageSize(of: snapshot, zones: zoneinfo)
    snapshot.memoryBlocks = readPageTallies(of: blocks, pageSize: snapshot.pageSize)
    if let what = missing(from: zoneinfo, in: snapshot) {
      let why = ParseError(.incomplete(what), file: displayPath(HostInput.zoneinfo.path), line: 1)
      throw .zones(ZoneList(snapshot, nodes: zoneinfo.nodes, why: why))
    }
    snapshot.unread = unread
    snapshot.substitutes = substitutes
    return snapshot
  }

  // MARK: Reading one input

  /// Reads and parses an input; where that fails, the input is listed with its effect.
  mutating func load<Value>(
    _ input: HostInput,
    _ parse: (Span<UInt8>, String) throws(ParseError) -> Value
  ) -> Reading<Value> {
    let reading = attempt(input, parse)
    if let reason = reading.reason, let effect = input.effect {
      unread.append(
        UnreadInput(input: input.path, reason: Self.cause(reason), effect: effect)
      )
    }
    return reading
  }

  /// The same without listing a failure.
  mutating func attempt<Value>(
    _ input: HostInput,
    _ parse: (Span<UInt8>, String) throws(ParseError) -> Value
  ) -> Reading<Value> {
    do throws(ReadFailure) {
      try source.read(input.path, limit: input.limit, into: &buffer)
    } catch {
      return .unknown(
        error == .missing
          ? .missing(input: input.path)
          : .unreadable(input: input.path, cause: error.description)
      )
    }
    do throws(ParseError) {
      return .known(try parse(buffer.span, displayPath(input.path)))
    } catch {
      return .unknown(
        .rejected(
          input: input.path,
          field: "line \(error.place.line)",
          why: error.reason.description
        )
      )
    }
  }

  mutating func bytes(_ input: HostInput) throws(ReadFailure) -> [UInt8] {
    try source.read(input.path, limit: input.limit, into: &buffer)
    return buffer
  }

  /// The path as the user would find the file.
  func displayPath(_ path: String) -> String { source.displayPath(path) }

  static func cause(_ reason: UnknownReason) -> String {
    switch reason {
    case .missing: "not there"
    case .unreadable(_, let cause): cause
    default: reason.description
    }
  }

  private mutating func isMissing(_ input: HostInput) -> Bool {
    do throws(ReadFailure) {
      try source.read(input.path, limit: input.limit, into: &buffer)
      return false
    } catch {
      return error == .missing
    }
  }

  // MARK: zoneinfo

  private mutating func readZoneinfo() throws(CollectionError) -> ZoneInfo {
    let input = HostInput.zoneinfo
    do throws(ReadFailure) {
      try source.read(input.path, limit: input.limit, into: &buffer)
    } catch {
      throw .unreadable(path: displayPath(input.path), error)
    }
    do throws(ParseError) {
      return try ZoneInfoText.parse(buffer.span, file: displayPath(input.path))
    } catch {
      guard let parts = ZoneInfoText.parts(of: buffer.span, refusedFor: error) else {
        throw .refused(error)
      }
      throw .zones(surroundings(of: parts))
    }
  }

  /// Kernels before 3.9 print no `managed`.
  private mutating func notePresentStandsIn() {
    unread.append(
      UnreadInput(
        input: HostInput.zoneinfo.path,
        reason: "managed is not printed (Linux before 3.9)",
        effect:
          "present, from which the kernel has taken its page descriptors, stands in; what boot "
          + "reserved beside them counts as use"
      )
    )
  }

  /// What is known of the host whose zoneinfo is in parts.
  private mutating func surroundings(of parts: ZoneInfoParts) -> ZoneList {
    let zoneinfo = ZoneInfo(nodes: parts.nodes)
    var snapshot = HostSnapshot(source: source.description)
    snapshot.meminfo = attempt(.meminfo) { text, file throws(ParseError) in
      Meminfo(try MeminfoText.parse(text, file: file), in: Input(HostInput.meminfo.path))
    }
    let identity = readIdentity(zoneinfo, meminfo: snapshot.meminfo)
    snapshot.hostName = identity.hostName
    snapshot.kernel = identity.kernel
    snapshot.architecture = identity.architecture
    // Sums over parts tell nothing of the page size.
    snapshot.pageSize = pageSize(of: snapshot, zones: nil)
    return ZoneList(snapshot, nodes: parts.nodes, why: parts.why)
  }

  /// What a zoneinfo lacks that holds fewer nodes, or less memory, than the host says it has.
  private func missing(from zoneinfo: ZoneInfo, in snapshot: HostSnapshot) -> String? {
    guard !zoneinfo.nodes.isEmpty else { return nil }
    if let node = snapshot.nodesWithMemory.value?.first(where: { zoneinfo.node($0) == nil }) {
      return "node \(node) has memory and is not in it"
    }
    guard let pageSize = snapshot.pageSize.value, let total = snapshot.meminfo.memTotal.value else {
      return nil
    }
    let present = zoneinfo.nodes.map(\.present).total().bytes(of: pageSize)
    // Zones hold at least what MemTotal counts; 2 % covers hosts whose counters moved in between.
    guard present + total.scaled(by: 2, over: 100) < total else { return nil }
    return "its zones hold \(present.count >> 20) MiB of \(total.count >> 20) MiB"
  }
}
