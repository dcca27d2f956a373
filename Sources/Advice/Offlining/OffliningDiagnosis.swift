package import HostModel
package import KernelText

/// Why memory would not go offline, by a log.
package struct OffliningDiagnosis: Hashable, Sendable {
  package var log: OffliningLog
  /// The page that was shown last, and who holds it; nil where none was.
  package var page: DumpedPage?
  package var holder: PageHolder
  /// The block that was named.
  package var block: UInt64?
  /// Where the page, or the range, lies, with pages of 4 KiB; nil where nothing tells.
  package var firstByte: ByteCount?
  package var lastByte: ByteCount?
  /// Whether boot memory of an arm64 machine was asked for.
  package var isBootMemory = false

  package init(_ log: OffliningLog) {
    self.log = log
    // One that can never go decides for its block; else the last one is where the attempt ended.
    page = log.pages.last { PageHolder($0) == .reserved } ?? log.pages.last
    holder = page.map { PageHolder($0) } ?? .unknown
    var frame = page?.frame
    for failure in log.failures {
      switch failure.kind {
      case .block(let number): block = number
      case .range(let first, let last, _):
        firstByte = ByteCount(first)
        lastByte = ByteCount(last)
      case .bootMemory(let first, let end):
        firstByte = ByteCount(first)
        lastByte = ByteCount(end)
        isBootMemory = true
      case .migration(let number, _), .isolation(let number): frame = frame ?? number
      case .hotRemove: break
      }
    }
    if firstByte == nil, let frame {
      firstByte = frame < 1 << 52 ? ByteCount(frame << 12) : nil
    }
  }

  package var prospect: PageHolder.Prospect { isBootMemory ? .never : holder.prospect }

  /// The zone's name, by its place on x86-64 and arm64: DMA, DMA32, Normal, Movable, Device.
  package var zoneName: String? {
    guard let zone = page?.zone, zone < 5 else { return nil }
    return ["DMA", "DMA32", "Normal", "Movable", "Device"][Int(zone)]
  }
}
