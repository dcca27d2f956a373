package import HostModel
internal import KernelText

/// Reads the line of JSON that `SnapshotWriter` wrote.
package enum SnapshotReader {
  /// A snapshot as it was collected. Members of later versions are passed over.
  package static func read(
    _ bytes: [UInt8],
    file: String,
    firstLine: Int = 1
  ) throws(JSONError) -> HostSnapshot {
    var reader = JSONReader(bytes, file: file, firstLine: firstLine)
    var snapshot = HostSnapshot(source: SourceDescription(kind: .snapshot, path: ""))
    var version: UInt64?
    var hasZoneinfo = false
    try reader.object { reader, name throws(JSONError) in
      switch name {
      case "schemaVersion":
        version = try reader.number()
        guard version == SnapshotWriter.schemaVersion else {
          throw reader.error("schemaVersion is not 1: a later zonewise wrote this")
        }
      case "command":
        guard try reader.string() == "capture" else {
          throw reader.error("this is the answer of another command; a snapshot says \"capture\"")
        }
      case "zoneinfo":
        hasZoneinfo = true
        snapshot.zoneinfo = try reader.reading { reader throws(JSONError) in
          try reader.zoneinfo()
        }
      default: try member(name, &reader, &snapshot)
      }
    }
    try reader.end()
    guard version != nil else { throw reader.error("no schemaVersion: this is no snapshot") }
    guard hasZoneinfo else { throw reader.error("no zoneinfo: this is no snapshot") }
    return snapshot
  }

  private static func member(
    _ name: String,
    _ reader: inout JSONReader,
    _ snapshot: inout HostSnapshot
  ) throws(JSONError) {
    switch name {
    case "meminfo": snapshot.meminfo = try reader.tableReading(.meminfo).map { Meminfo($0) }
    case "vmstat":
      snapshot.vmstat = try reader.tableReading(.memory)
        .map { MemoryCounters($0, in: Input("/proc/vmstat")) }
    case "buddyinfo":
      snapshot.buddyinfo = try reader.reading { reader throws(JSONError) in
        BuddyInfo(rows: try reader.elements { r throws(JSONError) in try r.buddyRow() })
      }
    case "pagetypeinfo":
      snapshot.pagetypeinfo = try reader.reading { r throws(JSONError) in try r.pagetypeinfo() }
    case "nodes":
      snapshot.nodes = try reader.reading { reader throws(JSONError) in
        try reader.elements { r throws(JSONError) in try r.node() }
      }
    case "nodesWithMemory": snapshot.nodesWithMemory = try reader.idsReading()
    case "nodesWithNormalMemory": snapshot.nodesWithNormalMemory = try reader.idsReading()
    case "memoryBlocks":
      snapshot.memoryBlocks = try reader.reading { r throws(JSONError) in try r.memoryBlocks() }
    case "hugePagePools":
      snapshot.hugePages.pools = try reader.reading { reader throws(JSONError) in
        try reader.elements { r throws(JSONError) in try r.pool() }
      }
    case "iomem":
      snapshot.iomem = try reader.reading { reader throws(JSONError) in
        try reader.elements { r throws(JSONError) in try r.range() }
      }
    case "swaps":
      snapshot.swaps = try reader.reading { reader throws(JSONError) in
        try reader.elements { r throws(JSONError) in try r.swap() }
      }
    case "kernelConfig":
      snapshot.kernelConfig = try reader.reading { r throws(JSONError) in try r.config() }
    case "modules":
      snapshot.modules = try reader.reading { r throws(JSONError) in try r.strings() }
    case "devices": snapshot.devices = try reader.devices()
    case "processes":
      snapshot.processes = try reader.reading { r throws(JSONError) in try r.processes() }
    default: try identity(name, &reader, &snapshot)
    }
  }

  private static func identity(
    _ name: String,
    _ reader: inout JSONReader,
    _ snapshot: inout HostSnapshot
  ) throws(JSONError) {
    switch name {
    case "source": snapshot.source = try reader.source()
    case "hostName": snapshot.hostName = try reader.stringReading()
    case "kernel":
      snapshot.kernel = try reader.reading { r throws(JSONError) in try r.kernel() }
    case "architecture":
      snapshot.architecture = try reader.reading { reader throws(JSONError) in
        guard let known = Architecture(rawValue: try reader.string()) else {
          throw reader.error("not an architecture that zonewise knows")
        }
        return known
      }
    case "operatingSystem": snapshot.operatingSystem = try reader.stringReading()
    case "commandLine": snapshot.commandLine = try reader.stringReading()
    case "pageSizeBytes":
      snapshot.pageSize = try reader.reading { reader throws(JSONError) in
        guard let size = PageSize(bytes: try reader.number()) else {
          throw reader.error("not a page size")
        }
        return size
      }
    case "maxOrder":
      snapshot.maxOrder = try reader.reading { r throws(JSONError) in try r.number() }
    case "settings":
      var settings: [(KernelSetting, Reading<String>)] = []
      try reader.object { reader, path throws(JSONError) in
        let text = try reader.stringReading()
        if let setting = KernelSetting.at(path) { settings.append((setting, text)) }
      }
      for (setting, text) in settings { setting.store(text, into: &snapshot) }
    case "pins": snapshot.pins = try reader.pins()
    case "unread":
      snapshot.unread = try reader.elements { reader throws(JSONError) in
        let members = try reader.texts(["input", "reason", "effect"])
        return UnreadInput(input: members[0], reason: members[1], effect: members[2])
      }
    case "substitutes":
      snapshot.substitutes = try reader.elements { reader throws(JSONError) in
        let members = try reader.texts(["input", "from"])
        return Substitute(input: members[0], from: members[1])
      }
    default: try reader.skip()
    }
  }
}

extension JSONReader {
  // MARK: Readings

  mutating func reading<Value>(
    _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Reading<Value> {
    guard isAtObject(beginningWith: "unknown") else { return .known(try body(&self)) }
    var reason: UnknownReason?
    try object { reader, name throws(JSONError) in
      guard name == "unknown" else { throw reader.error("expected nothing but \"unknown\"") }
      reason = try reader.reason()
    }
    return .unknown(try required(reason, "unknown"))
  }

  mutating func stringReading() throws(JSONError) -> Reading<String> {
    try reading { reader throws(JSONError) in try reader.string() }
  }

  mutating func tableReading(
    _ vocabulary: CounterVocabulary = .none
  ) throws(JSONError) -> Reading<CounterTable> {
    try reading { reader throws(JSONError) in try reader.table(vocabulary) }
  }

  mutating func idsReading() throws(JSONError) -> Reading<[NodeID]> {
    try reading { reader throws(JSONError) in try reader.ids() }
  }

  mutating func countReading() throws(JSONError) -> Reading<UInt64> {
    try reading { reader throws(JSONError) in try reader.number() }
  }

  private mutating func reason() throws(JSONError) -> UnknownReason {
    var members: [String: String] = [:]
    try object { reader, name throws(JSONError) in members[name] = try reader.string() }
    let input = members["input"]
    let field = members["field"]
    let why = members["why"]
    switch try required(members["kind"], "kind") {
    case "not-reported":
      return .notReported(input: try required(input, "input"), field: try required(field, "field"))
    case "missing": return .missing(input: try required(input, "input"))
    case "unreadable":
      return .unreadable(input: try required(input, "input"), cause: try required(why, "why"))
    case "rejected":
      return .rejected(
        input: try required(input, "input"),
        field: try required(field, "field"),
        why: try required(why, "why")
      )
    case "not-asked":
      return .notAsked(input: try required(input, "input"), option: try required(field, "field"))
    case "undetermined": return .undetermined(try required(why, "why"))
    default: throw error("not a reason that zonewise knows")
    }
  }

  // MARK: Common shapes

  /// A member that must be there.
  func required<Value>(_ value: Value?, _ name: String) throws(JSONError) -> Value {
    guard let value else { throw error("\"\(name)\" is missing in this object") }
    return value
  }

  mutating func elements<Value>(
    _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> [Value] {
    var values: [Value] = []
    try array { reader throws(JSONError) in values.append(try body(&reader)) }
    return values
  }

  mutating func strings() throws(JSONError) -> [String] {
    try elements { reader throws(JSONError) in try reader.string() }
  }

  mutating func numbers<Number: FixedWidthInteger>() throws(JSONError) -> [Number] {
    try elements { reader throws(JSONError) in try reader.number() }
  }

  mutating func ids() throws(JSONError) -> [NodeID] {
    try elements { reader throws(JSONError) in NodeID(try reader.number()) }
  }

  /// An object of strings, in the order of `names`.
  mutating func texts(_ names: [String]) throws(JSONError) -> [String] {
    var members: [String: String] = [:]
    try object { reader, name throws(JSONError) in
      if names.contains(name) { members[name] = try reader.string() } else { try reader.skip() }
    }
    var values: [String] = []
    for name in names { values.append(try required(members[name], name)) }
    return values
  }
}
