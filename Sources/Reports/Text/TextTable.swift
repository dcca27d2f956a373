/// Columns that are as wide as their longest entry.
package enum TextTable {
  /// Rows as lines, without blanks at their ends.
  ///
  /// - Parameters:
  ///   - rows: Entries by column; a row may be shorter than others.
  ///   - leading: Columns that begin at the left; the others are numbers and end at the right.
  ///   - least: How wide columns are at least.
  ///   - gap: Blanks between columns.
  /// - Returns: One line for each row.
  package static func lines(
    _ rows: [[String]],
    leading: Set<Int> = [],
    least: [Int] = [],
    gap: Int = 2
  ) -> [String] {
    var widths = least
    for row in rows {
      for (column, text) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], text.count)
      }
    }
    return rows.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        if column > 0 { line += String(repeating: " ", count: gap) }
        line +=
          leading.contains(column) ? text.padded(widths[column]) : text.aligned(widths[column])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
