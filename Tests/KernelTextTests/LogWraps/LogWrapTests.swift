internal import Foundation
internal import HostModel
internal import KernelText
internal import TestSupport
internal import Testing

/// Every report and every boot log says the same in every wrap.
@Suite("Logs in every wrap")
struct LogWrapTests {
  /// Boots of the lab: the messages as the kernel has them.
  static let boots: [String] = Fixtures.names(in: "Lab").flatMap { series in
    Fixtures.names(in: "Lab/\(series)").map { "Lab/\(series)/\($0)/boot.log" }
  }

  static func messages(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      let isStamped = line.hasPrefix("[") && line.contains("] ")
      return isStamped ? String(line.drop { $0 != "]" }.dropFirst(2)) : String(line)
    }
  }

  /// Lines of the file differ from wrap to wrap.
  static func withoutLines(_ log: BootLog) -> BootLog {
    var log = log
    log.line = 0
    // A line that is broken at a blank may lose it: nothing tells in free text.
    log.version = log.version?.replacing(" ", with: "")
    for index in log.ranges.indices { log.ranges[index].line = 0 }
    for index in log.nodeExtents.indices { log.nodeExtents[index].line = 0 }
    return log
  }

  /// Fields that are not the same, each with both values.
  static func differences<Value: Equatable>(_ value: Value, _ expected: Value) -> [String] {
    guard value != expected else { return [] }
    return zip(Mirror(reflecting: value).children, Mirror(reflecting: expected).children)
      .filter { "\($0.value)" != "\($1.value)" }
      .map { "\($0.label ?? ""): \($0.value) instead of \($1.value)" }
  }

  @Test("a boot log says the same in each", .seeded(16), arguments: LogWrap.all)
  func bootLog(_ wrap: LogWrap) throws {
    var random = SeededGenerator()
    var logs = [BootLogTextTests.messages]
    for boot in Self.boots.shuffled(using: &random).prefix(2) {
      logs.append(Self.messages(try Fixtures.text(boot)))
    }
    for messages in logs {
      let expected = try BootLogTextTests.read(messages.joined(separator: "\n") + "\n")
      let log = try BootLogTextTests.read(wrap.wrapped(messages, &random))
      #expect(Self.differences(Self.withoutLines(log), Self.withoutLines(expected)) == [])
    }
  }

  @Test("a report says the same in each", .seeded(17), arguments: LogWrap.all)
  func report(_ wrap: LogWrap) throws {
    var random = SeededGenerator()
    for name in OOMReportTextTests.logs.shuffled(using: &random).prefix(4) {
      let messages = Self.messages(try OOMReportTextTests.text(name))
      var expected = try OOMReportTextTests.report(messages.joined(separator: "\n") + "\n")
      var report = try OOMReportTextTests.report(wrap.wrapped(messages, &random))
      expected.line = 0
      report.line = 0
      #expect(Self.differences(report, expected) == [], "\(name)")
    }
  }

  @Test("a report with a value a line says the same", arguments: OOMReportTextTests.logs)
  func valueALine(_ name: String) throws {
    let text = try OOMReportTextTests.text(name)
    let expected = try OOMReportTextTests.report(text)
    let split = text.split(separator: "\n").flatMap { line -> [Substring] in
      let isCounters = line.contains("kB ") && line.contains("free:")
      guard isCounters, let first = line.range(of: " min:") ?? line.range(of: " boost:") else {
        return [line]
      }
      return [line[..<first.lowerBound]] + line[first.lowerBound...].split(separator: " ")
    }
    let report = try OOMReportTextTests.report(split.joined(separator: "\n"))
    #expect(report.zones.map(\.counters) == expected.zones.map(\.counters))
  }

  /// The page that lists them.
  static var page: String {
    var lines = [
      "# Logs that are read", "",
      "How a kernel's messages may be wrapped: what may stand in front of a line, what may carry the "
        + "lines, and what may stand between them or have broken them. The suite \"Logs in every "
        + "wrap\" puts boot logs and reports of booted kernels into each of these; they say the same. "
        + "Several may come together: a quoted mail of a serial console's log with times.", "",
      "This page is made by `make golden`.", "",
    ]
    for (title, wraps) in [
      ("In front of each line", LogWrap.prefixes), ("Around the lines", LogWrap.carriers),
      ("Between the lines", LogWrap.breaks),
    ] {
      lines += ["## " + title, "", "| wrap | met in | example |", "|---|---|---|"]
      for wrap in wraps {
        var random = SeededGenerator(seed: 1)
        let sample = wrap.wrapped(["Zone ranges:"], &random)
          .replacing("\u{1B}", with: "␛").replacing("\r", with: "␍").replacing("\t", with: "␉")
          .replacing("\u{A0}", with: "⍽").replacing("|", with: "\\|")
          .split(separator: "\n").prefix(3).joined(separator: " ⏎ ")
        lines.append("| \(wrap.name) | \(wrap.source) | `\(sample)` |")
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  @Test("Documentation/log-wraps.md lists them")
  func documentation() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let file = root.appending(path: "Documentation/log-wraps.md")
    if Golden.isUpdating {
      try Data(Self.page.utf8).write(to: file)
      return
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept == Self.page, "make golden writes it anew")
  }
}
