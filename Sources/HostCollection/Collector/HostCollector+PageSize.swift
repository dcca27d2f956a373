internal import Glibc
internal import HostModel
internal import KernelText
internal import SourceText

extension HostCollector {
  /// The page size: asked for on the live host, given, certain by architecture, or measured where the
  /// source tells one amount both in pages and in bytes. Without `zones` they are not all there, and
  /// nothing is made of their sums.
  func pageSize(of snapshot: HostSnapshot, zones: ZoneInfo?) -> Reading<PageSize> {
    if source.description.kind == .live {
      let bytes = UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
      if let size = PageSize(bytes: bytes) { return .known(size) }
    }
    if let given = options.pageSize { return .known(given) }
    if let size = snapshot.architecture.value?.onlyPageSize { return .known(size) }
    let measured =
      Self.fromCounters(snapshot) ?? zones.flatMap { Self.fromSums(of: $0, snapshot) }
      ?? zones.flatMap(Self.fromBoundary)
    return measured.map { .known($0) }
      ?? .unknown(
        .undetermined(
          "the page size can't be told from this source: give /proc/meminfo too, or --page-size"
        )
      )
  }

  private static let sizes = [PageSize.kib4, .kib8, .kib16, .kib64]

  /// The size that makes the pages as many bytes: sizes differ by a factor of two, and both amounts
  /// are true within a quarter.
  private static func size(_ pages: PageCount, are bytes: ByteCount) -> PageSize? {
    guard pages > .zero else { return nil }
    return sizes.first { size in
      let expected = pages.bytes(of: size)
      return bytes.distance(to: expected) <= expected.scaled(by: 1, over: 4)
    }
  }

  /// Counters that the kernel prints in pages in one file and in KiB in another.
  private static func fromCounters(_ snapshot: HostSnapshot) -> PageSize? {
    let pairs: [(MeminfoField, MemoryCounter)] = [
      (.pageTables, .pageTables), (.memFree, .freePages),
    ]
    return pairs.lazy.compactMap { field, counter in
      guard let bytes = snapshot.meminfo.value?[field].value,
        let pages = snapshot.vmstat.value?[counter].value
      else { return nil }
      return size(pages, are: bytes)
    }.first
  }

  /// What all zones own against MemTotal, what is present in them against the memory map and the
  /// memory blocks, and their watermarks against the setting that they are made from.
  private static func fromSums(of zones: ZoneInfo, _ snapshot: HostSnapshot) -> PageSize? {
    let present = zones.nodes.map(\.present).total()
    if let total = snapshot.meminfo.memTotal.value,
      let size = size(zones.zones.total(\.managed).value ?? present, are: total)
    {
      return size
    }
    if let ranges = snapshot.iomem.value {
      let memory = ranges.filter { $0.depth == 0 && $0.name.hasPrefix("System RAM") }
        .map(\.addresses.size).total()
      if let size = size(present, are: memory) { return size }
    }
    if let blocks = snapshot.memoryBlocks.value {
      let online = blocks.blocks.count { $0.state.value == .online }
      if let size = size(present, are: blocks.blockSize * UInt64(online)) { return size }
    }
    guard let least = snapshot.virtualMemory.minFree.value else { return nil }
    let marks = zones.zones.filter(\.kind.servesKernel).total(\.minWatermark)
    return marks.value.flatMap { size($0, are: least) }
  }

  /// DMA32 ends at 4 GiB and Normal begins behind it: where only one size of page puts 4 GiB between
  /// the last frame of the one and the first of the other, it is that.
  private static func fromBoundary(_ zones: ZoneInfo) -> PageSize? {
    let populated = zones.zones.filter(\.isPopulated)
    guard
      let end = populated.filter({ $0.kind == .dma32 }).compactMap({ $0.frames.value?.end }).max(),
      let start = populated.filter({ $0.kind == .normal }).compactMap(\.startPFN.value).min()
    else { return nil }
    let possible = sizes.filter { size in
      let limit = PageFrameNumber(ByteCount.gibibytes(4).pages(of: size).count)
      return end <= limit && limit <= start
    }
    return possible.count == 1 ? possible[0] : nil
  }
}
