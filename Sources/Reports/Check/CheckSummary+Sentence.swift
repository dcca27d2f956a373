internal import Advice
package import FleetCheck
internal import HostModel

extension CheckSummary {
  /// The counts as one sentence, the answer first.
  package var sentence: String {
    guard subjects + failures + unread + unopened + errors + warnings + notes > 0 else {
      return "Nothing to check: among \(Self.counted(skipped, "file")) there is no fleet spec, no "
        + "capture and no file with kernel arguments."
    }
    var parts = [judged.map { "\(findings) in \($0)" } ?? "No file of a kind that check reads"]
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    if inBaseline > 0 { parts.append("\(inBaseline) known from the baseline") }
    if failures > 0 {
      parts.append("\(Self.counted(failures, "input")) could not be judged")
    }
    if unread > 0 {
      parts.append("\(Self.counted(unread, "file")) with memory arguments not read")
    }
    if unopened > 0 {
      parts.append("\(Self.counted(unopened, "file")) could not be read")
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

  /// What was judged, each kind of thing by its own name; nil for nothing.
  private var judged: String? {
    var parts: [String] = []
    if classes > 0 {
      let own = machines - hosts - boots
      let noun = classes == 1 ? "class" : "classes"
      // A class that stands for one machine is one.
      let lead = own == classes ? "" : Self.counted(own, "machine") + " of "
      parts.append(lead + "\(classes) \(noun)")
    }
    if hosts > 0 { parts.append(Self.counted(hosts, "host")) }
    if boots > 0 { parts.append(Self.counted(boots, "boot log")) }
    if configs > 0 {
      let which = configsWithFindings == 0 ? "" : ", \(configsWithFindings) of them with findings"
      parts.append(Self.counted(configs, "config file") + which)
    }
    guard let last = parts.popLast() else { return nil }
    return parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
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
