internal import HostModel

extension HostCollector {
  /// Counts what the pages of each online block are, where somebody asked and root reads.
  mutating func readPageTallies() {
    let path = "/proc/kpageflags"
    guard options.readPageFlags, var table = snapshot.memoryBlocks.value,
      let pageSize = snapshot.pageSize.value
    else { return }
    let online = table.blocks.filter { $0.state.value == .online }
    let memory = table.blockSize * UInt64(online.count)
    if memory > options.pageFlagsLimit {
      table.pageTallies = .unknown(
        .notAsked(
          input: "\(path) of more than \(options.pageFlagsLimit.count >> 30) GiB of memory",
          option: "--every-page"
        )
      )
    } else {
      table.pageTallies = tallies(path, of: online, blockSize: table.blockSize, pageSize: pageSize)
    }
    snapshot.memoryBlocks = .known(table)
  }

  private func tallies(
    _ path: String,
    of blocks: [MemoryBlock],
    blockSize: ByteCount,
    pageSize: PageSize
  ) -> Reading<[UInt64: PageTally]> {
    guard let root = source as? DirectoryRoot else { return .unknown(.missing(input: path)) }
    let pages = blockSize.pages(of: pageSize)
    var result: [UInt64: PageTally] = [:]
    do throws(ReadFailure) {
      var file = try PageFlagsFile(path: try root.resolved(path))
      for block in blocks {
        result[block.number] = try file.tally(
          firstFrame: (pages * block.number).count,
          pages: pages.count
        )
      }
    } catch {
      return .unknown(
        error == .missing
          ? .missing(input: path) : .unreadable(input: path, cause: error.description)
      )
    }
    return .known(result)
  }
}
