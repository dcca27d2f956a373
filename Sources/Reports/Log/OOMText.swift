package import Advice
internal import HostModel
package import KernelText
internal import SourceText

/// `zonewise advise LOG` for people: why memory could not be had, by the numbers, and what to change.
package enum OOMText {
  package static func render(
    _ diagnosis: OOMDiagnosis,
    log: OOMLog,
    file: String,
    style: TextStyle
  ) -> String {
    var lines: [String] = []
    func add(_ text: String, indent: Int) {
      for (index, line) in text.printable.wrapped(style.width - indent).enumerated() {
        lines.append(String(repeating: " ", count: index == 0 && indent > 2 ? 2 : indent) + line)
      }
    }
    var header = "zonewise \(ToolVersion.current) · \(file), line \(log.report.line)"
    header += " · \(title(log.report.kind))"
    if log.count > 1 {
      // The line numbers are those of the newest reports.
      let later =
        log.lines.reversed().firstIndex(of: log.report.line)
        .map { log.lines.distance(from: $0.base, to: log.lines.endIndex) } ?? 0
      header += " · report \(log.count - later) of \(log.count)"
    }
    add(header, indent: 0)
    lines.append("")
    let head = headline(diagnosis.cause)
    let wrapped = "\(head) \(diagnosis.answer)".printable.wrapped(style.width)
    for (index, line) in wrapped.enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      let mark: TextStyle.Mark = diagnosis.cause == .unknown ? .yellow : .red
      lines.append(isHead ? style.marked(head, mark) + line.dropFirst(head.count) : line)
    }
    section("BY THESE NUMBERS", diagnosis.evidence)
    section(
      "WHAT HELD THE MEMORY",
      diagnosis.consumers.prefix(6).map { consumer in
        "\(consumer.bytes.text.aligned(9))  \(consumer.name)"
      }
    )
    section("CHANGE THIS", diagnosis.remedies)
    func section(_ title: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      lines.append("")
      lines.append(style.marked(title, .bold))
      for item in items {
        if item.hasPrefix(" ") || title == "WHAT HELD THE MEMORY" {
          lines.append("  " + item.printable)
        } else {
          add(item, indent: 4)
        }
      }
    }
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  private static func title(_ kind: OOMReport.Kind) -> String {
    switch kind {
    case .oomKiller: "the OOM killer's report"
    case .allocationFailure: "a failed page allocation"
    case .allocationStall: "a page allocation that stalled"
    }
  }

  private static func headline(_ cause: OOMDiagnosis.Cause) -> String {
    switch cause {
    case .zoneImbalance: "ZONE IMBALANCE."
    case .movableOnlyBinding: "BOUND TO MOVABLE MEMORY."
    case .nodeBinding: "BOUND TO FULL NODES."
    case .lowZone: "LOW ZONES USED UP."
    case .fragmentation: "FRAGMENTATION."
    case .urgentRequest: "NO TIME TO RECLAIM."
    case .urgentReserve: "KEPT FOR URGENT REQUESTS."
    case .cgroupLimit: "CGROUP LIMIT."
    case .shortage: "PLAIN SHORTAGE."
    case .unknown: "NOT KNOWN."
    }
  }
}
