internal import HostModel

extension JSONReader {
  mutating func node() throws(JSONError) -> NUMANode {
    var id: UInt32?
    var node = NUMANode(id: 0)
    var pools: [HugePagePool] = []
    try object { reader, name throws(JSONError) in
      switch name {
      case "node": id = try reader.number()
      case "cpuCount":
        node.cpuCount = try reader.reading { r throws(JSONError) in try r.number() }
      case "distances":
        node.distances = try reader.reading { r throws(JSONError) in try r.numbers() }
      case "meminfo": node.meminfo = try reader.tableReading(.meminfo).map { Meminfo($0) }
      case "vmstat":
        node.vmstat = try reader.tableReading(.memory)
          .map { MemoryCounters($0) }
      case "numastat": node.numastat = try reader.tableReading()
      case "hugePagePools":
        pools = try reader.elements { r throws(JSONError) in try r.pool() }
      default: try reader.skip()
      }
    }
    node.id = NodeID(try required(id, "node"))
    node.hugePagePools = pools
    let folder = "/sys/devices/system/node/node\(node.id)"
    node.meminfo = node.meminfo.map { Meminfo($0.table, in: Input(folder + "/meminfo")) }
    node.vmstat = node.vmstat.map { MemoryCounters($0.table, in: Input(folder + "/vmstat")) }
    return node
  }

  mutating func pool() throws(JSONError) -> HugePagePool {
    let none = Reading<UInt64>.unknown(.undetermined("not in the snapshot"))
    var pool = HugePagePool(size: 0, node: nil, total: none, free: none, surplus: none)
    var size: UInt64?
    try object { reader, name throws(JSONError) in
      switch name {
      case "sizeBytes": size = try reader.number()
      case "node": pool.node = reader.null() ? nil : NodeID(try reader.number())
      case "total": pool.total = try reader.countReading()
      case "free": pool.free = try reader.countReading()
      case "surplus": pool.surplus = try reader.countReading()
      default: try reader.skip()
      }
    }
    pool.size = ByteCount(try required(size, "sizeBytes"))
    return pool
  }

  mutating func memoryBlocks() throws(JSONError) -> MemoryBlockTable {
    var size: UInt64?
    var blocks: [MemoryBlock] = []
    var tallies: Reading<[UInt64: PageTally]>?
    try object { reader, name throws(JSONError) in
      switch name {
      case "blockSizeBytes": size = try reader.number()
      case "blocks": blocks = try reader.elements { r throws(JSONError) in try r.memoryBlock() }
      case "pageTallies":
        tallies = try reader.reading { r throws(JSONError) in try r.tallies() }
      default: try reader.skip()
      }
    }
    var table = MemoryBlockTable(
      blockSize: ByteCount(try required(size, "blockSizeBytes")),
      blocks: blocks
    )
    table.pageTallies = tallies ?? table.pageTallies
    return table
  }

  private mutating func memoryBlock() throws(JSONError) -> MemoryBlock {
    var number: UInt64?
    let missing = UnknownReason.undetermined("not in the snapshot")
    var block = MemoryBlock(
      number: 0,
      state: .unknown(missing),
      validZones: .unknown(missing),
      nodes: []
    )
    try object { reader, name throws(JSONError) in
      switch name {
      case "block": number = try reader.number()
      case "state":
        block.state = try reader.reading { r throws(JSONError) in
          MemoryBlock.State(word: try r.string())
        }
      case "validZones":
        block.validZones = try reader.reading { reader throws(JSONError) in
          try reader.elements { r throws(JSONError) in ZoneKind(name: try r.string()) }
        }
      case "nodes": block.nodes = try reader.ids()
      default: try reader.skip()
      }
    }
    block.number = try required(number, "block")
    return block
  }

  mutating func range() throws(JSONError) -> IOMemRange {
    var numbers: [String: UInt64] = [:]
    var text: String?
    try object { reader, name throws(JSONError) in
      if name == "name" {
        text = try reader.string()
      } else {
        numbers[name] = try reader.number()
      }
    }
    guard let depth = Int(exactly: try required(numbers["depth"], "depth")) else {
      throw error("depth is out of range")
    }
    return IOMemRange(
      first: try required(numbers["first"], "first"),
      last: try required(numbers["last"], "last"),
      depth: depth,
      name: try required(text, "name")
    )
  }

  mutating func swap() throws(JSONError) -> SwapArea {
    var area = SwapArea(path: "", type: "", size: 0, used: 0, priority: 0)
    var found: Set<String> = []
    try object { reader, name throws(JSONError) in
      found.insert(name)
      switch name {
      case "path": area.path = try reader.string()
      case "type": area.type = try reader.string()
      case "sizeBytes": area.size = ByteCount(try reader.number())
      case "usedBytes": area.used = ByteCount(try reader.number())
      case "priority": area.priority = try reader.number()
      default: try reader.skip()
      }
    }
    for name in ["path", "type", "sizeBytes", "usedBytes", "priority"]
    where !found.contains(name) {
      throw error("\"\(name)\" is missing in this object")
    }
    return area
  }

  mutating func config() throws(JSONError) -> KernelConfig {
    var input: String?
    var options: [String: KernelConfig.Value] = [:]
    try object { reader, name throws(JSONError) in
      switch name {
      case "input": input = try reader.string()
      case "options":
        try reader.object { reader, option throws(JSONError) in
          options[option] = try reader.configValue()
        }
      default: try reader.skip()
      }
    }
    return KernelConfig(options: options, input: try required(input, "input"))
  }

  private mutating func configValue() throws(JSONError) -> KernelConfig.Value {
    guard isAtString else {
      let texts = try strings()
      guard texts.count == 1 else { throw error("expected one text") }
      return .text(texts[0])
    }
    switch try string() {
    case "y": return .yes
    case "m": return .module
    case "n": return .no
    default: throw error("expected \"y\", \"m\" or \"n\"")
    }
  }

  mutating func pins() throws(JSONError) -> PinStatistics {
    var pins = PinStatistics()
    try object { reader, name throws(JSONError) in
      switch name {
      case "systemPages": pins.system = try reader.countReading().map { PageCount($0) }
      case "samples": pins.samples = try reader.number()
      case "nodes":
        try reader.array { reader throws(JSONError) in
          var node: UInt32?
          var pages: Reading<PageCount>?
          try reader.object { reader, name throws(JSONError) in
            switch name {
            case "node": node = try reader.number()
            case "pages": pages = try reader.countReading().map { PageCount($0) }
            default: try reader.skip()
            }
          }
          let id = NodeID(try reader.required(node, "node"))
          pins.perNode[id] = try reader.required(pages, "pages")
        }
      default: try reader.skip()
      }
    }
    return pins
  }

  mutating func processes() throws(JSONError) -> ProcessTotals {
    var totals = ProcessTotals()
    try object { reader, name throws(JSONError) in
      switch name {
      case "pinnedBytes": totals.pinned = ByteCount(try reader.number())
      case "lockedBytes": totals.locked = ByteCount(try reader.number())
      case "pageTablesBytes": totals.pageTables = ByteCount(try reader.number())
      case "residentBytes": totals.resident = ByteCount(try reader.number())
      case "swappedBytes": totals.swapped = ByteCount(try reader.number())
      case "read": totals.processesRead = try reader.number()
      case "refused": totals.processesRefused = try reader.number()
      case "isTruncated": totals.isTruncated = try reader.bool()
      default: try reader.skip()
      }
    }
    return totals
  }
}
