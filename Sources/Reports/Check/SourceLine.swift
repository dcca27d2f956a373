/// A line of a file as it fits a terminal, with the place of the word that is meant.
struct SourceLine: Hashable {
  let text: String
  /// Columns before the word.
  let indent: Int
  /// Columns that the word takes; 0 where the whole line is meant.
  let width: Int

  /// Scalars around the word that are looked at: lines may be as long as their file.
  private static let window = 400

  /// Lays a line out.
  ///
  /// - Parameters:
  ///   - column: where the word begins, in scalars, from 1.
  ///   - length: how many scalars it has.
  ///   - room: columns of the terminal.
  init(_ line: String, column: Int, length: Int, room: Int, in terminal: TerminalText) {
    let scalars = line.unicodeScalars
    let skipped = max(0, column - 1 - Self.window)
    let start =
      scalars.index(scalars.startIndex, offsetBy: skipped, limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    let end =
      scalars.index(start, offsetBy: 2 * Self.window, limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    var cells = terminal.cells(scalars[start..<end])
    // A place behind the line's end is the end.
    let first = min(max(0, column - 1 - skipped), cells.count)
    let last = min(first + max(0, min(length, cells.count)), cells.count)
    let ellipsis = terminal.usesUnicode ? "…" : "..."

    var before = Self.width(cells[..<first])
    let whole = before + Self.width(cells[first...])
    var from = 0
    var isCut = start > scalars.startIndex
    if isCut || whole > room {
      // The word comes into view with a third of the line before it.
      while from < first, before > room / 3 || (isCut && from == 0) || cells[from].width == 0 {
        before -= cells[from].width
        from += 1
        isCut = true
      }
    }
    let lead = isCut ? ellipsis : ""
    let rest = room - lead.count
    var to = from
    var used = 0
    while to < cells.count, used + cells[to].width <= rest {
      used += cells[to].width
      to += 1
    }
    var tail = ""
    if to < cells.count || end < scalars.endIndex {
      tail = ellipsis
      while to > from, used + tail.count > rest {
        to -= 1
        used -= cells[to].width
      }
    }
    cells = Array(cells[..<to])
    text = lead + cells[from...].map(\.text).joined() + tail
    indent = lead.count + before
    let shown = Self.width(cells[min(first, to)..<min(last, to)])
    width = length > 0 ? max(1, shown) : 0
  }

  private static func width(_ cells: ArraySlice<TerminalText.Cell>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }
}
