/// `lsmem`: memory blocks in ranges of the same kind.
enum LsmemText {
  struct Block {
    var number: UInt64
    var state: String
    var zones: String
    var node: UInt32?
  }

  /// More blocks than any host has: 32 TiB in blocks of 128 MiB.
  private static let limit: UInt64 = 1 << 18

  /// Nil where the table lacks states, zones or block numbers.
  static func parse(_ text: String) -> (blockSize: UInt64, blocks: [Block])? {
    var columns: [Substring] = []
    var blocks: [Block] = []
    var size: UInt64?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "RANGE" {
        columns = words
      } else if line.hasPrefix("Memory block size:"), let last = words.last {
        size = self.size(last)
      } else if words.first?.hasPrefix("0x") == true, words.count == columns.count {
        let row = Dictionary(zip(columns, words)) { first, _ in first }
        guard let state = row["STATE"], let zones = row["ZONES"],
          let range = row["BLOCK"].flatMap(Self.range),
          range.upperBound - range.lowerBound < limit - UInt64(blocks.count)
        else { return nil }
        for number in range {
          blocks.append(
            Block(
              number: number,
              state: String(state),
              zones: zones == "None" ? "none" : String(zones.replacing("/", with: " ")),
              node: row["NODE"].flatMap { UInt32($0) }
            )
          )
        }
      }
    }
    guard let size, size.nonzeroBitCount == 1, !blocks.isEmpty else { return nil }
    return (size, blocks)
  }

  private static func range(_ word: Substring) -> ClosedRange<UInt64>? {
    let ends = word.split(separator: "-").map { UInt64($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, last < 1 << 40
    else { return nil }
    return first...last
  }

  /// `128M`, `2G`, or bytes.
  private static func size(_ word: Substring) -> UInt64? {
    let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30]
    guard let last = word.last else { return nil }
    guard let shift = shifts[last] else { return UInt64(word) }
    return UInt64(word.dropLast()).flatMap { $0 < 1 << 20 ? $0 << shift : nil }
  }
}
