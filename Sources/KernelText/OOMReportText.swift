internal import HostModel

/// Reads reports of the OOM killer and of failed page allocations out of a log, kernels 3.x to 7.x.
///
/// The log may be dmesg's, journalctl's, syslog's or a serial console's, its lines may be broken at
/// any column, and anything may stand between a report's lines.
package enum OOMReportText {
  /// No report has more lines than that: 32768 processes, and as many slab caches as there may be.
  private static let lineLimit = 100_000

  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> OOMLog {
    if text.isEmpty { throw ParseError(.empty, file: file, line: 1) }
    let starts = reportStarts(text)
    guard let last = starts.last else {
      throw ParseError(
        .headerMissing(expected: "`invoked oom-killer` or `page allocation failure`"),
        file: file,
        line: 1
      )
    }
    // A log that was cut, or an entry that was rate-limited, may end in a report without numbers.
    var chosen: OOMReport?
    for index in starts.indices.reversed().prefix(64) {
      let end = index + 1 < starts.count ? starts[index + 1].position : text.count
      let report = report(text, starts[index].position..<end, line: starts[index].line)
      if !report.zones.isEmpty || report.constraint == .cgroup { return OOMLog(report, starts) }
      chosen = chosen ?? report
    }
    return OOMLog(
      chosen ?? report(text, last.position..<text.count, line: last.line),
      starts
    )
  }

  fileprivate struct Start {
    var position: Int
    var line: Int
  }

  /// The lines on which reports begin.
  private static func reportStarts(_ text: Span<UInt8>) -> [Start] {
    var starts: [Start] = []
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      if text.contains(line, "invoked oom-killer") || text.contains(line, "page allocation failure")
        || text.contains(line, "page allocation stalls")
      {
        starts.append(Start(position: line.lowerBound, line: scanner.line))
      }
    }
    return starts
  }

  private static func report(_ text: Span<UInt8>, _ range: Range<Int>, line: Int) -> OOMReport {
    var lines: [OOMReportLine] = []
    var start = range.lowerBound
    while start < range.upperBound, lines.count < lineLimit {
      let end = text.firstIndex(of: .newline, in: start..<range.upperBound) ?? range.upperBound
      // A line of a log that is longer than any of the kernel's is cut, not refused.
      lines.append(OOMReportLine(Substring(text.string(start..<min(end, start + 4096)))))
      start = end + 1
    }
    var parser = OOMReportParser(header: lines, line: line)
    parser.run(over: lines.dropFirst())
    return parser.report
  }
}

extension OOMLog {
  fileprivate init(_ report: OOMReport, _ starts: [OOMReportText.Start]) {
    self.init(report: report, lines: starts.map(\.line))
  }
}

extension Span<UInt8> {
  /// Whether the ASCII text stands anywhere in the range.
  fileprivate func contains(_ range: Range<Int>, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard range.count >= count else { return false }
    for start in range.lowerBound...(range.upperBound - count)
    where hasPrefix(start..<range.upperBound, word) { return true }
    return false
  }
}
