import Advice
import FleetCheck
import HostModel
import Reports
internal import SourceText
import Testing

/// Results of checks as the writers get them.
enum CheckSamples {
  static func finding(
    _ code: String = "ZW302",
    _ severity: Finding.Severity = .error,
    at place: (file: String, line: Int, column: Int) = ("fleet/99-worker.yaml", 9, 7),
    length: Int = 15,
    excerpt: String? = "    - movablecore=64G",
    message: String = "ignored: movable_node (line 8) makes the kernel ignore sizes",
    remedy: String? = nil
  ) throws -> CheckFinding {
    let finding = try SampleRules.finding(
      code,
      severity,
      FindingText(message),
      .action(remedy ?? "remove one of the two; with hot-pluggable nodes keep movable_node"),
      evidence: [Evidence("/proc/cmdline", "movablecore=64G")]
    )
    var found = CheckFinding(
      finding,
      at: SourceLocation(file: place.file, line: place.line, column: place.column),
      length: length
    )
    found.excerpt = excerpt
    found.fingerprint = "f1:\(code):\(place.file):\(place.column)"
    return found
  }

  static func subject(
    _ findings: [CheckFinding] = [],
    kind: CheckedSubject.Kind = .machineClass,
    name: String = "web",
    file: String = "fleet/99-worker.yaml",
    count: Int = 1
  ) -> CheckedSubject {
    var subject = CheckedSubject(
      kind: kind,
      name: name,
      place: SourceLocation(file: file, line: 1, column: 1)
    )
    subject.findings = findings
    subject.count = count
    return subject
  }

  /// One of everything that can become of an input.
  static func all() throws -> [CheckResult] {
    let unread = UnreadInput(
      input: "/proc/pagetypeinfo",
      reason: "permission denied",
      effect: "unmovable blocks can't be counted"
    )
    var web = subject([try finding()], count: 40)
    web.kernels = ["6.1", "6.12"]
    web.findings[0].kernels = ["6.12"]
    web.verdict = .imbalanced
    web.profile = "general"
    web.assumptions = ["pages are 4 KiB"]

    var suppressed = try finding("ZW101", .warning)
    suppressed.suppression = .init(
      kind: .inSource,
      reason: "accepted by the owners until spring",
      place: SourceLocation(file: "fleet/99-worker.yaml", line: 8, column: 3)
    )
    var excused = try finding("ZW104", .note)
    excused.suppression = .init(
      kind: .external,
      reason: "old machines",
      place: SourceLocation(file: ".zonewise.yaml", line: 4, column: 5)
    )
    var known = try finding("ZW101", .error)
    known.isInBaseline = true
    var database = subject([suppressed, excused, known], name: "database", count: 3)
    database.unknown = [unread]
    database.verdict = .tight

    var host = subject(
      [
        try finding(
          "ZW101",
          .warning,
          at: ("hosts/db 17.tar.gz", 1, 1),
          length: 0,
          excerpt: nil,
          message: "node 0 is 4.3 : 1, limit 3 : 1",
          remedy: "give kernel zones 2.0 GiB more: kernelcore=10G"
        )
      ],
      kind: .host,
      name: "db-17",
      file: "hosts/db 17.tar.gz"
    )
    host.verdict = .imbalanced

    var dark = subject([], kind: .host, name: "dark", file: "hosts/dark")
    dark.verdict = .unknown
    dark.unknown = [unread]
    var healthy = subject([], kind: .host, name: "fine", file: "hosts/fine")
    healthy.verdict = .balanced
    let note = try finding("ZW301", .note, at: ("./grub", 3, 30), length: 14, excerpt: nil)
    let failure = LocatedError(
      "not YAML: a mapping was expected",
      file: "bad.yaml",
      line: 3,
      column: 7
    )
    return [
      .judged(web), .judged(database), .failed(failure), .judged(host), .judged(dark),
      .judged(healthy), .judged(subject([note], kind: .commandLine, name: "grub", file: "./grub")),
    ]
  }

  /// Text that tries to be something else wherever it comes to stand.
  static let hostile =
    "a\u{1B}[31m\u{9B}2J\r\n::error::x ::set-output name=a::b ##[add-matcher]x ##vso[x]\u{07}\u{0}"
    + "<script>alert(1)</script> ]]> & \" ' | `x` ``y`` *b* _i_ [l](https://evil.example) "
    + "![i](x) www.evil.example @everyone :100: a@b.example \u{202E}gnp\u{2066}\u{200B}\u{FFFF}"
    + "\u{FEFF}\\ $x$ #1 ~~s~~ %0A %25 \u{2028} e\u{301}\u{302}\u{303}\u{304}\u{305} 漢字 🚀 \u{E000}"

  /// Every text of a result hostile.
  static func hostileResults() throws -> [CheckResult] {
    var found = try finding(
      at: (hostile, 2, 3),
      length: 4,
      excerpt: hostile,
      message: hostile,
      remedy: hostile
    )
    found.kernels = [hostile]
    found.fingerprint = hostile
    found.finding.evidence = [Evidence(hostile)]
    var suppressed = found
    suppressed.suppression = .init(
      kind: .inSource,
      reason: hostile,
      place: SourceLocation(file: hostile, line: 1, column: 1)
    )
    var whole = found
    whole.excerpt = nil
    whole.length = 0
    var subject = subject([found, suppressed, whole], name: hostile, file: hostile)
    subject.kernels = [hostile]
    subject.profile = hostile
    subject.assumptions = [hostile]
    subject.unknown = [UnreadInput(input: hostile, reason: hostile, effect: hostile)]
    return [.judged(subject), .failed(LocatedError(hostile, file: hostile))]
  }

  static func render(
    _ format: CheckFormat,
    _ results: some Sequence<CheckResult>,
    _ options: CheckReportOptions = CheckReportOptions()
  ) -> String {
    var writer = format.writer(options)
    var summary = CheckSummary()
    var output: [UInt8] = []
    writer.begin(&output)
    for result in results {
      summary.add(result)
      writer.add(result, &output)
    }
    writer.end(summary, &output)
    return String(decoding: output, as: UTF8.self)
  }
}
