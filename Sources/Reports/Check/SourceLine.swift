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
  ///   - line: Without its line break.
  ///   - column: Where the word begins, in scalars, from 1.
  ///   - length: How many scalars it has; 0 where the whole line is meant.
  ///   - room: Columns that there are.
  ///   - terminal: What the terminal shows.
  init(_ line: String, column: Int, length: Int, room: Int, in terminal: TerminalText) {
    let scalars = line.unicodeScalars
    let skipped = max(0, column - 1 - Self.window)
    // A place behind the line's end is the end.
    let inside = scalars.index(scalars.startIndex, offsetBy: skipped, limitedBy: scalars.endIndex)
    let start =
      inside
      ?? scalars.index(
        scalars.endIndex,
        offsetBy: -Self.window,
        limitedBy: scalars.startIndex
      ) ?? scalars.startIndex
    let end =
      scalars.index(start, offsetBy: 2 * Self.window, limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    let cells = terminal.cells(scalars[start..<end])
    let first = inside == nil ? cells.count : min(max(0, column - 1 - skipped), cells.count)
    let last = min(first + max(0, min(length, cells.count)), cells.count)
    let ellipsis = terminal.usesUnicode ? "…" : "..."

    var before = Self.width(cells[..<first])
    let whole = before + Self.width(cells[first...])
    var from = 0
    var isCut = start > scalars.startIndex
    // As much of what stands before the word as leaves it in view; else half a line.
    let word = min(Self.width(cells[first..<last]), room / 2)
    if isCut || whole > room && before + word + ellipsis.count > room {
      while from < first, before > room / 2 || (isCut && from == 0) || cells[from].width == 0 {
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
    text = lead + cells[from..<to].map(\.text).joined() + tail
    indent = lead.count + before
    let shown = Self.width(cells[min(first, to)..<min(last, to)])
    width = length > 0 ? max(1, shown) : 0
  }

  private static func width(_ cells: ArraySlice<TerminalText.Cell>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }
}
