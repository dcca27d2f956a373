package import Advice
internal import HostModel
package import KernelText

/// `zonewise advise LOG` for people: why memory could not be had, by the numbers, and what to change.
package enum OOMText {
  package static func render(
    _ all: OOMLogDiagnosis,
    log: OOMLog,
    file: String,
    style: TextStyle
  ) -> String {
    guard let diagnosis = all.diagnosis else { return "" }
    var page = LogPage(style)
    var header = "\(file), line \(diagnosis.report.line) · \(title(diagnosis.report.kind))"
    if log.count > 1 {
      // What is kept are the newest.
      header += " · report \(log.count - all.reports.count + all.chosen + 1) of \(log.count)"
    }
    page.header(header)
    let isHarm = diagnosis.cause != .unknown && diagnosis.cause != .noShortage
    page.answer(headline(diagnosis.why), diagnosis.answer, isHarm ? .red : .yellow)
    page.section("BY THESE NUMBERS", diagnosis.evidence)
    page.table(
      "WHAT HELD THE MEMORY",
      diagnosis.consumers.prefix(6).map { consumer in
        "\(consumer.bytes.text.aligned(9))  \(consumer.name)"
      }
    )
    page.section("CHANGE THIS", diagnosis.remedies)
    page.section("TAKEN FOR GRANTED", diagnosis.assumptions)
    page.section("ALL REPORTS", all.reports.count > 1 ? OOMReportList.lines(all) : [])
    return page.text
  }

  static func title(_ kind: OOMReport.Kind) -> String {
    switch kind {
    case .oomKiller: "the OOM killer's report"
    case .allocationFailure: "a failed page allocation"
    case .allocationStall: "a page allocation that stalled"
    case .addressSpace: "vmalloc without room"
    case .vmallocPages: "vmalloc without pages"
    case .pageDescriptors: "page descriptors for added memory"
    case .withoutMMU: "a failed allocation without an MMU"
    case .shown: "the kernel's memory, shown on request"
    case .headless: "a report without its first line"
    }
  }

  static func headline(_ cause: OOMCause) -> String {
    switch cause {
    case .zoneImbalance: "ZONE IMBALANCE."
    case .movableOnlyBinding: "BOUND TO MOVABLE MEMORY."
    case .nodeBinding: "BOUND TO FULL NODES."
    case .lowZone: "LOW ZONES USED UP."
    case .fragmentation: "FRAGMENTATION."
    case .urgentRequest: "NO TIME TO RECLAIM."
    case .urgentReserve: "KEPT FOR URGENT REQUESTS."
    case .reclaimStuck: "RECLAIM DID NOT GET ON."
    case .uncounted: "MEMORY IN NO COUNTER."
    case .cgroupLimit: "CGROUP LIMIT."
    case .shortage: "PLAIN SHORTAGE."
    case .noShortage(.shown): "NOTHING FAILED."
    case .noShortage: "NOT A SHORTAGE."
    case .unknown: "NOT KNOWN."
    }
  }
}
