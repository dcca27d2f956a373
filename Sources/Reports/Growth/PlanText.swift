package import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `zonewise plan` for people: how far it goes first, then each step, then what to do.
package struct PlanText {
  private let plan: GrowthPlan
  private let style: TextStyle
  private var lines: [String] = []

  private init(_ plan: GrowthPlan, style: TextStyle) {
    self.plan = plan
    self.style = style
  }

  package static func render(_ plan: GrowthPlan, style: TextStyle) -> String {
    var text = PlanText(plan, style: style)
    text.compose()
    return style.encoded(text.lines.joined(separator: "\n") + "\n")
  }

  private mutating func compose() {
    answer()
    steps()
    limits()
    arguments()
    findings()
    assumptions()
  }

  // MARK: The answer

  private mutating func answer() {
    let (head, body, mark) = sentence()
    let wrapped = (head + " " + body).wrapped(style.width)
    for (index, line) in wrapped.enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      lines.append(isHead ? style.marked(head, mark) + line.dropFirst(head.count) : line)
    }
  }

  private func sentence() -> (String, String, TextStyle.Mark) {
    let safe = plan.maxSafeTotal.text
    if let failure = plan.firstFailure {
      return (
        "FAILS.",
        "Step \(failure.step) (\(plan.steps[failure.step - 1].request.text)) can't be added: "
          + "\(failure.reason). Safe up to \(safe).", .red
      )
    }
    guard let last = plan.steps.last else {
      return ("NOTHING TO ADD.", "Safe up to \(safe).", .green)
    }
    let worst = plan.steps.map(\.verdict).max() ?? .balanced
    let before = plan.machine.standing?.verdict ?? .balanced
    let asBefore =
      worst > .unknown && before >= worst
      ? "; it is \(before) as it stands, which zonewise advise explains" : ""
    let end =
      "\(last.total.text) leave kernel zones of \(last.kernel.text) at \(last.ratio) with "
      + "\(last.headroom.text) to spare"
      + (plan.steps.contains { $0.reason == .whenFull }
        ? ", but \(last.headroomWhenFull.text) once user memory fills the machine" : "") + asBefore
    switch worst {
    case .balanced: return ("SAFE.", "\(end).", .green)
    case .unknown: return ("UNKNOWN.", "\(end).", .yellow)
    case .tight: return ("TIGHT.", "\(end); safe up to \(safe).", .yellow)
    case .imbalanced, .impossible:
      return ("UNSAFE.", "\(end); safe up to \(safe).", .red)
    }
  }

  // MARK: Steps

  /// What a row takes beside the device's name: sizes, zone and verdict at their widest.
  private static let restOfRow = 61

  private mutating func steps() {
    let title = "STEPS"
    let shown = style.isVerbose ? Array(plan.steps.enumerated()) : shortened()
    var rows = [[title, "total", "zone", "memmap", "from", "ratio", "headroom"]]
    for (_, step) in shown { rows.append(row(step)) }
    let words = style.isNarrow ? TextTable.words(rows, width: style.width) : nil
    // A name that would push the rest off the screen stands on a line of its own.
    let widest = max(8, style.width - Self.restOfRow)
    let names = rows.map { $0[0] }
    for index in rows.indices where names[index].count > widest { rows[index][0] = "" }
    let table = TextTable.lines(rows, leading: [0, 2, 4], gap: 1)
    let header = (table.first ?? "").dropFirst(title.count)
    lines += ["", style.marked(title, .bold) + (words == nil ? header + " verdict" : "")]
    var previous: String?
    for (place, (index, step)) in shown.enumerated() {
      let name = names[place + 1]
      var row = table[place + 1]
      if let words {
        lines += words[place]
        row = "   "
      } else if name.count > widest {
        lines.append(name)
      }
      guard step.outcome.failure == nil else {
        lines.append(row + " " + style.marked("can't be added", .red))
        continue
      }
      lines.append(row + " " + word(step.verdict))
      let reason = step.reason(plan.machine)
      guard reason != previous else { continue }
      previous = reason
      for text in [reason, plan.preflight(index)] {
        lines += (text ?? "").printable.wrapped(style.width - 4).map { "    " + $0 }
      }
      lines += payers(step)
    }
    if shown.count < plan.steps.count {
      lines.append("… \(plan.steps.count) steps in all, -v shows them")
    }
  }

  private func row(_ step: GrowthPlan.Step) -> [String] {
    let memmap = step.outcome.memmap
    let paid = memmap.payer == .device ? "itself" : "kernel"
    let isAdded = step.outcome.failure == nil
    let zone = step.zoneName ?? (step.request.device.isRAM ? "offline" : "device")
    let start = [
      step.request.text.printable, step.total.text, isAdded ? zone : "none", memmap.bytes.text,
      paid,
    ]
    return isAdded ? start + ["\(step.ratio)", step.headroom.text] : start
  }

  /// The first steps, those at which something changes, and the last.
  private func shortened() -> [(offset: Int, element: GrowthPlan.Step)] {
    guard plan.steps.count > 12 else { return Array(plan.steps.enumerated()) }
    var shown: [(offset: Int, element: GrowthPlan.Step)] = []
    for (index, step) in plan.steps.enumerated() {
      let before = index > 0 ? plan.steps[index - 1] : nil
      let isNews = before?.verdict != step.verdict || before?.zoneName != step.zoneName
      if index < 3 || index == plan.steps.count - 1 || (isNews && shown.count < 12) {
        shown.append((index, step))
      }
    }
    return shown
  }

  private func payers(_ step: GrowthPlan.Step) -> [String] {
    guard plan.machine.headroom.count > 1 else { return [] }
    return step.outcome.paid.sorted { $0.key < $1.key }.flatMap { node, size in
      "costs \(size.text) of kernel memory on node \(node)".wrapped(style.width - 4)
        .map { "    " + $0 }
    }
  }

  private func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .balanced: style.marked(verdict.rawValue, .green)
    case .tight, .unknown: style.marked(verdict.rawValue, .yellow)
    case .imbalanced, .impossible: style.marked(verdict.rawValue, .red)
    }
  }

  // MARK: Limits and arguments

  private mutating func limits() {
    section("HOW FAR", "")
    func line(_ title: String, _ value: String) {
      lines.append("  " + title.padded(style.width < 50 ? 22 : 34) + value.aligned(12))
    }
    line("in one piece, at most", plan.physicalLimit?.text ?? "no limit")
    line("safe up to", plan.maxSafeTotal.text)
    if let step = plan.safeStep { line("safe step on the way", step.text) }
    if let goal = plan.goal, let boot = plan.neededBoot {
      line("boot memory for \(goal.text)", boot.text)
    }
  }

  private mutating func arguments() {
    lines.append("")
    let title = style.marked("DO THIS", .bold)
    lines.append("\(title)  boot with")
    for argument in plan.arguments.arguments { lines.append("  \(argument)") }
    lines += plan.arguments.reason.text.wrapped(style.width - 4).map { "    " + $0 }
  }

  private mutating func findings() {
    let findings = plan.findings
    guard !findings.isEmpty else { return }
    section("FOUND", "")
    for finding in findings {
      let mark: TextStyle.Mark =
        finding.severity == .error ? .red : finding.severity == .warning ? .yellow : .dim
      let severity = style.marked(finding.severity.rawValue.padded(8), mark)
      lines.append("  \(severity) \(finding.code)\(style.isNarrow ? "" : " " + finding.rule)")
      let lead = String(repeating: " ", count: style.isNarrow ? 4 : 11)
      if style.isNarrow { lines.append(lead + finding.rule) }
      for text in [finding.message, "→ \(finding.remedy)"] {
        lines += text.printable.wrapped(style.width - lead.count).map { lead + $0 }
      }
    }
  }

  private mutating func assumptions() {
    guard !plan.machine.assumptions.isEmpty else { return }
    section("TAKEN FOR GRANTED", "")
    for assumption in plan.machine.assumptions {
      let wrapped = assumption.printable.wrapped(style.width - 4)
      lines += wrapped.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }
  }

  private mutating func section(_ title: String, _ legend: String) {
    lines.append("")
    let line = style.marked(title, .bold)
    lines.append(legend.isEmpty ? line : "\(line.padded(22 + line.count - title.count))\(legend)")
  }
}
