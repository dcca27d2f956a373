/// A size in bytes.
@usableFromInline
package struct ByteCount: Quantity {
  @usableFromInline
  package let count: UInt64

  @inlinable
  package init(_ count: UInt64) { self.count = count }

  package static func kibibytes(_ count: UInt64) -> ByteCount { ByteCount(1 << 10) * count }
  package static func mebibytes(_ count: UInt64) -> ByteCount { ByteCount(1 << 20) * count }
  package static func gibibytes(_ count: UInt64) -> ByteCount { ByteCount(1 << 30) * count }

  /// Whole pages that fit into this size.
  package func pages(of size: PageSize) -> PageCount { PageCount(count >> size.shift) }

  /// Pages needed to hold this size.
  package func pagesRoundedUp(of size: PageSize) -> PageCount {
    roundedUp(to: size.bytes).pages(of: size)
  }
}
