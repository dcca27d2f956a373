internal import Advice

/// Documentation/rules.md: what the rules say, and the hosts that show them.
enum RuleDocumentation {
  private static let examples = Dictionary(
    uniqueKeysWithValues: RuleExample.all.map { ($0.code, $0) }
  )

  static var markdown: String { head + RulePage.markdown(seen: seen) + evidence }

  private static let head = """
    # Rules

    Made from the rules themselves: don't edit it, change the rule. `zonewise explain CODE`
    prints the same in a terminal. Codes and names are stable. Machines on which a rule was seen
    or stayed silent are in Tests/Fixtures/Roots where their name begins with a kernel's release:
    booted kernels, as Lab/README.md tells. The others are such machines with the edits that
    Tests/Golden/rule-findings.txt names; the last section tells which rules need them, and why.

    """

  private static func seen(_ rule: RuleDescription) -> [(title: String, text: String)] {
    guard let example = examples[rule.code] else { return [] }
    return [
      ("Seen on", example.shownBy.joined(separator: ", ")),
      ("Silent on", example.absentFrom.joined(separator: ", ")),
    ]
  }

  /// Which rules were seen on booted kernels, and why some were not.
  private static var evidence: String {
    let all = RuleExample.all
    let booted = all.count { $0.shownBy.contains(where: RuleExample.isRecorded) }
    var text = """

      ## What rests on booted kernels

      \(booted) of \(all.count) rules about a host were seen on kernels that were booted with the risk. These
      rest on edited copies of a booted machine's files, all of them or some of what they show:

      | code | booted | edited | why |
      |---|---|---|---|

      """
    for example in all where !example.unbooted.isEmpty {
      let parts = [true, false].map { isBooted in
        example.shownBy.filter { RuleExample.isRecorded($0) == isBooted }.joined(separator: ", ")
      }
      text += "| \(example.code) | \(parts[0].isEmpty ? "—" : parts[0]) | \(parts[1]) | "
      text += "\(example.unbooted) |\n"
    }
    return text
  }
}
