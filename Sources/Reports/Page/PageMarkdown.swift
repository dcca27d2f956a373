internal import SourceText

/// A page as Markdown with tables; pictures are left out, for their numbers stand in the tables.
enum PageMarkdown {
  static func render(_ page: ReportPage) -> String {
    var text = "# \(escaped(page.title))\n\n"
    text += "\(escaped(page.date)) · zonewise \(ToolVersion.current) · \(escaped(page.scope))\n"
    for section in page.sections {
      text += "\n## \(escaped(section.heading))\n"
      for block in section.blocks { text += self.text(block) }
    }
    return text
  }

  private static func text(_ block: ReportBlock) -> String {
    switch block {
    case .lead(let head, let body, _): return "\n**\(escaped(head))** \(escaped(body))\n"
    case .text(let text), .note(let text): return "\n\(escaped(text))\n"
    case .list(let items):
      return items.isEmpty ? "" : "\n" + items.map { "- \(escaped($0))\n" }.joined()
    case .code(let text):
      return "\n" + text.split(separator: "\n").map { "    \(String($0).printable)\n" }.joined()
    case .heading(let text, let level):
      return "\n\(String(repeating: "#", count: level)) \(escaped(text))\n"
    case .tiles(let tiles):
      return "\n"
        + tiles.map { tile in
          let note = tile.note.isEmpty ? "" : " (\(escaped(tile.note)))"
          return "- \(escaped(tile.label)): **\(escaped(tile.value))**\(note)\n"
        }.joined()
    case .table(let table): return self.table(table)
    case .charts(let tables): return tables.map(self.table).joined()
    case .zones, .scale, .curve: return ""
    case .details(let title, _, let blocks):
      return "\n### \(escaped(title))\n" + blocks.map(text).joined()
    }
  }

  private static func table(_ table: ReportTable) -> String {
    guard !table.rows.isEmpty else { return "" }
    // A column of pictures has nothing to say here.
    let shown = table.columns.indices.filter { index in
      table.rows.contains { row in
        let cell = row[index]
        return !(cell.text.isEmpty && (cell.bar != nil || !cell.stacks.isEmpty))
      }
    }
    let caption = table.caption.isEmpty ? "" : "\n\(escaped(table.caption)):\n"
    var text =
      caption + "\n| " + shown.map { escaped(table.columns[$0].title) }.joined(separator: " | ")
    text += " |\n|" + shown.map { table.columns[$0].isNumber ? "--:|" : ":--|" }.joined() + "\n"
    for row in table.rows {
      text += "| " + shown.map { cell(row[$0]) }.joined(separator: " | ") + " |\n"
    }
    return text
  }

  private static func cell(_ cell: ReportCell) -> String {
    // A code span would end at a backtick of a foreign text.
    let isCode =
      cell.isCode && !cell.text.isEmpty
      && !cell.text.contains { $0 == "`" || $0 == "|" }
    let text = isCode ? "`\(cell.text.printable)`" : escaped(cell.text)
    let details = cell.details.filter { !$0.isEmpty }.map(escaped).joined(separator: "; ")
    if text.isEmpty || details.isEmpty { return text + details }
    return "\(text); \(details)"
  }

  /// Every input is foreign text: nothing in it may become markup or a table cell's end.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_{}[]()#+!|<>&~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
