internal import Advice
internal import KernelText

/// The reports of a log that has several: a line for each, of neighbours that say the same one line.
enum OOMReportList {
  static func lines(_ all: OOMLogDiagnosis) -> [String] {
    var lines: [String] = []
    var index = 0
    while index < all.reports.count {
      let first = all.reports[index]
      var last = index
      while last + 1 < all.reports.count, isSame(all.reports[last + 1], first) { last += 1 }
      var line = "line \(first.report.line)"
      if last > index {
        line += " to \(all.reports[last].report.line), \(last - index + 1) reports"
      }
      line += ": \(OOMText.title(first.report.kind))"
      if !first.report.task.isEmpty, last == index { line += " (\(first.report.task))" }
      lines.append(line + ", \(first.cause.rawValue)")
      index = last + 1
    }
    return lines
  }

  private static func isSame(_ left: OOMDiagnosis, _ right: OOMDiagnosis) -> Bool {
    left.cause == right.cause && left.report.kind == right.report.kind
  }
}
