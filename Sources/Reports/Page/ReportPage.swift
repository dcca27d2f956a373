internal import Advice

/// A report that people read, before it is HTML or Markdown: both say the same because both are
/// made from this.
struct ReportPage {
  var title: String
  var date: String
  /// What the report is about, in a few words.
  var scope: String
  var sections: [ReportSection]
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
