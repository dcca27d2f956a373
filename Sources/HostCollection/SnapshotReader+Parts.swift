internal import HostModel

extension JSONReader {
  mutating func source() throws(JSONError) -> SourceDescription {
    let members = try texts(["kind", "path"])
    guard let kind = SourceDescription.Kind(rawValue: members[0]) else {
      throw error("not a kind of source that zonewise knows")
    }
    return SourceDescription(kind: kind, path: members[1])
  }

  mutating func kernel() throws(JSONError) -> KernelVersion {
    var release: String?
    var numbers: [String: Int] = [:]
    try object { reader, name throws(JSONError) in
      if name == "release" {
        release = try reader.string()
      } else {
        numbers[name] = try reader.number()
      }
    }
    return KernelVersion(
      major: try required(numbers["major"], "major"),
      minor: try required(numbers["minor"], "minor"),
      patch: try required(numbers["patch"], "patch"),
      release: try required(release, "release")
    )
  }

  // MARK: Counters

  mutating func table(
    _ vocabulary: CounterVocabulary = .none
  ) throws(JSONError) -> CounterTable {
    var table = CounterTable(of: vocabulary)
    try array { reader throws(JSONError) in try reader.entry(of: &table) }
    return table
  }

  private mutating func entry(of table: inout CounterTable) throws(JSONError) {
    var name: [UInt8]?
    var value: UInt64?
    var state = CounterTable.State.number
    var isKibibytes = false
    try array { reader throws(JSONError) in
      if name == nil {
        name = reader.isAtString ? Array(try reader.string().utf8) : try reader.numbers()
      } else if value == nil {
        value = try reader.number()
      } else {
        switch try reader.string() {
        case "kB": isKibibytes = true
        case "negative": state = .wrappedNegative
        case "invalid": state = .notANumber
        default: throw reader.error("expected \"kB\", \"negative\" or \"invalid\"")
        }
      }
    }
    let bytes = try required(name, "name")
    table.append(
      name: bytes.indices,
      of: bytes.span,
      value: try required(value, "value"),
      state: state,
      isKibibytes: isKibibytes
    )
  }

  // MARK: Zones

  mutating func zoneinfo() throws(JSONError) -> ZoneInfo {
    var info = ZoneInfo()
    try object { reader, name throws(JSONError) in
      switch name {
      case "hasUnpopulatedZones": info.hasUnpopulatedZones = try reader.bool()
      case "nodes":
        info.nodes = try reader.elements { r throws(JSONError) in try r.nodeZones() }
      default: try reader.skip()
      }
    }
    return info
  }

  private mutating func nodeZones() throws(JSONError) -> NodeZones {
    var node: UInt32?
    var counters = CounterTable(of: .memory)
    var zones: [ZoneSnapshot] = []
    try object { reader, name throws(JSONError) in
      switch name {
      case "node": node = try reader.number()
      case "counters": counters = try reader.table(.memory)
      case "zones": zones = try reader.elements { r throws(JSONError) in try r.zone() }
      default: try reader.skip()
      }
    }
    var result = NodeZones(node: NodeID(try required(node, "node")))
    result.counterTable = counters
    result.zones = zones
    return result
  }

  private mutating func zone() throws(JSONError) -> ZoneSnapshot {
    var result = ZoneSnapshot(node: 0, kind: .normal, line: 0)
    var node: UInt32?
    var kind: String?
    try object { reader, name throws(JSONError) in
      switch name {
      case "node": node = try reader.number()
      case "zone": kind = try reader.string()
      case "line": result.line = try reader.number()
      case "pages": result.pages = try reader.table(.zoneSizes)
      case "protection": result.protection = try reader.numbers()
      case "counters": result.counterTable = try reader.table(.memory)
      case "pagesets":
        result.pagesets = try reader.elements { r throws(JSONError) in try r.pageset() }
      case "pagesetExtras": result.pagesetExtras = try reader.table()
      case "trailer": result.trailer = try reader.table(.zoneSizes)
      default: try reader.skip()
      }
    }
    result.node = NodeID(try required(node, "node"))
    result.kind = ZoneKind(name: try required(kind, "zone"))
    return result
  }

  private mutating func pageset() throws(JSONError) -> PagesetSnapshot {
    let numbers = try optionals()
    guard numbers.count == 7, let cpu = numbers[0].flatMap({ UInt32(exactly: $0) }),
      let count = numbers[1], let high = numbers[2], let batch = numbers[3]
    else { throw error("expected seven numbers: cpu, count, high, batch, and three that may lack") }
    var result = PagesetSnapshot(cpu: cpu)
    result.count = count
    result.high = high
    result.batch = batch
    result.highMin = numbers[4]
    result.highMax = numbers[5]
    result.statThreshold = numbers[6]
    return result
  }

  private mutating func optionals() throws(JSONError) -> [UInt64?] {
    try elements { reader throws(JSONError) in reader.null() ? nil : try reader.number() }
  }

  mutating func buddyRow() throws(JSONError) -> BuddyInfo.Row {
    let row = try zoneRow("freeBlocks")
    return BuddyInfo.Row(node: row.node, kind: row.kind, freeBlocks: try whole(row.numbers))
  }

  private struct ZoneRow {
    var node: NodeID
    var kind: ZoneKind
    var type: String?
    var numbers: [UInt64?]
  }

  /// A node, a zone, perhaps a migrate type, and a list of numbers.
  private mutating func zoneRow(_ list: String) throws(JSONError) -> ZoneRow {
    var node: UInt32?
    var kind: String?
    var type: String?
    var numbers: [UInt64?]?
    try object { reader, name throws(JSONError) in
      switch name {
      case "node": node = try reader.number()
      case "zone": kind = try reader.string()
      case "type": type = try reader.string()
      case list: numbers = try reader.optionals()
      default: try reader.skip()
      }
    }
    return ZoneRow(
      node: NodeID(try required(node, "node")),
      kind: ZoneKind(name: try required(kind, "zone")),
      type: type,
      numbers: try required(numbers, list)
    )
  }

  private func whole(_ numbers: [UInt64?]) throws(JSONError) -> [UInt64] {
    var result: [UInt64] = []
    for number in numbers { result.append(try required(number, "number")) }
    return result
  }

  mutating func pagetypeinfo() throws(JSONError) -> PageTypeInfo {
    var order: UInt8?
    var pages: UInt64?
    var result = PageTypeInfo(pageBlockOrder: 0, pagesPerBlock: 0)
    try object { reader, name throws(JSONError) in
      switch name {
      case "pageBlockOrder": order = try reader.number()
      case "pagesPerBlock": pages = try reader.number()
      case "free":
        result.freeRows = try reader.elements { reader throws(JSONError) in
          let row = try reader.zoneRow("freeBlocks")
          let type = try reader.required(row.type, "type")
          return PageTypeInfo.FreeRow(
            node: row.node,
            kind: row.kind,
            type: type,
            freeBlocks: row.numbers
          )
        }
      case "types": result.types = try reader.strings()
      case "blocks":
        result.blockRows = try reader.elements { reader throws(JSONError) in
          let row = try reader.zoneRow("blocks")
          let blocks = try reader.whole(row.numbers)
          return PageTypeInfo.BlockRow(node: row.node, kind: row.kind, blocks: blocks)
        }
      default: try reader.skip()
      }
    }
    result.pageBlockOrder = try required(order, "pageBlockOrder")
    result.pagesPerBlock = PageCount(try required(pages, "pagesPerBlock"))
    return result
  }
}
