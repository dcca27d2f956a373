internal import KernelText

/// `lsmem`: memory blocks in ranges of the same kind.
enum LsmemOutput: DumpSubstitute {
  static let outputs = ["lsmem"]

  /// The ranges become the text of runs that bundles have of memory blocks, so that both are read in
  /// one way.
  static func complete(_ dump: inout IncompleteDump) {
    let folder = HostInput.memory.path
    guard dump.isMissing(folder + "/block_size_bytes"), let found = dump.output(of: "lsmem"),
      let table = parse(found.text)
    else { return }
    dump.add(folder + "/block_size_bytes", String(table.blockSize, radix: 16))
    dump.add(HostInput.memoryBlockRuns.path, table.runs.map(\.line).joined())
    // Where nothing else tells of nodes, those of the blocks are all that is known.
    for node in Set(table.runs.flatMap(\.nodes)) {
      dump.addFolder("\(HostInput.nodes.path)/\(node)")
    }
    dump.use(found.path, for: folder)
  }

  // MARK: Reading

  /// More blocks than any host has: 32 TiB in blocks of 128 MiB.
  private static let limit: UInt64 = 1 << 18

  /// Nil where the table lacks states, zones or block numbers, or has a row that does not fit them:
  /// blocks that are left out would be taken for memory that is not there.
  static func parse(
    _ output: String
  ) -> (blockSize: UInt64, runs: [MemoryBlockRunsText.Run])? {
    let text = LsmemJSON.table(output) ?? output
    var columns: [Substring] = []
    var runs: [MemoryBlockRunsText.Run] = []
    var count: UInt64 = 0
    var size: UInt64?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "RANGE" {
        columns = words
      } else if line.hasPrefix("Memory block size:"), let last = words.last {
        size = self.size(last)
      } else if words.first?.hasPrefix("0x") == true {
        guard words.count == columns.count,
          let run = run(Dictionary(zip(columns, words)) { first, _ in first }),
          run.numbers.upperBound - run.numbers.lowerBound < limit - count
        else { return nil }
        count += run.numbers.upperBound - run.numbers.lowerBound + 1
        runs.append(run)
      }
    }
    runs.sort { $0.numbers.lowerBound < $1.numbers.lowerBound }
    let overlap = zip(runs, runs.dropFirst()).contains { $0.numbers.overlaps($1.numbers) }
    guard let size, size.nonzeroBitCount == 1, !runs.isEmpty, !overlap else { return nil }
    return (size, runs)
  }

  private static func run(_ row: [Substring: Substring]) -> MemoryBlockRunsText.Run? {
    guard let state = row["STATE"], let zones = row["ZONES"], state.utf8.allSatisfy({ $0 < 0x7F }),
      zones.utf8.allSatisfy({ $0 < 0x7F }), let numbers = row["BLOCK"].flatMap(Self.range)
    else { return nil }
    return MemoryBlockRunsText.Run(
      numbers: numbers,
      state: String(state),
      zones: zones == "None" ? "none" : String(zones.replacing("/", with: ",")),
      nodes: row["NODE"].flatMap { UInt32($0) }.map { ["node\($0)"] } ?? []
    )
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
