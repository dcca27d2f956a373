internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format junit`: a test case for each subject.
///
/// A case carries one failure with all its findings: Jenkins and GitLab show only the first of
/// several.
package struct CheckJUnit: CheckWriter {
  /// Cases of a suite: its counts come before them, so that they wait in memory.
  static let mostCases = 1000
  private static let mostBytes = 4 << 20

  private let options: CheckReportOptions
  private var cases: [UInt8] = []
  private var tests = 0
  private var failed = 0
  private var errors = 0
  private var skipped = 0
  private var suites = 0
  /// Several command lines of a file have one name; readers tell cases by it.
  private var names = RepeatedNames()

  package init(_ options: CheckReportOptions) { self.options = options }

  package mutating func begin(_ output: inout [UInt8]) {
    output += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"zonewise\">\n".utf8
  }

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure): add(failure)
    case .judged(let subject): add(subject)
    case .unread(let file) where file.isNamed: add(file)
    case .unread: break
    }
    if tests >= Self.mostCases || cases.count >= Self.mostBytes { flush(&output) }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    if tests > 0 || suites == 0 { flush(&output) }
    output += "</testsuites>\n".utf8
  }

  private mutating func flush(_ output: inout [UInt8]) {
    suites += 1
    output +=
      """
        <testsuite name="zonewise check \(suites)" tests="\(tests)" failures="\(failed)" \
      errors="\(errors)" skipped="\(skipped)">

      """.utf8
    output += cases
    output += "  </testsuite>\n".utf8
    cases.removeAll(keepingCapacity: true)
    (tests, failed, errors, skipped) = (0, 0, 0, 0)
  }

  // MARK: Cases

  private mutating func add(_ failure: LocatedError) {
    let location = failure.place
    let text = "\(location.file):\(location.line):\(location.column): \(failure.message)"
    errors += 1
    add(file: location.file, name: "input") {
      Self.element("error", message: failure.message, type: "input-not-judged", text)
    }
  }

  private mutating func add(_ unread: UnreadFile) {
    skipped += 1
    add(file: unread.place.file, name: "input") {
      "      <skipped message=\"\(XMLText.escaped(unread.sentence))\"/>\n"
    }
  }

  private mutating func add(_ subject: CheckedSubject) {
    let failing = subject.findings.filter { options.fails($0) }
    let others = subject.findings.filter { !options.fails($0) }
    var body = ""
    if let worst = failing.first {
      failed += 1
      let more = failing.count > 1 ? " (and \(failing.count - 1) more)" : ""
      body += Self.element(
        "failure",
        message: worst.message + more,
        type: "\(worst.finding.code) \(worst.finding.rule)",
        failing.map(Self.lines).joined(separator: "\n")
      )
    } else if let why = subject.whyNotJudged {
      skipped += 1
      body += "      <skipped message=\"\(XMLText.escapedForAttributes(why))\"/>\n"
    }
    let said =
      others.map(Self.lines)
      + subject.unknown.map { "not known: \($0.input): \($0.reason): \($0.effect)\n" }
    if !said.isEmpty {
      body +=
        "      <system-out>\(XMLText.escapedForAttributes(said.joined(separator: "\n")))</system-out>\n"
    }
    add(file: subject.place.file, name: subject.name) { body }
  }

  private mutating func add(file: String, name: String, _ body: () -> String) {
    tests += 1
    let count = names.count(name, in: file)
    let name = count == 1 ? name : "\(name) (\(count))"
    let body = body()
    let head =
      "    <testcase classname=\"\(XMLText.escapedForAttributes(file))\" name=\"\(XMLText.escapedForAttributes(name))\""
    cases += (body.isEmpty ? head + "/>\n" : head + ">\n" + body + "    </testcase>\n").utf8
  }

  private static func element(
    _ name: String,
    message: String,
    type: String,
    _ text: String
  ) -> String {
    "      <\(name) message=\"\(XMLText.escapedForAttributes(message))\" type=\"\(XMLText.escapedForAttributes(type))\">"
      + "\(XMLText.escapedForAttributes(text))</\(name)>\n"
  }

  private static func lines(_ found: CheckFinding) -> String {
    let finding = found.finding
    let location = found.location
    var text = "\(location.file):\(location.line):\(location.column): "
    text += "\(finding.severity.rawValue) \(finding.code) \(finding.rule): \(found.message)\n"
    if !found.kernels.isEmpty { text += "  on \(found.kernels.joined(separator: ", "))\n" }
    if let suppression = found.suppression {
      text += "  suppressed: \(suppression.reason)\n"
    } else if found.isInBaseline {
      text += "  known from the baseline\n"
    }
    return text + "  \(found.remedy)\n"
  }
}
