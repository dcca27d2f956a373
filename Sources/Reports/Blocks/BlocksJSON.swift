package import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `blocks --format json`, schema version 1: Documentation/schemas/blocks.schema.json.
package enum BlocksJSON {
  package static func render(_ report: BlockReport) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "blocks")
      root.number("blockSizeBytes", report.hasNoBlocks == nil ? report.blockSize.count : nil)
      if !report.assumptions.isEmpty { root.strings("assumptions", report.assumptions) }
      root.array("blocks", report.blocks) { writer, offlinability in
        writer.object { block(offlinability, report, &$0) }
      }
      root.object("totals") {
        $0.number("offlinableBytes", report.offlinable.count)
        $0.number("roomElsewhereBytes", report.room.value?.count)
        sizes(report.total, &$0)
        $0.object("byReason") {
          for (kind, bytes) in report.byReason { $0.number(kind.rawValue, bytes.count) }
        }
      }
      root.array("nodes", report.nodes) { writer, sums in
        writer.object {
          $0.number("node", sums.node.map { UInt64($0.number) })
          sizes(sums, &$0)
        }
      }
      root.array("unknown", report.unknown) { writer, input in
        writer.object {
          $0.string("input", input.input)
          $0.string("reason", input.reason)
          $0.string("effect", input.effect)
        }
      }
    }
    return writer.bytes + [0x0A]
  }

  private static func block(
    _ offlinability: BlockOfflinability,
    _ report: BlockReport,
    _ object: inout JSONWriter
  ) {
    let nodes = offlinability.block.nodes
    object.number("block", offlinability.block.number)
    object.number("startBytes", offlinability.frames.start.address(pageSize: report.pageSize).count)
    object.number("node", nodes.count == 1 ? nodes.first.map { UInt64($0.number) } : nil)
    object.string("state", offlinability.block.stateName)
    object.string("zone", offlinability.zone?.name)
    object.string("offlinable", offlinability.offlinable.rawValue)
    object.strings("reasons", offlinability.reasons.map(\.rawValue))
  }

  private static func sizes(_ sums: BlockSums, _ object: inout JSONWriter) {
    object.number("yesBytes", sums[.yes].count)
    object.number("unknownBytes", sums[.unknown].count)
    object.number("unlikelyBytes", sums[.unlikely].count)
    object.number("noBytes", sums[.no].count)
    object.number("offlineBytes", sums.offline.count)
  }
}

extension MemoryBlock {
  /// The state as sysfs spells it; nil where it is unknown.
  var stateName: String? {
    switch state.value {
    case .online: "online"
    case .offline: "offline"
    case .goingOffline: "going-offline"
    case .other(let name): name
    case nil: nil
    }
  }
}
