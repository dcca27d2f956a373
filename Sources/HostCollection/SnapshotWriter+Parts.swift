internal import HostModel

extension JSONWriter {
  /// `[["MemTotal", 16314372, "kB"], …]`: an array, for order and repeated names matter.
  mutating func table(_ table: CounterTable) {
    elements(table.entries.indices) { writer, index in
      let entry = table.entries[index]
      writer.list {
        $0.item()
        $0.name(table.nameBytes(at: index))
        $0.item()
        $0.append(number: entry.value)
        if entry.isKibibytes {
          $0.item()
          $0.append(string: "kB")
        }
        if entry.state != .number {
          $0.item()
          $0.append(string: entry.state == .wrappedNegative ? "negative" : "invalid")
        }
      }
    }
  }

  /// A counter's name; as numbers where it is not UTF-8, which only a damaged file has.
  private mutating func name(_ bytes: ArraySlice<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      append(string: text)
    } else {
      elements(bytes) { $0.append(number: UInt64($1)) }
    }
  }

  private mutating func table(_ key: String, _ table: CounterTable) {
    self.key(key)
    self.table(table)
  }

  mutating func zoneinfo(_ info: ZoneInfo) {
    object {
      $0.bool("hasUnpopulatedZones", info.hasUnpopulatedZones)
      $0.array("nodes", info.nodes) { writer, node in
        writer.object {
          $0.number("node", UInt64(node.node.number))
          $0.table("counters", node.counterTable)
          $0.array("zones", node.zones) { $0.zone($1) }
        }
      }
    }
  }

  private mutating func zone(_ zone: ZoneSnapshot) {
    object {
      $0.number("node", UInt64(zone.node.number))
      $0.string("zone", zone.kind.name)
      $0.number("line", Int64(zone.line))
      $0.table("pages", zone.pages)
      $0.numbers("protection", zone.protection)
      $0.table("counters", zone.counterTable)
      $0.array("pagesets", zone.pagesets) { $0.pageset($1) }
      $0.table("pagesetExtras", zone.pagesetExtras)
      $0.table("trailer", zone.trailer)
    }
  }

  /// `[cpu, count, high, batch, high_min, high_max, threshold]`, null where the kernel prints none.
  private mutating func pageset(_ pageset: PagesetSnapshot) {
    let numbers = [
      UInt64(pageset.cpu), pageset.count, pageset.high, pageset.batch, pageset.highMin,
      pageset.highMax, pageset.statThreshold,
    ]
    optionals(numbers)
  }

  private mutating func optionals(_ numbers: [UInt64?]) {
    elements(numbers) { writer, number in
      if let number { writer.append(number: number) } else { writer.appendNull() }
    }
  }

  mutating func buddyinfo(_ info: BuddyInfo) {
    elements(info.rows) { writer, row in
      writer.object {
        $0.number("node", UInt64(row.node.number))
        $0.string("zone", row.kind.name)
        $0.numbers("freeBlocks", row.freeBlocks)
      }
    }
  }

  mutating func pagetypeinfo(_ info: PageTypeInfo) {
    object {
      $0.number("pageBlockOrder", UInt64(info.pageBlockOrder))
      $0.number("pagesPerBlock", info.pagesPerBlock.count)
      $0.array("free", info.freeRows) { writer, row in
        writer.object {
          $0.number("node", UInt64(row.node.number))
          $0.string("zone", row.kind.name)
          $0.string("type", row.type)
          $0.key("freeBlocks")
          $0.optionals(row.freeBlocks)
        }
      }
      $0.strings("types", info.types)
      $0.array("blocks", info.blockRows) { writer, row in
        writer.object {
          $0.number("node", UInt64(row.node.number))
          $0.string("zone", row.kind.name)
          $0.numbers("blocks", row.blocks)
        }
      }
    }
  }

  mutating func node(_ node: NUMANode) {
    object {
      $0.number("node", UInt64(node.id.number))
      $0.reading("cpuCount", node.cpuCount) { $0.append(number: Int64($1)) }
      $0.reading("distances", node.distances) { writer, distances in
        writer.elements(distances) { $0.append(number: Int64($1)) }
      }
      $0.reading("meminfo", node.meminfo) { $0.table($1.table) }
      $0.reading("vmstat", node.vmstat) { $0.table($1.table) }
      $0.reading("numastat", node.numastat) { $0.table($1) }
      $0.array("hugePagePools", node.hugePagePools) { $0.pool($1) }
    }
  }

  mutating func pool(_ pool: HugePagePool) {
    object {
      $0.number("sizeBytes", pool.size.count)
      $0.number("node", pool.node.map { UInt64($0.number) })
      $0.reading("total", pool.total) { $0.append(number: $1) }
      $0.reading("free", pool.free) { $0.append(number: $1) }
      $0.reading("surplus", pool.surplus) { $0.append(number: $1) }
    }
  }

  mutating func memoryBlocks(_ table: MemoryBlockTable) {
    object {
      $0.number("blockSizeBytes", table.blockSize.count)
      $0.array("blocks", table.blocks) { writer, block in
        writer.object {
          $0.number("block", block.number)
          $0.reading("state", block.state) { $0.append(string: $1.word) }
          $0.reading("validZones", block.validZones) { writer, zones in
            writer.elements(zones) { $0.append(string: $1.name) }
          }
          $0.key("nodes")
          $0.ids(block.nodes)
        }
      }
      $0.reading("pageTallies", table.pageTallies) { $0.tallies($1) }
    }
  }

  mutating func range(_ range: IOMemRange) {
    object {
      $0.number("first", range.first)
      $0.number("last", range.last)
      $0.number("depth", Int64(range.depth))
      $0.string("name", range.name)
    }
  }

  mutating func swap(_ area: SwapArea) {
    object {
      $0.string("path", area.path)
      $0.string("type", area.type)
      $0.number("sizeBytes", area.size.count)
      $0.number("usedBytes", area.used.count)
      $0.number("priority", Int64(area.priority))
    }
  }

  /// Options as `"y"`, `"m"` and `"n"`; texts and numbers as an array of one string.
  mutating func config(_ config: KernelConfig) {
    object {
      $0.string("input", config.input)
      $0.object("options") { writer in
        for (name, value) in config.options.sorted(by: { $0.key < $1.key }) {
          switch value {
          case .yes: writer.string(name, "y")
          case .module: writer.string(name, "m")
          case .no: writer.string(name, "n")
          case .text(let text): writer.strings(name, [text])
          }
        }
      }
    }
  }

  mutating func processes(_ totals: ProcessTotals) {
    object {
      $0.number("pinnedBytes", totals.pinned.count)
      $0.number("lockedBytes", totals.locked.count)
      $0.number("pageTablesBytes", totals.pageTables.count)
      $0.number("residentBytes", totals.resident.count)
      $0.number("swappedBytes", totals.swapped.count)
      $0.number("read", Int64(totals.processesRead))
      $0.number("refused", Int64(totals.processesRefused))
      $0.bool("isTruncated", totals.isTruncated)
    }
  }
}

extension MemoryBlock.State {
  /// The kernel's word for it.
  var word: String {
    switch self {
    case .online: "online"
    case .offline: "offline"
    case .goingOffline: "going-offline"
    case .other(let word): word
    }
  }

  init(word: String) {
    switch word {
    case "online": self = .online
    case "offline": self = .offline
    case "going-offline": self = .goingOffline
    default: self = .other(word)
    }
  }
}
