internal import Advice
package import FleetCheck
internal import HostModel

extension CheckSummary {
  /// The counts as one sentence, the answer first.
  package var sentence: String {
    var parts = ["\(findings) in \(judged)"]
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    if inBaseline > 0 { parts.append("\(inBaseline) known from the baseline") }
    if failures > 0 {
      parts.append("\(Self.counted(failures, "input")) could not be judged")
    }
    if unread > 0 {
      parts.append("\(Self.counted(unread, "file")) with memory arguments not read")
    }
    if incomplete > 0 {
      parts.append("\(Self.counted(incomplete, "subject")) judged without all inputs")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var findings: String {
    let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")]
      .filter { $0.0 > 0 }
      .map { Self.counted($0.0, $0.1) }
    return counts.isEmpty ? "Nothing found" : counts.joined(separator: ", ")
  }

  private var judged: String {
    let machines = Self.counted(machines, "machine")
    return machines == Self.counted(subjects, "machine")
      ? machines : "\(machines) (\(Self.counted(subjects, "subject")))"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension CheckedSubject {
  /// The subject in words: what kind of thing it is, and how many machines stand behind it.
  var label: String {
    let noun =
      switch kind {
      case .machineClass: "class \(name)"
      case .host: "host \(name)"
      case .commandLine: name
      case .bootLog: "boot of \(name)"
      case .policy: name
      }
    return count == 1 ? noun : "\(noun), \(count) machines"
  }

  /// Why nothing could be told about the subject; nil where something could.
  var whyNotJudged: String? {
    guard verdict == .unknown else { return nil }
    let reasons = unknown.prefix(3).map { "\($0.input): \($0.reason): \($0.effect)" }
    var text = "not judged"
    if !reasons.isEmpty { text += ": " + reasons.joined(separator: "; ") }
    if unknown.count > reasons.count { text += "; and \(unknown.count - reasons.count) more" }
    return text
  }
}
