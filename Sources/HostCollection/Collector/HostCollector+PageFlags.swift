internal import HostModel
internal import SystemIO

extension HostCollector {
  /// Counts what the pages of each online block are, where somebody asked and root reads.
  func readPageTallies(
    of blocks: Reading<MemoryBlockTable>,
    pageSize: Reading<PageSize>
  ) -> Reading<MemoryBlockTable> {
    guard options.readPageFlags, var table = blocks.value, let pageSize = pageSize.value else {
      return blocks
    }
    let path = HostInput.pageFlags.path
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
    return .known(table)
  }

  private func tallies(
    _ path: String,
    of blocks: [MemoryBlock],
    blockSize: ByteCount,
    pageSize: PageSize
  ) -> Reading<[UInt64: PageTally]> {
    let pages = blockSize.pages(of: pageSize)
    var result: [UInt64: PageTally] = [:]
    do throws(ReadFailure) {
      var file = try source.pageFlags()
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
