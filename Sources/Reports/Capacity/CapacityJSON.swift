internal import Advice
internal import HostModel

/// `report --format json`, schema version 1: hosts in the order of their sources, then the summary.
package enum CapacityJSON {
  /// A host as one compact object, for streams and for the report's `hosts`.
  package static func host(_ row: HostRow) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { object in
      object.string("source", row.source)
      object.string("failure", row.failure)
      guard row.failure == nil else { return }
      object.string("name", row.name)
      object.string("kernel", row.kernelRelease)
      object.string("arch", row.architecture)
      object.string("profile", row.profile)
      object.string("class", row.machineClass)
      object.string("zoneArguments", row.zoneArguments)
      object.string("verdict", row.verdict.rawValue)
      object.number("totalBytes", row.total.count)
      object.number("kernelBytes", row.kernel.count)
      object.number("movableBytes", row.movable.count)
      object.ratio("movableToKernelRatio", row.ratio.number)
      object.number("kernelHeadroomBytes", row.headroom?.count)
      object.number("usedKernelBytes", row.used?.count)
      object.number("neededKernelBytes", row.needed?.count)
      object.number("unexplainedBytes", row.unexplained)
      object.number("maxSafeMovableBytes", row.maxSafeMovable?.count)
      object.string("recommendation", row.recommendation)
      object.number("errors", UInt64(row.errors))
      object.number("warnings", UInt64(row.warnings))
      object.strings("rules", row.rules)
      object.number("unknownInputs", UInt64(row.unknownInputs))
      object.array("nodes", row.nodes) { writer, node in
        writer.object {
          $0.number("node", UInt64(node.node.number))
          $0.number("kernelBytes", node.kernel.count)
          $0.number("movableBytes", node.movable.count)
          $0.number("kernelHeadroomBytes", node.headroom.value?.count)
          $0.string("verdict", node.verdict.rawValue)
        }
      }
    }
    return writer.bytes
  }

  /// What stands before the hosts.
  package static func opening(date: String, title: String) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object {
      $0.number("schemaVersion", UInt64(1))
      $0.string("command", "report")
      $0.string("date", date)
      $0.string("title", title)
    }
    return writer.bytes.dropLast() + Array(",\"hosts\":[\n".utf8)
  }

  /// What stands behind them.
  package static func closing(_ summary: CapacitySummary) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { object in
      object.number("hosts", UInt64(summary.hosts))
      object.number("failed", UInt64(summary.failed))
      object.object("verdicts") { verdicts in
        for verdict in Verdict.allCases {
          verdicts.number(verdict.rawValue, UInt64(summary.verdicts[verdict] ?? 0))
        }
      }
      object.number("totalBytes", summary.total.count)
      object.number("kernelBytes", summary.kernel.count)
      object.number("movableBytes", summary.movable.count)
      object.number("possibleMovableBytes", summary.possible.count)
      object.number("excessMovableBytes", summary.excess.count)
      object.array("classes", summary.sortedGroups) { writer, group in
        writer.object {
          $0.string("name", group.name)
          $0.number("hosts", UInt64(group.hosts))
          $0.number("possibleMovableBytes", group.possible.count)
          $0.number("excessMovableBytes", group.excess.count)
          $0.number("leastHeadroomBytes", group.leastHeadroom?.count)
          $0.ratio("worstRatio", group.worstRatio?.number)
          $0.strings("drift", group.drift)
        }
      }
    }
    return Array("\n],\"summary\":".utf8) + writer.bytes + Array("}\n".utf8)
  }
}
