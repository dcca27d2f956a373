/// The base page size of a host: a power of two from 4 KiB to 256 KiB.
package struct PageSize: Hashable, Sendable {
  /// log2 of the size in bytes: `PAGE_SHIFT`.
  package let shift: UInt8

  package var bytes: ByteCount { ByteCount(1 << UInt64(shift)) }

  /// Nil unless `bytes` is a page size that a Linux architecture uses.
  package init?(bytes: UInt64) {
    guard bytes.nonzeroBitCount == 1, (1 << 12...1 << 18).contains(bytes) else { return nil }
    shift = UInt8(bytes.trailingZeroBitCount)
  }

  private init(shift: UInt8) { self.shift = shift }

  package static let kib4 = PageSize(shift: 12)
  package static let kib8 = PageSize(shift: 13)
  package static let kib16 = PageSize(shift: 14)
  package static let kib64 = PageSize(shift: 16)
}
