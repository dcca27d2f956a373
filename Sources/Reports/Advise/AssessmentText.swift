package import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import SourceText

/// `zonewise advise` for people: the answer first, then where things stand, what is paid for, what
/// to do, what is wrong, and what isn't known.
package struct AssessmentText {
  let assessment: Assessment
  let style: TextStyle
  private var lines: [String] = []

  private init(_ assessment: Assessment, style: TextStyle) {
    self.assessment = assessment
    self.style = style
  }

  package static func render(_ assessment: Assessment, style: TextStyle) -> String {
    var text = AssessmentText(assessment, style: style)
    text.compose()
    return style.encoded(text.lines.joined(separator: "\n") + "\n")
  }

  private mutating func compose() {
    header()
    answer()
    guard style.isVerbose || needsAttention else {
      assumptions()
      quietEnd()
      return
    }
    zones()
    account()
    needs()
    advice()
    boot()
    findings()
    assumptions()
    unknown()
  }

  /// Whether there is more to say than that all is well.
  private var needsAttention: Bool {
    assessment.current.verdict > .balanced || assessment.wish != nil || assessment.needs != nil
      || assessment.boot != nil
      || assessment.findings.contains { $0.severity > .note }
      || assessment.recommendation.method != .none
  }

  // MARK: The answer

  private mutating func header() {
    let snapshot = assessment.snapshot
    var parts = ["zonewise \(ToolVersion.current)"]
    parts.append((snapshot.hostName.value ?? "host not named").printable)
    let releases =
      assessment.kernels.isEmpty
      ? snapshot.kernel.value.map { [$0.release] } ?? [] : assessment.kernels
    let kernel =
      releases.isEmpty ? "kernel unknown" : "Linux " + ReleaseList.text(releases).printable
    parts.append(kernel + (snapshot.architecture.value.map { " \($0.rawValue)" } ?? ""))
    parts.append("\(assessment.pageSize.bytes.count >> 10) KiB pages")
    parts.append("profile \(assessment.profile.name)")
    add(parts.joined(separator: " · "), wrapIndent: 2)
    add("")
  }

  private mutating func answer() {
    let sentence = AnswerSentence(assessment)
    let head = style.marked(sentence.head, sentence.mark)
    let wrapped = (sentence.head + " " + sentence.body).wrapped(style.width)
    for (index, line) in wrapped.enumerated() {
      let isHead = index == 0 && line.hasPrefix(sentence.head)
      add(isHead ? head + line.dropFirst(sentence.head.count) : line)
    }
  }

  private mutating func quietEnd() {
    // That all is well holds as far as the kernel is known.
    for note in Kernel(assessment.snapshot).unreadNotes where !assessment.assumptions.contains(note)
    {
      add(note.printable + ".", wrapIndent: 0)
    }
    let unknown = assessment.unknown.count
    var line = "zonewise -v shows the account"
    if unknown > 0 { line += " and \(unknown) input\(unknown == 1 ? "" : "s") not known" }
    add(line + "; zonewise --want max sizes a Movable zone.", wrapIndent: 0)
  }

  // MARK: Where things stand

  private mutating func zones() {
    section("ZONES", !style.showsBars ? "" : "kernel ▓ used ░ free | movable ▒ used · free")
    let nodes = assessment.current.nodes
    let bars = ZoneBars(nodes: nodes, style: style)
    let shown = style.isVerbose ? nodes : Array(nodes.prefix(16))
    for line in shown.flatMap(bars.lines) { add(line) }
    if assessment.current.highMemory > .zero {
      add(
        "  \(assessment.current.highMemory.text) of it is HighMem: no kernel memory, and where "
          + "ZONE_MOVABLE is cut from at no cost to the kernel, which owns "
          + "\(assessment.current.lowMemory.value?.text ?? "an unknown part") of low memory",
        wrapIndent: 2
      )
    }
    if shown.count < nodes.count { add("  … and \(nodes.count - shown.count) more nodes (-v)") }
  }

  private mutating func account() {
    guard let demand = assessment.demand.value else {
      section("WHAT THE KERNEL ZONES PAY FOR", "")
      let reason = assessment.demand.reason.map { "\($0)" } ?? "unknown"
      add("  not known: \(reason)", wrapIndent: 4)
      return
    }
    let table = DemandTable(
      demand: demand,
      safeReserve: assessment.sizing.value?.reserve,
      profile: assessment.profile,
      style: style
    )
    add("")
    for line in table.lines() { add(line) }
    let current = assessment.current
    if let headroom = current.headroom.value {
      let nodes = current.nodes.compactMap { node in
        node.headroom.value.map { "node \(node.node) \($0.text)" }
      }
      let byNode = nodes.count > 1 ? ": " + nodes.joined(separator: ", ") : ""
      row("can grow by", headroom.text, "\(current.ratio)", "free above the reserve\(byNode)")
      if let full = current.full.value, full.user > .zero {
        row("when full", full.least.text, "", full.text)
      }
      let isMargin =
        current.reason == .margin
        || current.reason == .whenFull && current.verdict == .tight
      if let growth = AnswerSentence.growth(assessment, withMargin: isMargin) {
        let source = "the second column less the first, \(isMargin ? "with" : "without") the margin"
        row("will grow by", growth.text, "", source)
      }
    }
    if let gives = assessment.wish?.gives {
      row("arguments give", gives.text, "", "of Movable, as near to the wish as they come")
    }
    if let sizing = assessment.sizing.value {
      let limit = AnswerSentence.limitText(sizing.limitedBy)
      row("largest safe Movable", sizing.maxSafeMovable.text, "\(sizing.maxSafeRatio)", limit)
    }
  }

  /// A line below the account, in its columns.
  private mutating func row(_ title: String, _ size: String, _ ratio: String, _ source: String) {
    guard !style.isNarrow else {
      let value = [size, ratio].filter { !$0.isEmpty }.joined(separator: ", ")
      for (index, part) in "\(title): \(value)".wrapped(style.width - 4).enumerated() {
        add((index == 0 ? "  " : "    ") + part)
      }
      for part in source.wrapped(style.width - 4) { add("    " + part) }
      return
    }
    let start = "  " + title.padded(27) + size.aligned(9) + ratio.aligned(10) + "  "
    for (index, part) in source.wrapped(max(20, style.width - start.count)).enumerated() {
      add((index == 0 ? start : "".padded(start.count)) + part)
    }
  }

  private mutating func needs() {
    guard let needs = assessment.needs else { return }
    section("NEEDED", "in one piece, or unmoved: how it can be had")
    lines += NeedsText(needs: needs, style: style).lines()
  }

  // MARK: What to do

  private mutating func advice() {
    let recommendation = assessment.recommendation
    add("")
    options()
    let title = style.marked("DO THIS", .bold)
    guard recommendation.method != .none else {
      let others = assessment.findings.count {
        $0.severity > .note && !$0.cure.isNothing && !$0.isAboutInputs
      }
      let what = others == 0 ? "nothing" : "what FOUND says of \(others); other zones don't help"
      add("\(title)  \(what): \(recommendation.reason.text)", wrapIndent: 2)
      return
    }
    let line = recommendation.arguments.joined(separator: " ")
    if "DO THIS  ".count + line.count <= style.width {
      add("\(title)  \(line)")
    } else {
      add("\(title)")
      for argument in recommendation.arguments { add("  \(argument)") }
    }
    if !recommendation.remove.isEmpty {
      add("  instead of \(recommendation.remove.joined(separator: ", "))")
    }
    add(
      "  \(recommendation.reason.text)\(recommendation.rebootNeeded ? "; takes a reboot" : "")",
      wrapIndent: 2
    )
    if let why = recommendation.predicted?.why {
      add("  why this much: \(why)", wrapIndent: 2)
    }
    if let holds = recommendation.holdsWithin, holds > .zero {
      let members = recommendation.memberDrift.map { drift in
        drift > .zero ? " under any of its kernels, whose nodes differ by \(drift.text) now" : ""
      }
      add(
        "  the same zones as long as firmware moves no more than \(holds.text) of a node's kernel "
          + "memory\(members ?? "")",
        wrapIndent: 2
      )
    }
    guard let predicted = recommendation.predicted else { return }
    add("")
    let bars = LayoutBars(
      before: predicted.before,
      after: predicted.layout,
      pageSize: assessment.pageSize,
      style: style
    )
    for line in bars.lines() { add(line) }
    if !predicted.isExact {
      let others = predicted.assumptions.filter { !assessment.assumptions.contains($0) }
      for assumption in others { add("  \(assumption)", wrapIndent: 2) }
    }
    add("  \(wayOn)", wrapIndent: 2)
  }

  private var wayOn: String {
    let source = assessment.snapshot.source
    guard source.kind == .spec, let name = assessment.snapshot.hostName.value else {
      return "zonewise cmdline --for grub shows how for this host"
    }
    return "zonewise cmdline --for grub \(source.path)#\(name) shows how".printable
  }

  /// What becomes of the host with arguments that are only asked about.
  private mutating func boot() {
    switch assessment.boot {
    case nil: return
    case .failure(let refusal):
      section("WHAT IF", "")
      add("  not known: \(refusal)".printable, wrapIndent: 4)
    case .success(let boot):
      let arguments = boot.prediction.argumentText
      section("WHAT IF", arguments.isEmpty ? "no argument sizes zones" : arguments.printable)
      let sentence = BootOutcomeSentence.sentence(boot, assessment)
      add("  " + style.marked(sentence.head, sentence.mark) + " " + sentence.body, wrapIndent: 2)
      if let cost = boot.cost { add("  not safe: \(cost.text)", wrapIndent: 4) }
      let bars = LayoutBars(
        before: boot.prediction.before,
        after: boot.prediction.layout,
        pageSize: assessment.pageSize,
        style: style
      )
      for line in bars.lines() { add(line) }
      for finding in boot.prediction.findings {
        add(
          "  \(finding.severity.rawValue) \(finding.code): \(finding.message)".printable,
          wrapIndent: 4
        )
      }
      if !boot.prediction.isExact {
        for note in boot.prediction.assumptions { add("  \(note)".printable, wrapIndent: 4) }
      }
    }
  }

  /// What can be had below and above a wish that is not met.
  private mutating func options() {
    guard let wish = assessment.wish, !wish.isSafe, !wish.nearest.isEmpty else { return }
    add("\(style.marked("NEAREST", .bold))")
    for option in wish.nearest {
      let ratio = MovableRatio(option.movable, to: option.kernel)
      let cost = option.cost.map { "; \($0.text)" } ?? ""
      add(
        "  \(option.argument): \(option.movable.text) Movable (\(ratio))\(cost)",
        wrapIndent: 4
      )
    }
    add("")
  }

  private mutating func findings() {
    guard !assessment.findings.isEmpty else { return }
    section("FOUND", "")
    let lead = String(repeating: " ", count: style.isNarrow ? 4 : 11)
    for finding in assessment.findings {
      let mark: TextStyle.Mark =
        finding.severity == .error ? .red : finding.severity == .warning ? .yellow : .dim
      let severity = style.marked(finding.severity.rawValue.padded(8), mark)
      add("  \(severity) \(finding.code)\(style.isNarrow ? "" : " " + finding.rule)")
      if style.isNarrow { add(lead + finding.rule) }
      for line in finding.message.printable.wrapped(style.width - lead.count) {
        add(lead + line)
      }
      if style.isVerbose {
        for evidence in finding.evidence {
          for line in "seen: \(evidence)".printable.wrapped(style.width - lead.count) {
            add(lead + line)
          }
        }
      }
      for line in "→ \(finding.remedy)".printable.wrapped(style.width - lead.count) {
        add(lead + line)
      }
    }
  }

  /// What stood in for files that the source lacks.
  private mutating func substitutes() {
    let substitutes = assessment.snapshot.substitutes
    guard !substitutes.isEmpty else { return }
    section("READ INSTEAD", "")
    for substitute in substitutes {
      add("  \(substitute.input): from \(substitute.from)".printable, wrapIndent: 4)
    }
  }

  private mutating func assumptions() {
    guard !assessment.assumptions.isEmpty else { return }
    section("TAKEN FOR GRANTED", "")
    for assumption in assessment.assumptions { add("  \(assumption)".printable, wrapIndent: 4) }
  }

  private mutating func unknown() {
    if style.isVerbose { substitutes() }
    guard !assessment.unknown.isEmpty else { return }
    section("NOT KNOWN", "")
    for input in assessment.unknown {
      add("  \(input.input): \(input.reason): \(input.effect)".printable, wrapIndent: 4)
    }
  }

  // MARK: Lines

  private mutating func section(_ title: String, _ legend: String) {
    add("")
    let line = style.marked(title, .bold)
    add(legend.isEmpty ? line : "\(line.padded(21 + line.count - title.count))\(legend)")
  }

  private mutating func add(_ line: String) { lines.append(line) }

  private mutating func add(_ line: String, wrapIndent: Int) {
    let lead = String(line.prefix { $0 == " " })
    let width = style.width - wrapIndent
    for (index, part) in line.wrapped(width).enumerated() {
      lines.append((index == 0 ? lead : String(repeating: " ", count: wrapIndent)) + part)
    }
  }
}
