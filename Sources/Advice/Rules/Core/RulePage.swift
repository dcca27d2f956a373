internal import SourceText

/// What people read about rules: the page of one, the list, and Documentation/rules.md.
package enum RulePage {
  /// All rules as a table for people.
  package static func table(width: Int = 80) -> String {
    let slugWidth = (RuleRegistry.descriptions.map(\.slug.count).max() ?? 0) + 2
    let indent = 9 + slugWidth
    var lines: [String] = []
    for group in RuleGroup.allCases {
      let rules = rules(of: group)
      guard !rules.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines += group.title.uppercased().wrapped(width)
      for rule in rules {
        guard width >= indent + 20 else {
          lines += ["  \(rule.code)", "    \(rule.slug)"]
          lines += rule.title.wrapped(width - 4).map { "    " + $0 }
          continue
        }
        let gap = String(repeating: " ", count: slugWidth - rule.slug.count)
        let title = rule.title.wrapped(width - indent)
        lines.append("  \(rule.code)  \(rule.slug)\(gap)\(title.first ?? "")")
        for line in title.dropFirst() { lines.append(String(repeating: " ", count: indent) + line) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Everything that one rule knows.
  package static func text(_ rule: RuleDescription, width: Int = 80) -> String {
    var lines = ["\(rule.code) \(rule.slug)", rule.title, ""]
    lines += rule.why.wrapped(width)
    for (title, body) in fields(of: rule) {
      lines.append("")
      lines.append(title.uppercased())
      lines += body.wrapped(width - 2).map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Documentation/rules.md, without its table of machines.
  ///
  /// - Parameter seen: What is known about machines that show the rule or don't, as titles and texts.
  /// - Returns: Markdown.
  package static func markdown(
    seen: (RuleDescription) -> [(title: String, text: String)]
  ) -> String {
    var text = ""
    for group in RuleGroup.allCases {
      let rules = rules(of: group)
      guard !rules.isEmpty else { continue }
      text += "\n## \(group.title)\n\n| code | name | looks for |\n|---|---|---|\n"
      for rule in rules {
        text += "| [\(rule.code)](#\(anchor(rule))) | \(rule.slug) | \(rule.title) |\n"
      }
      for rule in rules { text += "\n" + section(rule, seen: seen(rule)) }
    }
    return text
  }

  private static func section(
    _ rule: RuleDescription,
    seen: [(title: String, text: String)]
  ) -> String {
    var text = "### \(rule.code) \(rule.slug)\n\n**\(rule.title).** \(rule.why)\n\n"
    for (title, body) in fields(of: rule) + seen { text += "- \(title): \(escaped(body))\n" }
    return text
  }

  /// Names in angle brackets and pipes would be taken for markup.
  private static func escaped(_ text: String) -> String {
    text.replacing("<", with: "&lt;").replacing("*", with: "\\*")
  }

  private static func anchor(_ rule: RuleDescription) -> String {
    "\(rule.code) \(rule.slug)".lowercased().replacing(" ", with: "-")
  }

  private static func fields(of rule: RuleDescription) -> [(title: String, text: String)] {
    [
      ("What to do", rule.remedy), ("Looks at", rule.observes), ("Severity", rule.severity.text),
      ("Kernels", rule.kernels), ("Reference", rule.reference),
    ]
  }

  private static func rules(of group: RuleGroup) -> [RuleDescription] {
    RuleRegistry.descriptions.filter { $0.group == group }
  }
}
