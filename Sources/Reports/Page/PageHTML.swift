internal import Advice
internal import Mustache
internal import SourceText

/// A page as one self-contained HTML file: no network, no build step, a table behind every picture.
/// The template engine escapes every value.
enum PageHTML {
  static func render(_ page: ReportPage) throws -> String {
    let library = MustacheLibrary(templates: [
      "page": try MustacheTemplate(string: PageTemplate.page),
      "block": try MustacheTemplate(string: PageTemplate.block),
      "table": try MustacheTemplate(string: PageTemplate.table),
      "stack": try MustacheTemplate(string: PageTemplate.stack),
    ])
    return library.render(View(page), withTemplate: "page") ?? ""
  }

  // Members of these are what the templates name. A part that is missing is an empty list: the
  // engine would look for a nil in what surrounds it.

  private struct View {
    var title: String
    var date: String
    var scope: String
    var version: String
    var style = PageTemplate.style
    var script = PageTemplate.script
    var sections: [SectionView]

    init(_ page: ReportPage) {
      title = page.title.printable
      date = page.date.printable
      scope = page.scope.printable
      version = ToolVersion.current
      sections = page.sections.map(SectionView.init)
    }
  }

  private struct SectionView {
    var id: String
    var heading: String
    var blocks: [BlockView]

    init(_ section: ReportSection) {
      id = section.id
      heading = section.heading.printable
      blocks = section.blocks.map(BlockView.init)
    }
  }

  private struct Lead {
    var head: String
    var body: String
    var verdict: String
  }

  private struct Tile {
    var label: String
    var value: String
    var note: String
    var verdict: String
  }

  private struct Details {
    var id: String
    var summary: String
    var inner: [BlockView]
  }

  private struct Picture {
    var caption: String
    var isPlan: Bool
    var rows: [Stack]
  }

  private struct Stack {
    var label: String
    var text: String
    var length: String
    var kernelUsed: String
    var kernelFree: String
    var movableUsed: String
    var movableFree: String
    var kernelText: String
    var movableText: String

    init(_ row: ZonePicture.Row) {
      label = row.label
      text = row.text
      length = BlockView.percent(row.length)
      kernelUsed = BlockView.percent(row.kernelUsed)
      kernelFree = BlockView.percent(row.kernelFree)
      movableUsed = BlockView.percent(row.movableUsed)
      movableFree = BlockView.percent(row.movableFree)
      kernelText = row.kernelText
      movableText = row.movableText
    }
  }

  private struct Scale {
    var text: String
    var fine: String
    var warning: String
    var mark: String
    var between: String
    var beyond: String
    var fineText: String
    var warningText: String
    var markText: String

    init(_ scale: RatioScale) {
      text = scale.text
      fine = BlockView.percent(scale.fine)
      warning = BlockView.percent(scale.warning)
      mark = BlockView.percent(scale.mark)
      between = BlockView.percent(scale.warning - scale.fine)
      beyond = BlockView.percent(1000 - scale.warning)
      fineText = scale.fineText
      warningText = scale.warningText
      markText = scale.markText
    }
  }

  private struct Column {
    var name: String
    var index: Int
    var kind: String
  }

  private struct Cell {
    var label: String
    var kind: String
    var key: String
    var isHeader: Bool
    var plain: [String]
    var codes: [String]
    var verdicts: [String]
    var details: [String]
    var bars: [Int]
    var stacks: [Stack]

    init(_ cell: ReportCell, _ column: ReportTable.Column, isHeader: Bool) {
      let text = cell.text.printable
      label = column.title
      self.isHeader = isHeader
      kind = (column.isNumber ? "n" : "") + (cell.stacks.isEmpty ? "" : "pictures")
      key = cell.key.map { "\($0)" } ?? ""
      plain = text.isEmpty || cell.isCode || cell.verdict != nil ? [] : [text]
      codes = cell.isCode && !text.isEmpty ? [text] : []
      verdicts = cell.verdict.map { [$0.rawValue] } ?? []
      details = cell.details.filter { !$0.isEmpty }.map(\.printable)
      bars = cell.bar.map { [$0] } ?? []
      stacks = cell.stacks.map(Stack.init)
    }
  }

  private struct Row {
    var verdict: String
    var group: String
    var cells: [Cell]
  }

  private struct Choice {
    var name: String
  }

  private struct Table {
    var caption: String
    var kind: String
    var width: String
    var columns: [Column]
    var rows: [Row]
    var tools: [Tools]

    init(_ table: ReportTable) {
      caption = table.caption.printable
      kind =
        (table.columns.count > 4 ? "cards" : "")
        + (table.isInteractive ? " interactive" : "")
      width = table.columns.count < 4 ? "narrow" : ""
      columns = table.columns.enumerated().map {
        Column(name: $1.title, index: $0, kind: $1.isNumber ? "n" : "")
      }
      rows = table.rows.map { row in
        Row(
          verdict: row.lazy.compactMap { $0.verdict?.rawValue }.first ?? "",
          group: row.first?.details.last?.printable ?? "",
          cells: zip(row, table.columns).enumerated().map {
            Cell($1.0, $1.1, isHeader: $0 == 0)
          }
        )
      }
      tools = table.isInteractive ? [Tools(columns: columns, rows: rows)] : []
    }
  }

  private struct Tools {
    var sorts: [Column]
    var verdicts: [Choice]
    var groups: [Choice]

    init(columns: [Column], rows: [Row]) {
      sorts = columns
      let seen = Set(rows.map(\.verdict))
      verdicts = Verdict.allCases.sorted(by: >).map(\.rawValue).filter(seen.contains)
        .map(Choice.init)
      groups = Set(rows.map(\.group)).filter { !$0.isEmpty }.sorted().map(Choice.init)
    }
  }

  private struct BlockView {
    var leads: [Lead] = []
    var texts: [String] = []
    var notes: [String] = []
    var lists: [[String]] = []
    var codes: [String] = []
    var thirds: [String] = []
    var fourths: [String] = []
    var tileRows: [[Tile]] = []
    var tables: [Table] = []
    var charts: [[Table]] = []
    var pictures: [Picture] = []
    var scales: [Scale] = []
    var folded: [Details] = []

    init(_ block: ReportBlock) {
      switch block {
      case .lead(let head, let body, let verdict):
        leads = [Lead(head: head.printable, body: body.printable, verdict: verdict.rawValue)]
      case .text(let text): texts = [text.printable]
      case .note(let text): notes = [text.printable]
      case .list(let items): if !items.isEmpty { lists = [items.map(\.printable)] }
      case .code(let text):
        codes = [text.split(separator: "\n").map { String($0).printable }.joined(separator: "\n")]
      case .heading(let text, let level):
        if level == 3 { thirds = [text.printable] } else { fourths = [text.printable] }
      case .tiles(let tiles):
        tileRows = [
          tiles.map {
            Tile(
              label: $0.label,
              value: $0.value.printable,
              note: $0.note.printable,
              verdict: $0.verdict?.rawValue ?? ""
            )
          }
        ]
      case .table(let table): if !table.rows.isEmpty { tables = [Table(table)] }
      case .charts(let tables): charts = [tables.map { Table($0) }]
      case .zones(let picture):
        pictures = [
          Picture(
            caption: picture.caption,
            isPlan: picture.isPlan,
            rows: picture.rows.map(Stack.init)
          )
        ]
      case .scale(let scale): scales = [Scale(scale)]
      case .details(let title, let id, let blocks):
        folded = [
          Details(id: id, summary: title.printable, inner: blocks.map(BlockView.init))
        ]
      }
    }

    static func percent(_ thousandths: Int) -> String {
      let part = max(0, thousandths)
      return part % 10 == 0 ? "\(part / 10)" : "\(part / 10).\(part % 10)"
    }
  }
}
