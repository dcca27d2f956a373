package import Advice
internal import HostModel
internal import SourceText

/// `zonewise verify` for people: kept or not, node by node, and why.
package enum VerificationText {
  package static func render(_ verification: Verification, style: TextStyle) -> String {
    let (head, body) = verification.sentence
    let wrapped = "\(head) \(body)".printable.wrapped(style.width)
    let mark: TextStyle.Mark = verification.isKept ? .green : .red
    var lines = wrapped
    if let first = lines.first, first.hasPrefix(head) {
      lines[0] = style.marked(head, mark) + first.dropFirst(head.count)
    }
    lines.append("")
    lines += nodes(verification)
    var rest = Section(style: style)
    rest.add("WHY", verification.reasons.map(\.text))
    rest.add("ARGUMENTS", words(verification))
    rest.add("HEADROOM", verification.headroom.map { [headroom($0)] } ?? [])
    rest.add(
      "NOT EXPECTED",
      (verification.unexpected ?? []).map { "\($0.severity.rawValue) \($0.code): \($0.message)" }
    )
    rest.add("NOT COMPARED", verification.notes)
    lines += rest.lines
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  /// Headings with their entries.
  private struct Section {
    let style: TextStyle
    var lines: [String] = []

    mutating func add(_ title: String, _ entries: [String]) {
      guard !entries.isEmpty else { return }
      lines += ["", style.marked(title, .bold)]
      for entry in entries {
        let wrapped = entry.printable.wrapped(style.width - 4)
        lines += wrapped.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
      }
    }
  }

  private static func nodes(_ verification: Verification) -> [String] {
    var rows = [["", "promised", "kernel", "Movable", "found", "kernel", "Movable", ""]]
    for node in verification.nodes {
      func sizes(_ node: BootPromise.Node?) -> [String] {
        guard let node else { return ["none", "-", "-"] }
        return [node.total.text, node.kernel.text, node.movable.text]
      }
      rows.append(
        ["node \(node.id)"] + sizes(node.promised) + sizes(node.found)
          + [node.isKept ? "kept" : "NOT KEPT"]
      )
    }
    return TextTable.lines(rows, leading: [0, 7])
  }

  private static func words(_ verification: Verification) -> [String] {
    verification.words.map(\.text)
      + (verification.words.isEmpty && verification.promise.arguments.isEmpty
        ? ["none was to be set"] : [])
  }

  private static func headroom(_ headroom: Verification.Headroom) -> String {
    let promised = headroom.promised
    let terms =
      "promised were \(promised.size.text) with the use of then, and that at least "
      + "\(promised.atLeast.text) is left at any time"
    guard let found = headroom.found.value else {
      return "not known here; \(terms)"
    }
    return "the kernel zones can take \(found.text) more; \(terms)"
  }
}
