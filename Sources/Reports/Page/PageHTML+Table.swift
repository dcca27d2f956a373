internal import Advice
internal import SourceText

extension PageHTML {
  static func table(_ table: ReportTable) -> HTML {
    "\(opening(table))\(table.rows.map { row($0, in: table) })\(closing)"
  }

  /// Hands a long table on row by row.
  static func write(
    _ table: LongTable,
    to put: (String) -> Void
  ) throws(LocatedError) {
    guard table.count > 0 else { return }
    let frame = table.frame
    put(opening(frame).markup)
    for number in 0..<table.count {
      if let cells = try table.row(number) { put(row(cells, in: frame).markup) }
    }
    put(closing.markup)
  }

  private static let closing: HTML = "</tbody></table></div>\n"

  private static func opening(_ table: ReportTable) -> HTML {
    let kind =
      (table.columns.count > 4 ? "cards" : "") + (table.isInteractive ? " interactive" : "")
    let heads = table.columns.map { column -> HTML in
      """
      <th scope="col" role="columnheader" class="\(style(of: column))">\(term(column.title))</th>
      """
    }
    return """
      \(table.isInteractive ? tools(of: table) : "")\
      <div class="scroll \(table.columns.count < 4 ? "narrow" : "")" role="region" \
      aria-label="\(table.caption)" tabindex="0"><table class="\(kind)" role="table">
      <caption>\(table.caption)</caption>
      <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>
      <tbody role="rowgroup">
      """
  }

  private static func style(of column: ReportTable.Column) -> String {
    column.isNumber ? "n" : ""
  }

  // MARK: Rows

  private static func verdict(of row: [ReportCell]) -> Verdict? {
    row.lazy.compactMap(\.verdict).first
  }

  /// The last words below a row's name.
  private static func group(of row: [ReportCell]) -> String { row.first?.details.last ?? "" }

  private static func row(_ row: [ReportCell], in table: ReportTable) -> HTML {
    let cells = zip(row, table.columns).enumerated().map { index, pair in
      cell(pair.0, pair.1, isHeader: index == 0)
    }
    return """
      <tr role="row" data-verdict="\(verdict(of: row)?.rawValue ?? "")" \
      data-group="\(group(of: row))">\(cells)</tr>

      """
  }

  private static func cell(
    _ cell: ReportCell,
    _ column: ReportTable.Column,
    isHeader: Bool
  ) -> HTML {
    let open: HTML = isHeader ? "<th scope=\"row\" role=\"rowheader\"" : "<td role=\"cell\""
    let kind = style(of: column) + (cell.stacks.isEmpty ? "" : "pictures")
    let details = cell.details.filter { !$0.isEmpty }
    return """
      \(open) class="\(kind)" data-label="\(column.title)" \
      data-key="\(cell.key.map { "\($0)" } ?? "")">\(text(of: cell))\
      \(bar(of: cell))\(cell.stacks.map(stack))\
      \(details.map { detail -> HTML in "<small>\(breaking: detail)</small>" })\
      \(isHeader ? "</th>" : "</td>" as HTML)
      """
  }

  private static func text(of cell: ReportCell) -> HTML {
    if let verdict = cell.verdict?.rawValue {
      return "<span class=\"verdict \(verdict)\">\(verdict)</span>"
    }
    return cell.isCode && !cell.text.isEmpty
      ? "<code>\(breaking: cell.text)</code>" : "\(breaking: cell.text)"
  }

  private static func bar(of cell: ReportCell) -> HTML {
    guard let percent = cell.bar else { return "" }
    return "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:\(percent)%\"></i></span>"
  }

  // MARK: Tools

  private static func tools(of table: ReportTable) -> HTML {
    let seen = Set(table.rows.compactMap(verdict))
    let verdicts = Verdict.allCases.sorted(by: >).filter(seen.contains).map(\.rawValue)
    let groups = Set(table.rows.map(group)).filter { !$0.isEmpty }.sorted()
    let sorts = table.columns.enumerated().map { index, column -> HTML in
      "<option value=\"\(index)\">\(column.title)</option>"
    }
    return """
      <div class="tools" hidden>
      <label>Search <input type="search" autocomplete="off" data-tool="search"></label>
      <label>Verdict <select data-tool="verdict"><option value="">all</option>\
      \(options(verdicts))</select></label>
      <label>Class <select data-tool="group"><option value="">all</option>\
      \(options(groups))</select></label>
      <label>Sort by <select data-tool="sort"><option value="">worst first</option>\
      \(sorts)</select></label>
      <span class="soft" role="status" data-tool="shown"></span></div>

      """
  }

  private static func options(_ names: [String]) -> [HTML] {
    names.map { name -> HTML in "<option>\(name)</option>" }
  }
}
