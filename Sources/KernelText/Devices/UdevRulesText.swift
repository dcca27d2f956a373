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
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if pending.isEmpty { start = index + 1 }
      if line.hasSuffix("\\") {
        pending += line.dropLast()
        continue
      }
      pending += line
      if let rule = rule(pending, file: file, line: start) { rules.append(rule) }
      pending = ""
    }
    return rules
  }

  private static func rule(_ text: String, file: String, line: Int) -> UdevMemoryRule? {
    guard text.first(where: { $0 != " " && $0 != "\t" }) != "#" else { return nil }
    let terms = terms(of: text)
    guard terms.contains(where: { $0.matches && $0.key == "SUBSYSTEM" && $0.value == "memory" })
    else { return nil }
    let writes = terms.filter { !$0.matches }
    let action: String
    if let state = writes.first(where: { $0.key == "ATTR{state}" }) {
      action = state.value
    } else if let run = writes.first(where: { $0.key.hasPrefix("RUN") }) {
      action = "RUN " + run.value
    } else {
      return nil
    }
    let plain: Set = ["SUBSYSTEM", "ACTION", "ATTR{state}", "DEVTYPE"]
    return UdevMemoryRule(
      file: file,
      line: line,
      action: action,
      isConditional: terms.contains { $0.matches && !plain.contains($0.key) }
    )
  }

  private struct Term {
    var key: String
    var matches: Bool
    var value: String
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
      terms.append(Term(key: String(name), matches: sign == "==" || sign == "!=", value: value))
    }
    return terms
  }
}
