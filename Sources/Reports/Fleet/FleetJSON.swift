internal import Advice
package import Capacity
internal import HostModel
internal import SourceText

/// `fleet --partial` and `fleet --merge`, schema version 1: one form for both, so that what was merged
/// can be merged again. The same summary is always the same bytes.
package enum FleetJSON {
  package static func render(_ summary: FleetSummary) -> [UInt8] {
    var summary = summary
    summary.trim()
    var writer = JSONWriter(pretty: true)
    writer.object { object in
      object.number("schemaVersion", UInt64(1))
      object.string("command", "fleet")
      object.number("hosts", summary.hosts)
      object.number("failed", summary.failed)
      object.object("verdicts") {
        for verdict in Verdict.allCases {
          $0.number(verdict.rawValue, summary.verdicts[verdict] ?? 0)
        }
      }
      object.object("sums") {
        for sum in FleetSummary.Sum.allCases { $0.number(sum.rawValue, summary.sums[sum] ?? 0) }
      }
      object.histogram("ratioThousandths", summary.ratios)
      object.histogram("kernelHeadroomBytes", summary.headrooms)
      for group in FleetSummary.Group.allCases {
        let names = (summary.groups[group] ?? [:]).sorted { $0.key < $1.key }
        object.array(group.rawValue, names) { writer, entry in
          writer.object {
            $0.string("name", entry.key)
            $0.number("hosts", entry.value)
          }
        }
      }
      object.number("worstLimit", UInt64(max(0, summary.worstLimit)))
      object.array("worst", summary.worst) { $0.host($1) }
      object.array("failures", summary.failures) { writer, failure in
        writer.object {
          $0.string("source", failure.source)
          $0.string("failure", failure.reason)
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}

extension JSONWriter {
  fileprivate mutating func histogram(_ key: String, _ histogram: FleetHistogram) {
    object(key) { object in
      object.number("unknown", histogram.unknown)
      object.array("buckets", histogram.sorted) { writer, bucket in
        writer.object {
          $0.number("least", bucket.least)
          $0.number("hosts", bucket.hosts)
        }
      }
    }
  }

  fileprivate mutating func host(_ host: FleetHost) {
    object { object in
      object.string("source", host.source)
      object.string("name", host.name)
      object.string("verdict", host.verdict.rawValue)
      object.number("kernelBytes", host.kernel.count)
      object.number("movableBytes", host.movable.count)
      object.number("kernelHeadroomBytes", host.headroom?.count)
      object.number("maxSafeMovableBytes", host.maxSafeMovable?.count)
      object.string("arguments", host.arguments)
      object.strings("rules", host.rules)
    }
  }
}
