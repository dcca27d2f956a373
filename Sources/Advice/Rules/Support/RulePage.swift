/// What people read about rules: the page of one, the list, and Documentation/rules.md.
package enum RulePage {
  /// The groups of codes, by their first digit.
  private static let groups: [(digit: Character, title: String)] = [
    ("1", "Zones and kernel memory"),
    ("2", "Devices, balloons, hot-plug"),
    ("3", "Command line"),
    ("4", "Pinning"),
    ("5", "Growth (zonewise plan)"),
    ("6", "Goals of machine classes (zonewise check)"),
    ("8", "Suppressions (zonewise check)"),
    ("9", "Inputs and kernels"),
  ]

  /// Rules about a host, about a plan for one, and about a fleet's files, in the order of their codes.
  package static let all: [RuleDescription] =
    (RuleRegistry.all.map { $0.about } + GrowthPlan.rules.map { $0.about }
    + FleetRules.all.map { $0.about })
    .sorted { $0.code < $1.code }

  /// By code, for look-ups on the way of many findings.
  package static let byCode: [String: RuleDescription] = Dictionary(
    all.map { ($0.code, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  /// The rule of that code or slug.
  package static func find(_ name: String) -> RuleDescription? {
    let name = name.lowercased()
    return all.first { $0.code.lowercased() == name || $0.slug == name }
  }

  /// All rules as a table for people.
  package static func table(width: Int = 80) -> String {
    let slugWidth = (all.map(\.slug.count).max() ?? 0) + 2
    let indent = 9 + slugWidth
    var lines: [String] = []
    for group in groups {
      let rules = rules(of: group.digit)
      guard !rules.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(group.title.uppercased())
      for rule in rules {
        let gap = String(repeating: " ", count: slugWidth - rule.slug.count)
        let title = wrap(rule.title, width: max(20, width - indent))
        lines.append("  \(rule.code)  \(rule.slug)\(gap)\(title.first ?? "")")
        for line in title.dropFirst() { lines.append(String(repeating: " ", count: indent) + line) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Everything that one rule knows.
  package static func text(_ rule: RuleDescription, width: Int = 80) -> String {
    var lines = ["\(rule.code) \(rule.slug)", rule.title, ""]
    lines += wrap(rule.why, width: width)
    for (title, body) in fields(of: rule) {
      lines.append("")
      lines.append(title.uppercased())
      lines += wrap(body, width: width - 2).map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Documentation/rules.md.
  package static var markdown: String {
    var text = """
      # Rules

      Made from the rules themselves: don't edit it, change the rule. `zonewise explain CODE`
      prints the same in a terminal. Codes and names are stable. Machines on which a rule was seen
      or stayed silent are in Tests/Fixtures/Roots where their name begins with a kernel's release:
      booted kernels, as Lab/README.md tells. The others are such machines with the edits that
      Tests/Golden/rule-findings.txt names; the last section tells which rules need them, and why.

      """
    for group in groups {
      let rules = rules(of: group.digit)
      guard !rules.isEmpty else { continue }
      text += "\n## \(group.title)\n\n| code | name | looks for |\n|---|---|---|\n"
      for rule in rules {
        text += "| [\(rule.code)](#\(anchor(rule))) | \(rule.slug) | \(rule.title) |\n"
      }
      for rule in rules { text += "\n" + section(rule) }
    }
    return text + evidence
  }

  /// Which rules were seen on booted kernels, and why some were not.
  private static var evidence: String {
    let rules = RuleRegistry.all.map { $0.about }
    let booted = rules.count { $0.positive.contains(where: RuleDescription.isRecorded) }
    var text = """

      ## What rests on booted kernels

      \(booted) of \(rules.count) rules about a host were seen on kernels that were booted with the risk. These
      rest on edited copies of a booted machine's files, all of them or some of what they show:

      | code | booted | edited | why |
      |---|---|---|---|

      """
    for rule in rules where !rule.unbooted.isEmpty {
      let parts = [true, false].map { isBooted in
        rule.positive.filter { RuleDescription.isRecorded($0) == isBooted }.joined(separator: ", ")
      }
      text += "| \(rule.code) | \(parts[0].isEmpty ? "—" : parts[0]) | \(parts[1]) | "
      text += "\(rule.unbooted) |\n"
    }
    return text
  }

  private static func section(_ rule: RuleDescription) -> String {
    var text = "### \(rule.code) \(rule.slug)\n\n**\(rule.title).** \(rule.why)\n\n"
    for (title, body) in fields(of: rule) { text += "- \(title): \(escaped(body))\n" }
    return text
  }

  /// Names in angle brackets and pipes would be taken for markup.
  private static func escaped(_ text: String) -> String {
    text.replacing("<", with: "&lt;").replacing("*", with: "\\*")
  }

  private static func anchor(_ rule: RuleDescription) -> String {
    "\(rule.code) \(rule.slug)".lowercased().replacing(" ", with: "-")
  }

  private static func fields(of rule: RuleDescription) -> [(String, String)] {
    [
      ("What to do", rule.remedy), ("Looks at", rule.observes), ("Severity", rule.severity),
      ("Kernels", rule.kernels), ("Reference", rule.reference),
      ("Seen on", rule.positive.joined(separator: ", ")),
      ("Silent on", rule.negative.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }
  }

  private static func rules(of digit: Character) -> [RuleDescription] {
    all.filter { $0.code.dropFirst(2).first == digit }
  }

  private static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
