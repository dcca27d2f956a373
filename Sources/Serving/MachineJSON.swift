package import HostModel
internal import SourceText

/// A machine as it is, for the page's picture: what `advise` is made from, not what it says.
package enum MachineJSON {
  package static func render(_ snapshot: HostSnapshot) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("name", snapshot.hostName.value)
      root.string("kernel", snapshot.kernel.value?.release)
      root.string("arch", snapshot.architecture.value?.rawValue)
      root.string("operatingSystem", snapshot.operatingSystem.value)
      root.string("cmdline", snapshot.commandLine.value)
      root.number("pageSizeBytes", snapshot.pageSize.value?.bytes.count)
      root.string("source", snapshot.source.path)
      root.array("nodes", snapshot.zoneinfo.value?.nodes ?? []) { list, node in
        list.object { self.node(node, snapshot, &$0) }
      }
      blocks(snapshot, &root)
    }
    return writer.bytes
  }

  private static func node(
    _ node: NodeZones,
    _ snapshot: HostSnapshot,
    _ object: inout JSONWriter
  ) {
    object.number("node", UInt64(node.node.number))
    let known = snapshot.nodes.value?.first { $0.id == node.node }
    object.number("cpus", known?.cpuCount.value.map { Int64($0) })
    object.array("zones", node.zones.filter(\.isPopulated)) { list, zone in
      list.object {
        $0.string("name", zone.kind.name)
        $0.bool("servesKernel", zone.kind.servesKernel)
        $0.string("source", "\(zone.input)")
        $0.number("startPFN", zone.startPFN.value?.number)
        $0.number("spannedPages", zone.spanned.value?.count)
        $0.number("presentPages", zone.presentPages.count)
        $0.number("managedPages", zone.managed.value?.count)
        $0.number("freePages", zone.free.value?.count)
        $0.number("cmaPages", zone.cma.value?.count)
        $0.number("minPages", zone.minWatermark.value?.count)
        $0.number("hardUsePages", zone.hardUse.value?.count)
        $0.number("userPages", zone.allLRU.value?.count)
      }
    }
    object.array("hugePages", known?.hugePagePools ?? []) { list, pool in
      list.object {
        $0.number("sizeBytes", pool.size.count)
        $0.number("total", pool.total.value)
        $0.number("free", pool.free.value)
      }
    }
  }

  /// Memory blocks, those that are alike and follow one another in one entry.
  private static func blocks(_ snapshot: HostSnapshot, _ root: inout JSONWriter) {
    guard let table = snapshot.memoryBlocks.value else { return root.null("blocks") }
    struct Run: Equatable {
      var state: String?
      var zones: [String]?
      var nodes: [UInt64]
    }
    var runs: [(first: UInt64, count: UInt64, run: Run)] = []
    for block in table.blocks {
      let run = Run(
        state: block.state.value.map(text),
        zones: block.validZones.value?.map(\.name),
        nodes: block.nodes.map { UInt64($0.number) }
      )
      if let last = runs.last, last.run == run, last.first + last.count == block.number {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((block.number, 1, run))
      }
    }
    root.object("blocks") { object in
      object.number("blockSizeBytes", table.blockSize.count)
      object.string("source", "/sys/devices/system/memory")
      object.array("runs", runs) { list, entry in
        list.object {
          $0.number("first", entry.first)
          $0.number("count", entry.count)
          $0.string("state", entry.run.state)
          if let zones = entry.run.zones { $0.strings("zones", zones) } else { $0.null("zones") }
          $0.array("nodes", entry.run.nodes) { $0.append(number: $1) }
        }
      }
    }
  }

  private static func text(_ state: MemoryBlock.State) -> String {
    switch state {
    case .online: "online"
    case .offline: "offline"
    case .goingOffline: "going-offline"
    case .other(let text): text
    }
  }
}
