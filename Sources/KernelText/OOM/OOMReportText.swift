/// Reads reports of the OOM killer and of failed page allocations out of a log, kernels 2.6 to 7.x.
///
/// The log may be dmesg's, journalctl's, syslog's or a serial console's, its lines may be broken at
/// any column, and anything may stand between a report's lines.
package enum OOMReportText {
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> OOMLog {
    var reader = OOMLogReader()
    reader.append(text)
    return try reader.finish(file: file)
  }
}

/// Reads a log of any length in pieces. Kept are the last reports, bounded in bytes; all else goes
/// by.
package struct OOMLogReader {
  /// A report's lines as they came, cut where no kernel's report is as long.
  private struct Report {
    var kind: OOMReport.Kind
    var line: Int
    var text: [UInt8] = []
  }

  /// The tables of 32768 processes and of as many slab caches as there may be.
  private static let reportLimit = 8 << 20
  /// Of that, what all kept reports may have together.
  private static let limit = 32 << 20
  private static let mostReports = 64
  /// Longer than any of the kernel's lines.
  private static let lineLimit = 4096
  /// Line numbers that are kept; a log with more reports is counted on.
  private static let mostLines = 10_000

  private var reports: [Report] = []
  private var kept = 0
  private var lines: [Int] = []
  private var count = 0
  private var logLines = LogLines(longest: lineLimit)

  package init() {}

  /// Whether there was a report so far, or the tables of one whose beginning is lost.
  package var isOOMLog: Bool { count > 0 }

  package mutating func append(_ piece: Span<UInt8>) {
    for index in 0..<piece.count where logLines.add(piece[index]) { take() }
  }

  /// All reports that were kept.
  package mutating func finish(file: String) throws(ParseError) -> OOMLog {
    if logLines.byteCount == 0 { throw ParseError(.empty, file: file, line: 1) }
    if logLines.finish() { take() }
    guard !reports.isEmpty else {
      throw ParseError(
        .headerMissing(expected: "`invoked oom-killer` or `page allocation failure`"),
        file: file,
        line: 1
      )
    }
    return OOMLog(reports: reports.map(Self.parse), lines: lines, count: count)
  }

  // MARK: Lines

  private mutating func take() {
    let line = logLines.text
    if let kind = OOMReportBeginning.kind(of: line.span, line.indices) {
      begin(kind)
    } else if reports.isEmpty, OOMReportBeginning.isTable(line.span, line.indices) {
      begin(.headless)
    }
    guard let last = reports.indices.last, reports[last].text.count < Self.reportLimit else {
      return
    }
    reports[last].text += line
    reports[last].text.append(.newline)
    kept += line.count + 1
  }

  private mutating func begin(_ kind: OOMReport.Kind) {
    count += 1
    if lines.count == Self.mostLines { lines.removeFirst(Self.mostLines / 2) }
    lines.append(logLines.number)
    while reports.count >= Self.mostReports || kept > Self.limit, !reports.isEmpty {
      kept -= reports.removeFirst().text.count
    }
    reports.append(Report(kind: kind, line: logLines.number))
  }

  // MARK: One report

  private static func parse(_ report: Report) -> OOMReport {
    let split = report.text.split(separator: .newline, omittingEmptySubsequences: false).map {
      Substring(String(decoding: $0, as: UTF8.self))
    }
    let prefix = split.lazy.compactMap { OOMReportLine.harnessPrefix($0) }.first ?? ""
    let lines = split.flatMap { OOMReportLine.lines($0, prefix: prefix) }
    var parser = OOMReportParser(report.kind, header: lines, line: report.line)
    parser.run(over: report.kind == .headless ? lines[...] : lines.dropFirst())
    return parser.report
  }
}
