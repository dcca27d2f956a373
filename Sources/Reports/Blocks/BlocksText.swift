package import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `zonewise blocks` for people: how much can go, which blocks, why not the others.
package struct BlocksText {
  /// Groups that a terminal still shows at a glance; -v shows all.
  private static let most = 40

  private let report: BlockReport
  private let style: TextStyle
  private var lines: [String] = []

  private init(_ report: BlockReport, style: TextStyle) {
    self.report = report
    self.style = style
  }

  package static func render(_ report: BlockReport, style: TextStyle) -> String {
    var text = BlocksText(report, style: style)
    text.header()
    text.answer()
    if report.hasNoBlocks == nil { text.blocks() }
    text.nodes()
    text.reasons()
    text.advice()
    text.assumptions()
    text.unknown()
    return style.encoded(text.lines.joined(separator: "\n") + "\n")
  }

  // MARK: The answer

  private mutating func header() {
    let snapshot = report.snapshot
    let kernel = snapshot.kernel.value.map { "Linux \($0.release.printable)" } ?? "kernel unknown"
    let parts = [
      "zonewise \(ToolVersion.current)",
      (snapshot.hostName.value ?? "host not named").printable,
      kernel + (snapshot.architecture.value.map { " \($0.rawValue)" } ?? ""),
      report.hasNoBlocks == nil
        ? "\(report.blocks.count) blocks of \(report.blockSize.text)" : "no memory blocks",
    ]
    add(parts.joined(separator: " · "), indent: 2)
    add("")
  }

  private mutating func answer() {
    let size = report.offlinable
    let head: String
    if size > 0 {
      head = "At most \(size.text) of this host can be unplugged."
    } else if report.total[.unknown] > 0 {
      head = "Nothing of this host can be unplugged for sure."
    } else {
      head = "Nothing of this host can be unplugged."
    }
    var rest: [String] = []
    if report.total[.yes] > size {
      rest.append(
        "\(report.total[.yes].text) could move, and there is room for "
          + "\((report.room.value ?? .zero).text) elsewhere."
      )
    }
    let kernel = Swift.min(report.offlinableInKernelZones, size)
    if kernel > 0 {
      rest.append("\(kernel.text) of it is in kernel zones: only while the kernel leaves it free.")
    }
    let unknown = report.total[.unknown]
    if unknown > 0 {
      rest.append("Whether \(unknown.text)\(size > 0 ? " more" : "") can is not known.")
    }
    for (index, line) in ([head] + rest).joined(separator: " ").wrapped(style.width).enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      add(isHead ? style.marked(head, .bold) + line.dropFirst(head.count) : line)
    }
  }

  // MARK: Blocks

  private mutating func blocks() {
    let groups = report.groups
    let shown = style.isVerbose ? groups[...] : groups.prefix(Self.most)
    let title = "BLOCKS"
    var rows = [[title, "node", " zone", "size"]]
    for group in shown {
      let zone =
        group.first.zone?.name ?? (group.first.block.state.value == .offline ? "offline" : "-")
      let nodes = group.nodes.map { "\($0)" }.joined(separator: ",")
      let size = (report.blockSize * group.count).text
      rows.append(["  " + Self.range(group), nodes.isEmpty ? "?" : nodes, " " + zone, size])
    }
    let table = TextTable.lines(rows, leading: [0, 2], least: [11, 4, 9, 8], gap: 1)
    let width = table.map(\.count).max() ?? 0
    add("")
    guard !style.isNarrow else { return blocksInWords(title, rows, shown, of: groups.count) }
    add(style.marked(title, .bold) + (table.first ?? "").dropFirst(title.count) + "   offline?")
    for (group, row) in zip(shown, table.dropFirst()) {
      let lead = row.padded(width) + "   "
      let answer = group.first.offlinable
      let reasons = group.first.reasons.map(\.rawValue).joined(separator: ", ")
      let wrapped = reasons.wrapped(Swift.max(20, style.width - lead.count - 10))
      let first = answer.rawValue.padded(10)
      add(
        (lead + style.marked(first, Self.mark(answer)) + (wrapped.first ?? "")).trimmedEnd
      )
      for line in wrapped.dropFirst() {
        add(String(repeating: " ", count: lead.count + 10) + line)
      }
    }
    if shown.count < groups.count {
      add("  … and \(groups.count - shown.count) more ranges (-v)")
    }
  }

  private mutating func blocksInWords(
    _ title: String,
    _ rows: [[String]],
    _ shown: ArraySlice<BlockGroup>,
    of count: Int
  ) {
    add(style.marked(title, .bold))
    for (group, words) in zip(shown, TextTable.words(rows, width: style.width)) {
      lines += words
      let answer = group.first.offlinable
      let reasons = group.first.reasons.map(\.rawValue).joined(separator: ", ")
      add("    offline? \(answer.rawValue)\(reasons.isEmpty ? "" : ": " + reasons)", indent: 4)
    }
    if shown.count < count { add("  … and \(count - shown.count) more ranges (-v)") }
  }

  private static func range(_ group: BlockGroup) -> String {
    let first = group.first.block.number
    return group.count == 1 ? "\(first)" : "\(first)-\(group.last)"
  }

  private static func mark(_ answer: Offlinable) -> TextStyle.Mark {
    switch answer {
    case .yes: .green
    case .unknown, .unlikely: .yellow
    case .no: .red
    }
  }

  private mutating func nodes() {
    add("")
    let title = "NODES"
    var rows = [[title, "yes", "unknown", "unlikely", "no", "offline"]]
    for sums in report.nodes { rows.append(row(sums.node.map { "node \($0)" } ?? "several", sums)) }
    if report.nodes.count > 1 { rows.append(row("all", report.total)) }
    guard !style.isNarrow else {
      add(style.marked(title, .bold))
      lines += TextTable.words(rows, width: style.width).flatMap { $0 }
      return
    }
    let table = TextTable.lines(rows, leading: [0], least: [10, 9, 9, 9, 9, 9])
    add(style.marked(title, .bold) + (table.first ?? "").dropFirst(title.count))
    for line in table.dropFirst() { add(line) }
  }

  private func row(_ name: String, _ sums: BlockSums) -> [String] {
    let refused = sums[.no].subtractingOrZero(sums.offline)
    let sizes = [sums[.yes], sums[.unknown], sums[.unlikely], refused, sums.offline]
    return ["  " + name] + sizes.map(\.text)
  }

  // MARK: Why

  private mutating func reasons() {
    var seen: [(kind: OfflineObstacle.Kind, first: OfflineObstacle, blocks: UInt64)] = []
    for offlinability in report.blocks {
      for kind in offlinability.reasons {
        guard let obstacle = offlinability.obstacles.first(where: { $0.kind == kind }) else {
          continue
        }
        if let index = seen.firstIndex(where: { $0.kind == kind }) {
          seen[index].blocks += 1
        } else {
          seen.append((kind, obstacle, 1))
        }
      }
    }
    guard !seen.isEmpty || report.hasNoBlocks != nil else { return }
    add("")
    add(style.marked("WHY", .bold))
    if let obstacle = report.hasNoBlocks {
      add("  \(obstacle.kind.rawValue): \(obstacle.kind.title)", indent: 4)
      if style.isVerbose { add("    \(obstacle.kind.explanation)", indent: 4) }
      add("    seen: \(obstacle.evidence)".printable, indent: 4)
    }
    for entry in seen.sorted(by: { $0.blocks > $1.blocks }) {
      let blocks = entry.blocks == 1 ? "1 block" : "\(entry.blocks) blocks"
      add("  \(entry.kind.rawValue) (\(blocks)): \(entry.kind.title)", indent: 4)
      if style.isVerbose { add("    \(entry.kind.explanation)", indent: 4) }
      add("    seen: \(entry.first.evidence)".printable, indent: 4)
    }
  }

  private mutating func advice() {
    guard let first = report.groups.first(where: { $0.first.offlinable == .yes }) else { return }
    let block = first.first.block.number
    add("")
    add(style.marked("DO THIS", .bold))
    // A command stays in one piece, however narrow the terminal.
    add(
      "  timeout 60 sh -c 'echo offline > /sys/devices/system/memory/memory\(block)/state'"
    )
    add("  The kernel retries without end where pages stay busy; a signal ends that.", indent: 2)
  }

  private mutating func assumptions() {
    guard !report.assumptions.isEmpty else { return }
    add("")
    add(style.marked("TAKEN FOR GRANTED", .bold))
    for assumption in report.assumptions { add("  \(assumption)".printable, indent: 4) }
  }

  private mutating func unknown() {
    guard !report.unknown.isEmpty else { return }
    add("")
    add(style.marked("NOT KNOWN", .bold))
    for input in report.unknown {
      add("  \(input.input): \(input.reason): \(input.effect)".printable, indent: 4)
    }
  }

  // MARK: Lines

  private mutating func add(_ line: String) { lines.append(line) }

  private mutating func add(_ line: String, indent: Int) {
    let lead = String(line.prefix { $0 == " " })
    for (index, part) in line.wrapped(style.width - indent).enumerated() {
      lines.append((index == 0 ? lead : String(repeating: " ", count: indent)) + part)
    }
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
