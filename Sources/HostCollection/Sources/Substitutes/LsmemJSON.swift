internal import SourceText

/// `lsmem --json`, as the table that lsmem prints.
enum LsmemJSON {
  /// Nil where it is not what lsmem prints, or a row lacks what the table has.
  static func table(_ text: String) -> String? {
    guard text.contains("\"memory\"") else { return nil }
    var reader = JSONReader(Array(text.utf8), file: "lsmem")
    var rows: [Row] = []
    do throws(LocatedError) {
      try reader.object { reader, name throws(LocatedError) in
        guard name == "memory" else { return try reader.skip() }
        try reader.array { reader throws(LocatedError) in rows.append(try row(&reader)) }
      }
      try reader.end()
    } catch {
      return nil
    }
    guard let first = rows.first, let size = first.blockSize else { return nil }
    let lines = rows.map { row in
      "\(row.range) \(row.state) \(row.block) \(row.node ?? "-") \(row.zones)"
    }
    return (["RANGE STATE BLOCK NODE ZONES"] + lines + ["Memory block size: \(size)"])
      .joined(separator: "\n")
  }

  private struct Row {
    var range = ""
    var state = ""
    var block = ""
    var node: String?
    var zones = ""

    /// A row's bytes by its blocks: lsmem leaves the size of a block out of its JSON.
    var blockSize: UInt64? {
      let ends = range.split(separator: "-").map { UInt64($0.dropFirst(2), radix: 16) }
      let blocks = block.split(separator: "-").map { UInt64($0) }
      guard ends.count == 2, let start = ends[0], let last = ends[1], start <= last,
        last < 1 << 60, let first = blocks.first ?? nil, let end = blocks.last ?? nil,
        first <= end, end < 1 << 40
      else { return nil }
      let size = (last - start + 1) / (end - first + 1)
      return size.nonzeroBitCount == 1 ? size : nil
    }
  }

  private static func row(_ reader: inout JSONReader) throws(LocatedError) -> Row {
    var row = Row()
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "range": row.range = try reader.string()
      case "state": row.state = try reader.string()
      case "block": row.block = try word(&reader)
      case "node": row.node = try word(&reader)
      case "zones" where reader.isAtString: row.zones = try reader.string()
      default: try reader.skip()
      }
    }
    return row
  }

  /// A string, or a number that newer versions don't quote.
  private static func word(_ reader: inout JSONReader) throws(LocatedError) -> String {
    if reader.isAtString { return try reader.string() }
    let number: UInt64 = try reader.number()
    return "\(number)"
  }
}
