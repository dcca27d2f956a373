internal import SourceText

/// A page as Markdown with tables; pictures are left out, for their numbers stand in the tables.
enum PageMarkdown {
  /// Hands the page on piece by piece.
  static func write(
    _ page: ReportPage,
    to put: (String) -> Void
  ) throws(LocatedError) {
    let page = page.withGlossary
    put(
      "# \(escaped(page.title))\n\n\(escaped(page.date)) · zonewise \(ToolVersion.current) · "
        + "\(escaped(page.scope))\n"
    )
    for section in page.sections {
      put("\n## \(escaped(section.heading))\n")
      for block in section.blocks {
        if case .long(let table) = block { try write(table, to: put) } else { put(text(block)) }
      }
    }
  }

  private static func write(
    _ table: LongTable,
    to put: (String) -> Void
  ) throws(LocatedError) {
    guard table.count > 0 else { return }
    let shown = Array(table.columns.indices)
    put(head(table.frame, shown))
    for number in 0..<table.count {
      if let row = try table.row(number) { put(line(row, shown)) }
    }
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
    case .zones, .scale, .curve, .long, .index: return ""
    case .glossary(let entries):
      return "\n" + entries.map { "- **\(escaped($0.name))**: \(escaped($0.text))\n" }.joined()
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
    return head(table, shown) + table.rows.map { line($0, shown) }.joined()
  }

  private static func head(_ table: ReportTable, _ shown: [Int]) -> String {
    let caption = table.caption.isEmpty ? "" : "\n\(escaped(table.caption)):\n"
    let titles = shown.map { escaped(table.columns[$0].title) }.joined(separator: " | ")
    return caption + "\n| \(titles) |\n|"
      + shown.map { table.columns[$0].isNumber ? "--:|" : ":--|" }.joined() + "\n"
  }

  private static func line(_ row: [ReportCell], _ shown: [Int]) -> String {
    "| " + shown.map { cell(row[$0]) }.joined(separator: " | ") + " |\n"
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
