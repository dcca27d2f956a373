package import HostModel

/// /proc/buddyinfo: one line per populated zone, one column per order.
package enum BuddyInfoText {
  private static let form = "lines such as `Node 0, zone Normal 12 7 3`"
  private static let limit = 16 << 20

  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> BuddyInfo {
    try CounterText.check(text, file: file, limit: limit)
    var rows: [BuddyInfo.Row] = []
    var seen: Set<ZoneLabel> = []
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      if text.trimmed(line).isEmpty { continue }
      guard let (label, end) = ZoneLabel.parse(text, line), !label.hasType else {
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      guard seen.insert(label).inserted else {
        throw ParseError(.duplicate(label.description), file: file, line: scanner.line)
      }
      var counts: [UInt64] = []
      counts.reserveCapacity(rows.first?.freeBlocks.count ?? 11)
      var word = text.word(from: end, in: line)
      while !word.isEmpty {
        guard let count = text.decimal(word) else {
          throw ParseError(
            .notANumber(field: "order \(counts.count) of \(label)"),
            file: file,
            line: scanner.line
          )
        }
        guard count >> 63 == 0, counts.count < 64 else {
          throw ParseError(
            .numberTooLarge(field: "order \(counts.count) of \(label)"),
            file: file,
            line: scanner.line
          )
        }
        counts.append(count)
        word = text.word(from: word.upperBound, in: line)
      }
      let columns = rows.first?.freeBlocks.count ?? counts.count
      guard counts.count >= columns, columns > 0 else {
        throw ParseError(
          .truncated(inside: label.description, missing: "count of order \(counts.count)"),
          file: file,
          line: scanner.line
        )
      }
      guard counts.count == columns else {
        throw ParseError(
          .malformed(expected: "\(columns) columns as on the lines before"),
          file: file,
          line: scanner.line
        )
      }
      rows.append(BuddyInfo.Row(node: label.node, kind: label.kind, freeBlocks: counts))
    }
    return BuddyInfo(rows: rows)
  }

  /// The value as the kernel prints it.
  package static func render(_ info: BuddyInfo) -> String {
    var text = ""
    for row in info.rows {
      text += "Node \(row.node), zone \(row.kind.name.padded(to: 8)) "
      for count in row.freeBlocks { text += String(count).padded(to: 6) + " " }
      text += "\n"
    }
    return text
  }
}
