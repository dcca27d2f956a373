package import HostModel

/// udev's rules files, as far as they online memory.
package enum UdevRulesText {
  /// The rules of one file that online memory.
  ///
  /// A rule is one line after joining those that end in a backslash: pairs of key, operator and
  /// quoted value, separated by commas or blanks.
  package static func parse(_ text: String, file: String) -> [UdevMemoryRule] {
    guard text.contains("memory") else { return [] }
    var rules: [UdevMemoryRule] = []
    var pending = ""
    var start = 0
    var group = Group()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if pending.isEmpty { start = index + 1 }
      if line.hasSuffix("\\") {
        pending += line.dropLast()
        continue
      }
      pending += line
      if let rule = rule(pending, file: file, line: start, in: &group) { rules.append(rule) }
      pending = ""
    }
    return rules
  }

  /// Lines that only memory gets to: others have gone to a label behind them.
  private struct Group {
    var label: String?
    /// What is kept for later lines: `ENV{.state}="online"`, with its line and whether it is for all.
    var values: [String: (text: String, line: Int, isConditional: Bool)] = [:]
  }

  private static func rule(
    _ text: String,
    file: String,
    line: Int,
    in group: inout Group
  ) -> UdevMemoryRule? {
    guard text.first(where: { $0 != " " && $0 != "\t" }) != "#" else { return nil }
    let terms = terms(of: text)
    let subsystem = terms.first { $0.matches && $0.key == "SUBSYSTEM" && $0.value == "memory" }
    if subsystem?.sign == "!=" {
      if let goto = terms.first(where: { $0.key == "GOTO" }) { group.label = goto.value }
      return nil
    }
    if let label = terms.first(where: { $0.key == "LABEL" }), label.value == group.label {
      group = Group()
    }
    guard subsystem != nil || group.label != nil else { return nil }
    let writes = terms.filter { !$0.matches }
    var isConditional = terms.contains { $0.matches && !plain.contains($0.key) }
    for write in writes where write.key.hasPrefix("ENV{") {
      group.values[String(write.key.dropFirst(4).dropLast())] = (write.value, line, isConditional)
    }
    let action: String
    if let state = writes.first(where: { $0.key == "ATTR{state}" }) {
      action = state.value
      // The last of them is what counts where all conditions are met.
      if action.hasPrefix("$env{"), let kept = group.values[String(action.dropFirst(5).dropLast())]
      {
        isConditional = isConditional || kept.isConditional
        return UdevMemoryRule(
          file: file,
          line: kept.line,
          action: kept.text,
          isConditional: isConditional
        )
      }
    } else if let run = writes.first(where: { $0.key.hasPrefix("RUN") }) {
      action = "RUN " + run.value
    } else {
      return nil
    }
    return UdevMemoryRule(file: file, line: line, action: action, isConditional: isConditional)
  }

  private static let plain: Set = ["SUBSYSTEM", "ACTION", "ATTR{state}", "DEVTYPE"]

  private struct Term {
    var key: String
    var sign: String
    var value: String

    var matches: Bool { sign == "==" || sign == "!=" }
  }

  private static func terms(of text: String) -> [Term] {
    var terms: [Term] = []
    var key = ""
    var rest = Substring(text)
    while let next = rest.popFirst() {
      guard next == "\"" else {
        key.append(next)
        continue
      }
      let value = String(rest.prefix { $0 != "\"" })
      rest = rest.dropFirst(value.count + 1)
      let trimmed = key.filter { $0 != " " && $0 != "\t" && $0 != "," }
      key = ""
      let name = trimmed.prefix { $0 != "=" && $0 != "!" && $0 != "+" && $0 != ":" }
      let sign = trimmed.dropFirst(name.count)
      terms.append(Term(key: String(name), sign: String(sign), value: value))
    }
    return terms
  }
}
