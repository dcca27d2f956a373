internal import Advice
internal import SourceText

/// A report that people read, before it is HTML or Markdown: both say the same because both are
/// made from this.
struct ReportPage {
  var title: String
  var date: String
  /// What the report is about, in a few words.
  var scope: String
  var sections: [ReportSection]
  /// Whether it is one sheet of paper.
  var isBrief = false
}

/// A part of a page with a heading of its own.
struct ReportSection {
  /// The name of its anchor.
  var id: String
  var heading: String
  var blocks: [ReportBlock]
}

/// One thing on a page.
enum ReportBlock {
  /// The answer, large.
  case lead(head: String, body: String, verdict: Verdict)
  case text(String)
  case note(String)
  case list([String])
  case code(String)
  /// A heading below the section's: 3, or 4 inside details.
  case heading(String, level: Int)
  case tiles([ReportTile])
  case table(ReportTable)
  /// A table that is too long to be held.
  case long(LongTable)
  /// Every host in a line, to be searched.
  case index(PageIndex)
  case glossary([Glossary.Entry])
  /// Tables with bars, side by side where there is room.
  case charts([ReportTable])
  /// Pictures; a table with the same numbers follows each of them.
  case zones(ZonePicture)
  case scale(RatioScale)
  case curve(CurvePicture)
  /// Blocks that are folded away until somebody asks for them.
  case details(String, id: String, [ReportBlock])
}

/// One number with its name.
struct ReportTile {
  var label: String
  var value: String
  var note = ""
  var verdict: Verdict?
}

struct ReportTable {
  struct Column {
    var title: String
    var isNumber = false

    static func text(_ title: String) -> Column { Column(title: title) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  var caption: String
  var columns: [Column]
  /// The first cell of a row names it.
  var rows: [[ReportCell]]
  /// Rows can be sorted, searched and filtered.
  var isInteractive = false

  init(_ caption: String, _ columns: [Column], _ rows: [[ReportCell]], isInteractive: Bool = false)
  {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.isInteractive = isInteractive
  }
}

/// A table whose rows are made when they are written.
struct LongTable {
  var caption: String
  var columns: [ReportTable.Column]
  var count: Int
  /// Nil for a row that can't be made any more.
  var row: (Int) throws(LocatedError) -> [ReportCell]?

  /// Its frame, as a table without rows.
  var frame: ReportTable { ReportTable(caption, columns, []) }
}

/// Lines of columns with tabs between them, in the order of names: a list of every host that reads well
/// as it is, and that a page's script searches.
struct PageIndex {
  /// The column of a line by whose text pieces of the list are named.
  static let nameColumn = 4

  var columns: [String]
  var count: Int
  /// What is beyond it, and where that is; empty where nothing is.
  var rest: String
  /// Bytes of all lines.
  var size: Int
  var line: (Int) -> String

  /// Lines that are folded away together.
  static let together = 1000

  /// Numbers of the first and the last line of each piece.
  var pieces: [Range<Int>] {
    stride(from: 0, to: count, by: Self.together).map { $0..<min($0 + Self.together, count) }
  }

  func name(_ number: Int) -> String {
    let cells = line(number).split(separator: "\t", omittingEmptySubsequences: false)
    return cells.count > Self.nameColumn ? String(cells[Self.nameColumn]) : ""
  }
}

struct ReportCell: ExpressibleByStringInterpolation {
  var text: String
  /// Smaller, below the text.
  var details: [String] = []
  /// A number to sort by, where the text is none.
  var key: Double?
  var verdict: Verdict?
  var isCode = false
  /// Length of a bar in percent.
  var bar: Int?
  var stacks: [ZonePicture.Row] = []

  init(_ text: String, details: [String] = [], key: Double? = nil) {
    self.text = text
    self.details = details
    self.key = key
  }

  init(stringLiteral value: String) { self.init(value) }

  init(_ verdict: Verdict) {
    self.init(verdict.rawValue)
    self.verdict = verdict
    key = Double(Verdict.allCases.firstIndex(of: verdict) ?? 0)
  }

  static func code(_ text: String) -> ReportCell {
    var cell = ReportCell(text)
    cell.isCode = true
    return cell
  }

  static func bar(_ percent: Int) -> ReportCell {
    var cell = ReportCell("")
    cell.bar = percent
    return cell
  }
}

/// Nodes as stacked bars: kernel memory used and free, Movable used and free.
struct ZonePicture {
  struct Row {
    var label: String
    /// In thousandths of the longest bar.
    var length: Int
    /// In thousandths of this bar; together 1000.
    var kernelUsed: Int
    var kernelFree: Int
    var movableUsed: Int
    var movableFree: Int
    /// What is kernel memory and what is Movable, in words.
    var kernelText: String
    var movableText: String
    /// The whole row in words.
    var text: String
  }

  var caption: String
  var rows: [Row]
  /// Whether it shows sizes only: what will be used is not known.
  var isPlan = false
}

/// Where a ratio stands between none and too much.
struct RatioScale {
  /// In thousandths of the scale.
  var fine: Int
  var warning: Int
  var mark: Int
  var fineText: String
  var warningText: String
  var markText: String
  /// All of it in words.
  var text: String
}
