package import HostModel

/// Sums over processes as a text of names and numbers, so that a captured host need not carry the
/// status of each of its processes.
package enum ProcessTotalsText {
  /// What the text has, in its order; sizes in bytes.
  private static let names = [
    "processes", "refused", "stopped_early", "pinned", "locked", "page_tables", "resident",
    "swapped",
  ]

  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> ProcessTotals {
    let table = try VmstatText.parse(text, file: file)
    var values: [String: UInt64] = [:]
    for name in names {
      guard let value = table[name] else {
        throw ParseError(.incomplete("there is no \(name)"), file: file, line: 1)
      }
      values[name] = value
    }
    func count(_ name: String) -> Int { Int(clamping: values[name] ?? 0) }
    func size(_ name: String) -> ByteCount { ByteCount(values[name] ?? 0) }
    var totals = ProcessTotals()
    totals.processesRead = count("processes")
    totals.processesRefused = count("refused")
    totals.isTruncated = count("stopped_early") != 0
    // Captures that are older than the line have none.
    totals.areOthersHidden = (table["others_hidden"] ?? 0) != 0
    totals.pinned = size("pinned")
    totals.locked = size("locked")
    totals.pageTables = size("page_tables")
    totals.resident = size("resident")
    totals.swapped = size("swapped")
    return totals
  }

  package static func render(_ totals: ProcessTotals) -> String {
    let values = [
      UInt64(clamping: totals.processesRead), UInt64(clamping: totals.processesRefused),
      totals.isTruncated ? 1 : 0, totals.pinned.count, totals.locked.count,
      totals.pageTables.count, totals.resident.count, totals.swapped.count,
    ]
    return zip(names, values).map { "\($0) \($1)\n" }.joined()
      + (totals.areOthersHidden ? "others_hidden 1\n" : "")
  }
}
