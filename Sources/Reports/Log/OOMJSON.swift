package import Advice
internal import HostModel
package import KernelText
internal import SourceText

/// `zonewise advise LOG --format json`, schema version 1.
package enum OOMJSON {
  package static func render(_ all: OOMLogDiagnosis, log: OOMLog, file: String) -> [UInt8] {
    guard let diagnosis = all.diagnosis else { return [] }
    let report = diagnosis.report
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "advise")
      root.object("oom") {
        $0.string("cause", diagnosis.cause.rawValue)
        $0.string("answer", diagnosis.answer)
        $0.string("kind", report.kind.rawValue)
        $0.object("location") {
          $0.string("file", file)
          $0.number("line", Int64(report.line))
        }
        $0.number("reports", UInt64(log.count))
        $0.array("reportLines", log.lines) { $0.append(number: Int64($1)) }
        request(diagnosis, &$0)
        memory("usable", diagnosis.usable, &$0)
        memory("elsewhere", diagnosis.elsewhere, &$0)
        $0.bool("elsewherePrinted", diagnosis.elsewhereIsPrinted)
        $0.array("places", diagnosis.places) { writer, place in
          writer.object {
            $0.string("place", place.kind.rawValue)
            numbers(place.memory, &$0)
          }
        }
        $0.number("shortfallBytes", diagnosis.shortfall?.count)
        $0.number("kernelZoneAnonymousBytes", diagnosis.anonymousInKernelZones?.count)
        zones(report, &$0)
        $0.array("consumers", diagnosis.consumers) { writer, consumer in
          writer.object {
            $0.string("name", consumer.name)
            $0.number("bytes", consumer.bytes.count)
          }
        }
        $0.strings("evidence", diagnosis.evidence)
        $0.strings("remedies", diagnosis.remedies)
        $0.strings("assumptions", diagnosis.assumptions)
        $0.array("all", all.reports) { writer, one in
          writer.object {
            $0.number("line", Int64(one.report.line))
            $0.string("kind", one.report.kind.rawValue)
            $0.string("task", one.report.task)
            $0.string("cause", one.cause.rawValue)
          }
        }
      }
    }
    return writer.bytes + [0x0A]
  }

  private static func request(_ diagnosis: OOMDiagnosis, _ root: inout JSONWriter) {
    let report = diagnosis.report
    root.object("request") {
      $0.string("task", report.task)
      $0.number("gfpMask", report.gfpMask)
      $0.strings("gfpFlags", report.gfpFlags)
      $0.string("zone", diagnosis.request?.rawValue)
      $0.number("order", report.order.map { UInt64($0) })
      $0.string("constraint", report.constraint?.rawValue)
      nodes("nodemask", report.nodeMask, &$0)
      nodes("memsAllowed", report.memsAllowed, &$0)
      $0.string("cpuset", report.cpuset)
      $0.string("cgroup", report.cgroup)
      $0.number("cgroupUsageBytes", report.cgroupUsage?.count)
      $0.number("cgroupLimitBytes", report.cgroupLimit?.count)
      $0.string("victim", report.victim)
    }
  }

  private static func nodes(_ key: String, _ nodes: [NodeID]?, _ root: inout JSONWriter) {
    guard let nodes else {
      root.null(key)
      return
    }
    root.array(key, nodes) { $0.append(number: UInt64($1.number)) }
  }

  private static func memory(
    _ key: String,
    _ memory: OOMDiagnosis.Memory,
    _ root: inout JSONWriter
  ) {
    root.object(key) { numbers(memory, &$0) }
  }

  /// What could have been reclaimed is null where the report does not tell.
  private static func numbers(_ memory: OOMDiagnosis.Memory, _ object: inout JSONWriter) {
    object.number("freeBytes", memory.free.count)
    object.number("watermarkBytes", memory.watermark.count)
    object.number("managedBytes", memory.managed.count)
    object.number("cleanCacheBytes", memory.reclaimable?.cleanCache.count)
    object.number("reclaimableSlabBytes", memory.reclaimable?.slab.count)
    object.number("swappableBytes", memory.reclaimable?.swappable.count)
  }

  private static func zones(_ report: OOMReport, _ root: inout JSONWriter) {
    root.array("zones", report.zones) { writer, zone in
      writer.object {
        $0.number("node", UInt64(zone.node.number))
        $0.string("zone", zone.kind.name)
        for (key, counter) in [
          ("freeBytes", OOMCounter.free), ("minBytes", .min), ("lowBytes", .low),
          ("highBytes", .high), ("managedBytes", .managed), ("freeCMABytes", .freeCMA),
          ("reservedHighAtomicBytes", .reservedHighatomic),
        ] {
          $0.number(key, zone.bytes(counter)?.count)
        }
      }
    }
  }
}
