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
  /// The line before, where it may have been broken inside a report's first words.
  private var broken: [UInt8] = []
  /// The width at which a terminal has broken all lines, and a line of that width.
  private var breakWidth: Int?
  private var held: [UInt8] = []
  private var heldNumber = 0
  private var number = 0

  package init() {}

  /// Whether there was a report so far, or the tables of one whose beginning is lost.
  package var isOOMLog: Bool { count > 0 }

  package mutating func append(_ piece: Span<UInt8>) {
    if logLines.byteCount == 0 { breakWidth = LogBreaks.width(of: piece) }
    for index in 0..<piece.count where logLines.add(piece[index]) { take() }
  }

  /// All reports that were kept.
  package mutating func finish(file: String) throws(ParseError) -> OOMLog {
    if logLines.byteCount == 0 { throw ParseError(.empty, file: file, line: 1) }
    if logLines.finish() { take() }
    takeHeld()
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

  /// Takes a line of the file; one that a terminal has broken waits for its rest.
  private mutating func take() {
    let line = logLines.text
    guard let breakWidth else { return take(line, number: logLines.number) }
    if !held.isEmpty {
      let isRest = LogBreaks.isBare(line.span)
      if isRest { held += line }
      if isRest, logLines.width == breakWidth { return }
      takeHeld()
      if isRest { return }
    }
    if logLines.width == breakWidth {
      held = line
      heldNumber = logLines.number
    } else {
      take(line, number: logLines.number)
    }
  }

  private mutating func takeHeld() {
    let line = held
    held = []
    if !line.isEmpty { take(line, number: heldNumber) }
  }

  private mutating func take(_ whole: [UInt8], number: Int) {
    var line = whole
    self.number = number
    let kind = OOMReportBeginning.kind(of: line.span, line.indices)
    if let kind {
      begin(kind)
    } else if let (headline, kind) = headline(continuedBy: line) {
      line = headline
      begin(kind)
    } else if reports.isEmpty, OOMReportBeginning.isTable(line.span, line.indices) {
      begin(.headless)
    }
    broken.removeAll(keepingCapacity: true)
    if kind == nil, Self.endsInsideSign(line) { broken += line }
    guard let last = reports.indices.last, reports[last].text.count < Self.reportLimit else {
      return
    }
    reports[last].text += line
    reports[last].text.append(.newline)
    kept += line.count + 1
  }

  // MARK: Headlines that a mail program or a terminal has broken

  /// What a report begins with, from the blank on that stands in front of it.
  private static let signs = [" invoked oom-killer", ": page allocation failure"].map {
    Array($0.utf8)
  }

  /// Whether a line ends with the beginning of a report's sign.
  private static func endsInsideSign(_ line: [UInt8]) -> Bool {
    let end = line.suffix(26)
    for sign in signs {
      guard let start = end.lastIndex(of: sign[1]), start > end.startIndex else { continue }
      for first in end.indices where end[first] == sign[0] {
        let part = end[first...]
        if part.count > 4, sign.starts(with: part) { return true }
      }
    }
    return false
  }

  /// The line in front of this one and this one, where the two make a report's first line.
  private func headline(continuedBy line: [UInt8]) -> ([UInt8], OOMReport.Kind)? {
    guard !broken.isEmpty else { return nil }
    let prefix = LogPrefix(of: line.span)
    let rest = line[min(prefix.end, line.count)...]
    for whole in [broken + rest, broken + [.space] + rest] {
      if let kind = OOMReportBeginning.kind(of: whole.span, whole.indices) { return (whole, kind) }
    }
    return nil
  }

  private mutating func begin(_ kind: OOMReport.Kind) {
    count += 1
    if lines.count == Self.mostLines { lines.removeFirst(Self.mostLines / 2) }
    lines.append(number)
    while reports.count >= Self.mostReports || kept > Self.limit, !reports.isEmpty {
      kept -= reports.removeFirst().text.count
    }
    reports.append(Report(kind: kind, line: number))
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
