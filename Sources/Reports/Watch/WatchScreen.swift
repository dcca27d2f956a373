internal import Advice
internal import HostModel
internal import Profiles
internal import SourceText

/// One picture of `zonewise watch`: lines that fit the terminal.
package struct WatchScreen {
  private let history: WatchHistory
  private let style: TextStyle
  private let height: Int
  private var lines: [String] = []

  private init(_ history: WatchHistory, style: TextStyle, height: Int) {
    self.history = history
    self.style = style
    self.height = height
  }

  /// At most `height` lines, each within the style's width.
  ///
  /// - Parameters:
  ///   - history: What was seen.
  ///   - title: What stands at the top, such as the interval.
  ///   - keys: Whether keys are read, and named at the bottom.
  ///   - style: How wide, and with which characters.
  ///   - height: Lines of the terminal.
  /// - Returns: The lines.
  package static func lines(
    _ history: WatchHistory,
    title: String,
    keys: Bool,
    style: TextStyle,
    height: Int
  ) -> [String] {
    var screen = WatchScreen(history, style: style, height: height - (keys ? 2 : 0))
    screen.compose(title)
    var lines = Array(screen.lines.prefix(max(1, screen.height)))
    if keys {
      while lines.count < screen.height { lines.append("") }
      lines += ["", screen.footer]
    }
    return lines.map { style.encoded($0) }
  }

  private mutating func compose(_ title: String) {
    guard let assessment = history.latest else {
      lines += (history.failure ?? "looking for the first time").printable.wrapped(style.width)
      return
    }
    let host = assessment.snapshot.hostName.value ?? "host not named"
    let kernel = assessment.snapshot.kernel.value.map { "Linux \($0.release)" } ?? "kernel unknown"
    lines += "\(host) · \(kernel) · profile \(assessment.profile.name) · \(title)".printable
      .wrapped(style.width)
    if let failure = history.failure {
      for line in "this look failed: \(failure)".printable.wrapped(style.width) {
        lines.append(style.marked(line, .red))
      }
    }
    answer(assessment)
    zones(assessment)
    headroom()
    if history.isOpen { term() } else { terms() }
    findings()
  }

  private mutating func answer(_ assessment: Assessment) {
    let sentence = AnswerSentence(assessment)
    lines.append("")
    for (index, line) in (sentence.head + " " + sentence.body).wrapped(style.width).prefix(3)
      .enumerated()
    {
      let isHead = index == 0 && line.hasPrefix(sentence.head)
      lines.append(
        isHead
          ? style.marked(sentence.head, sentence.mark) + line.dropFirst(sentence.head.count) : line
      )
    }
  }

  private mutating func zones(_ assessment: Assessment) {
    section("ZONES", style.showsBars ? "kernel ▓ used ░ free | movable ▒ used · free" : "")
    let nodes = assessment.current.nodes
    let bars = ZoneBars(nodes: nodes, style: style)
    // Half of the screen at most, so that the rest is seen too.
    let room = max(1, height / 2 - lines.count)
    let all = nodes.map(bars.lines)
    var shown = 0
    for node in all {
      guard shown == 0 || lines.count + node.count <= lines.count + room else { break }
      guard all.prefix(shown + 1).joined().count <= room || shown == 0 else { break }
      lines += node
      shown += 1
    }
    if shown < nodes.count { lines.append("  … and \(nodes.count - shown) more nodes") }
  }

  private mutating func headroom() {
    let looks = history.looks
    guard let last = looks.last, let first = looks.first else { return }
    func text(_ size: ByteCount?) -> String { size?.text ?? "not known" }
    let span = Int((last.time - first.time).rounded())
    section(
      "HEADROOM",
      "now \(text(last.headroom)), when full \(text(last.whenFull))"
        + (span > 0 ? ", \(Self.span(span)) ago \(text(first.headroom))" : "")
    )
    let known = looks.compactMap { look in look.headroom.map { (look.time, Double($0.count)) } }
    guard style.showsBars, known.count > 1, height - lines.count > 12,
      let low = known.map(\.1).min(), let high = known.map(\.1).max()
    else { return }
    var canvas = CurveCanvas(
      columns: style.width - 22,
      rows: 3,
      usesBraille: style.usesUnicode
    )
    // A curve that moves by less than a hundredth is flat.
    let reach = max(high - low, high / 100, 1)
    canvas.draw(
      known.map { time, value in
        (
          (time - first.time) / max(1, last.time - first.time),
          0.5 + (value - (low + high) / 2) / reach
        )
      },
      sign: "*"
    )
    let labels = [ByteCount(UInt64(high)).text, "", ByteCount(UInt64(low)).text]
    for (label, row) in zip(labels, canvas.lines) { lines.append(label.aligned(19) + "  " + row) }
  }

  private mutating func terms() {
    let terms = history.sortedTerms
    guard !terms.isEmpty else { return }
    section("WHAT THE KERNEL ZONES PAY FOR", style.isNarrow ? "" : "by \(order)")
    var rows = [["", "", "", "now", "a second", "at the horizon"]]
    for term in terms {
      let isSelected = WatchHistory.TermPlace(term) == history.selected
      rows.append([
        isSelected ? ">" : "", term.id.title, term.node.map { "node \($0)" } ?? "",
        term.now.text, history.change(of: term).map(Self.rate) ?? "", term.projected.text,
      ])
    }
    if style.isNarrow { rows = rows.map { Array($0.prefix(2)) + $0[3...4] } }
    let table = TextTable.lines(rows, leading: style.isNarrow ? [0, 1] : [0, 1, 2], gap: 1)
    // Room for two findings is left, and the selected term stays in sight.
    let room = max(2, height - lines.count - 4)
    let place = (terms.firstIndex { WatchHistory.TermPlace($0) == history.selected } ?? 0) + 1
    let start = max(1, min(place - room + 2, table.count - room + 1))
    lines.append(table[0])
    for (index, line) in table.enumerated().dropFirst(start).prefix(room - 1) {
      lines.append(index == place ? style.marked(line, .bold) : line)
    }
  }

  /// What the selected term is, with the words and terms of this host.
  private mutating func term() {
    let term = history.sortedTerms.first { WatchHistory.TermPlace($0) == history.selected }
    guard let term else { return }
    section(term.id.title.uppercased(), term.node.map { "node \($0)" } ?? "the host")
    let rate = history.change(of: term).map(Self.rate) ?? "not known yet"
    for text in [
      "now \(term.now.text), from \(term.source)", "a second: \(rate)",
      "at the horizon of the profile \(term.projected.text): \(term.formula)",
    ] {
      lines += text.printable.wrapped(style.width - 4).enumerated().map {
        ($0 == 0 ? "  " : "    ") + $1
      }
    }
  }

  private mutating func findings() {
    let newest = history.findings.sorted {
      ($0.since, $0.finding.severity) > ($1.since, $1.finding.severity)
    }
    guard !newest.isEmpty else { return }
    section("FOUND", newest.count == 1 ? "" : "\(newest.count), the newest first")
    let now = history.looks.last?.time ?? 0
    let room = height - lines.count
    for (finding, since) in newest.prefix(max(0, room)) {
      let mark: TextStyle.Mark =
        finding.severity == .error ? .red : finding.severity == .warning ? .yellow : .dim
      let age = now > since ? "\(Self.span(Int(now - since))) " : ""
      let head = "\(finding.severity.rawValue.padded(8)) \(finding.code) "
      let body = "\(age)\(finding.message)".printable
      let width = style.width - 2 - head.count
      let cut = body.count > width ? body.prefix(max(0, width - 1)) + "…" : Substring(body)
      lines.append("  " + style.marked(head, mark) + cut)
    }
  }

  private mutating func section(_ title: String, _ aside: String) {
    lines.append("")
    let room = style.width - title.count - 2
    let shown = aside.count > room ? aside.prefix(max(0, room - 1)) + "…" : Substring(aside)
    lines.append(
      shown.isEmpty ? style.marked(title, .bold) : "\(style.marked(title, .bold))  \(shown)"
    )
  }

  private var order: String {
    switch history.order {
    case .size: "size"
    case .change: "change"
    case .name: "name"
    }
  }

  private var footer: String {
    let hold = history.isHeld ? "space go on" : "space hold"
    let words =
      style.isNarrow
      ? "q quit  s sort  j k term  enter open"
      : "q quit   s sort (\(order))   up down, j k term   enter "
        + "\(history.isOpen ? "close" : "explain")   \(hold)"
    return style.marked(String(words.prefix(style.width)), .dim)
  }

  private static func rate(_ bytes: Double) -> String {
    let size = ByteCount(UInt64(abs(bytes).rounded()))
    return size == .zero ? "0" : (bytes < 0 ? "−" : "+") + size.text
  }

  /// `45 s`, `9 min`
  private static func span(_ seconds: Int) -> String {
    seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
  }
}
