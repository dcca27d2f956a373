package import HostModel

/// A list of CPUs or nodes as the kernel prints a bitmap: `0-3,8,10-11`, or nothing.
package enum IDList {
  /// Above the largest number of CPUs or nodes that any kernel can be built for.
  static let limit: UInt64 = 1 << 16

  /// The numbers in ascending order; none for an empty text.
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> [UInt32] {
    if text.isBlank { return [] }
    let line = try SettingText.range(text, file: file)
    var ids: [UInt32] = []
    var next: UInt64 = 0
    var start = line.lowerBound
    while start <= line.upperBound {
      let comma = text.firstIndex(of: 0x2C, in: start..<line.upperBound) ?? line.upperBound
      let item = start..<comma
      let dash = text.firstIndex(of: 0x2D, in: item)
      guard let first = text.decimal(item.lowerBound..<(dash ?? comma)),
        let last = dash.map({ text.decimal($0 + 1..<comma) }) ?? first,
        first <= last, first >= next
      else {
        throw ParseError(
          .malformed(expected: "ascending numbers and ranges, such as 0-3,8"),
          file: file,
          line: 1
        )
      }
      guard last < limit else {
        throw ParseError(.numberTooLarge(field: "\(last)"), file: file, line: 1)
      }
      // Both are below the limit.
      for id in first...last { ids.append(UInt32(truncatingIfNeeded: id)) }
      next = last + 1
      start = comma + 1
    }
    return ids
  }

  /// The list as node numbers.
  package static func nodes(_ text: Span<UInt8>, file: String) throws(ParseError) -> [NodeID] {
    try parse(text, file: file).map { NodeID($0) }
  }
}
