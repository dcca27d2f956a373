internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format github`: workflow commands that become annotations on the files of a change.
package struct GitHubAnnotations: CheckWriter {
  package init(_ options: CheckReportOptions) {}

  package mutating func begin(_ output: inout [UInt8]) {}

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure):
      let place = Self.place(failure.place, length: 0)
      output += "::error \(place),title=zonewise%3A not judged::".utf8
      output += Self.escaped(failure.message).utf8
      output.append(0x0A)
    case .unread(let file):
      guard file.isNamed else { return }
      output += "::notice \(Self.place(file.place, length: 0)),title=zonewise%3A not read::".utf8
      output += Self.escaped(file.sentence).utf8
      output.append(0x0A)
    case .judged(let subject):
      for found in subject.findings where found.isOpen {
        output += Self.line(found, of: subject).utf8
        output.append(0x0A)
      }
      guard let why = subject.whyNotJudged else { return }
      output +=
        "::notice \(Self.place(subject.place, length: 0)),title=zonewise%3A not judged::".utf8
      output += Self.escaped("\(subject.label): \(why)").utf8
      output.append(0x0A)
    }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    output += "zonewise check: \(summary.sentence)\n".utf8
  }

  private static func line(_ found: CheckFinding, of subject: CheckedSubject) -> String {
    let finding = found.finding
    let command =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    let title = "\(finding.code) \(finding.rule)"
    var message = "\(subject.label): \(found.message)"
    if !found.kernels.isEmpty { message += " (on \(found.kernels.joined(separator: ", ")))" }
    message += "\n\(found.remedy)"
    return "::\(command) \(place(found.location, length: found.length))"
      + ",title=\(escaped(title, inProperty: true))::\(escaped(message))"
  }

  private static func place(_ location: SourceLocation, length: Int) -> String {
    var text = "file=\(escaped(FilePathText.plain(location.file), inProperty: true))"
    text += ",line=\(max(1, location.line))"
    // Without words of its own it is about the whole line.
    guard length > 0 else { return text }
    let column = max(1, location.column)
    text += ",col=\(column),endColumn=\(column + length)"
    return text
  }

  /// As the runner takes it apart: a line break ends a command, and in a property so do colons and
  /// commas.
  static func escaped(_ text: String, inProperty: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where inProperty: result += "%3A"
      case "," where inProperty: result += "%2C"
      // The log is a terminal for those who read it.
      case _ where scalar.properties.generalCategory == .control: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
