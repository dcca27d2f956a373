internal import SourceText

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

  /// The same where columns have no room: below a row's first entry, each other one behind its title.
  ///
  /// - Parameters:
  ///   - rows: Entries by column, the titles of columns first.
  ///   - width: Columns of the terminal.
  /// - Returns: The lines of each row but the first.
  static func words(_ rows: [[String]], width: Int) -> [[String]] {
    let titles = rows.first ?? []
    return rows.dropFirst().map { row in
      let others = zip(titles.dropFirst(), row.dropFirst()).map { title, text in
        "\(title.drop { $0 == " " }) \(text.drop { $0 == " " })"
      }
      let name = String((row.first ?? "").drop { $0 == " " })
      return ["  " + name] + others.joined(separator: ", ").wrapped(width - 4).map { "    " + $0 }
    }
  }
}
