internal import SourceText

/// A page of text that answers to a log: a line of what it is about, the answer, and sections.
struct LogPage {
  private let style: TextStyle
  private var lines: [String] = []

  init(_ style: TextStyle) { self.style = style }

  var text: String { style.encoded(lines.joined(separator: "\n") + "\n") }

  mutating func header(_ about: String) {
    add("zonewise \(ToolVersion.current) · \(about)", indent: 0)
    lines.append("")
  }

  /// The headline and the answer, as one paragraph.
  mutating func answer(_ head: String, _ answer: String, _ mark: TextStyle.Mark) {
    let wrapped = "\(head) \(answer)".printable.wrapped(style.width)
    for (index, line) in wrapped.enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      lines.append(isHead ? style.marked(head, mark) + line.dropFirst(head.count) : line)
    }
  }

  /// Items of prose; nothing where there is none.
  mutating func section(_ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    begin(title)
    for item in items { add(item, indent: 4) }
  }

  /// Rows that are laid out already.
  mutating func table(_ title: String, _ rows: [String]) {
    guard !rows.isEmpty else { return }
    begin(title)
    for row in rows { lines.append("  " + row.printable) }
  }

  private mutating func begin(_ title: String) {
    lines.append("")
    lines.append(style.marked(title, .bold))
  }

  private mutating func add(_ text: String, indent: Int) {
    for (index, line) in text.printable.wrapped(style.width - indent).enumerated() {
      lines.append(String(repeating: " ", count: index == 0 && indent > 2 ? 2 : indent) + line)
    }
  }
}
