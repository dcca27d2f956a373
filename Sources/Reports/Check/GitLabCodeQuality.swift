internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format gitlab`: the report that GitLab shows beside the lines of a merge request.
package struct GitLabCodeQuality: CheckWriter {
  private var hasEntries = false
  /// GitLab drops all but one of entries with equal fingerprints.
  private var fingerprints = RepeatedNames()

  package init(_ options: CheckReportOptions) {}

  package mutating func begin(_ output: inout [UInt8]) { output += "[".utf8 }

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure):
      // What could not be judged is not fine.
      let entry = Entry(
        description: "Not judged: \(failure.message)",
        name: "input-not-judged",
        fingerprint: "input-not-judged:\(failure.place.file):\(failure.message)",
        severity: .blocker,
        location: failure.place
      )
      write(entry, &output)
    case .unread(let file):
      guard file.isNamed else { return }
      let entry = Entry(
        description: file.sentence,
        name: "input-not-read",
        fingerprint: "input-not-read:\(file.place.file):\(file.argument ?? "")",
        severity: .info,
        location: file.place
      )
      write(entry, &output)
    case .judged(let subject):
      for found in subject.findings where found.isOpen {
        write(Self.entry(found, of: subject), &output)
      }
      guard let why = subject.whyNotJudged else { return }
      let entry = Entry(
        description: "\(subject.label): \(why)",
        name: "input-not-known",
        fingerprint: "input-not-known:\(subject.place.file):\(subject.name)",
        severity: .info,
        location: subject.place
      )
      write(entry, &output)
    }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    output += (hasEntries ? "\n]\n" : "]\n").utf8
  }

  private enum Severity: String {
    case info
    case minor
    case major
    case critical
    case blocker
  }

  private struct Entry {
    var description: String
    var name: String
    var fingerprint: String
    var severity: Severity
    var location: SourceLocation
  }

  private static func entry(_ found: CheckFinding, of subject: CheckedSubject) -> Entry {
    let finding = found.finding
    let severity: Severity =
      switch finding.severity {
      case .error: .critical
      case .warning: .major
      case .note: .info
      }
    let fallback = "\(finding.code):\(found.location.file):\(subject.name)"
    return Entry(
      description: "\(finding.code): \(subject.label): \(found.message). \(found.remedy)",
      name: finding.rule,
      fingerprint: found.fingerprint.isEmpty ? fallback : found.fingerprint,
      severity: severity,
      location: found.location
    )
  }

  private mutating func write(_ entry: Entry, _ output: inout [UInt8]) {
    let count = fingerprints.count(entry.fingerprint, in: entry.location.file)
    let fingerprint = count == 1 ? entry.fingerprint : "\(entry.fingerprint)-\(count)"
    var writer = JSONWriter(pretty: false)
    writer.object {
      $0.string("description", entry.description)
      $0.string("check_name", entry.name)
      $0.string("fingerprint", fingerprint)
      $0.string("severity", entry.severity.rawValue)
      $0.object("location") {
        $0.string("path", FilePathText.plain(entry.location.file))
        $0.object("lines") { $0.number("begin", Int64(max(1, entry.location.line))) }
      }
    }
    output += (hasEntries ? ",\n  " : "\n  ").utf8
    output += writer.bytes
    hasEntries = true
  }
}
