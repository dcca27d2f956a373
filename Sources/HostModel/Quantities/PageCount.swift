/// A number of base pages of the host's own page size.
@usableFromInline
package struct PageCount: Quantity {
  @usableFromInline
  package let count: UInt64

  @inlinable
  package init(_ count: UInt64) { self.count = count }

  package func bytes(of size: PageSize) -> ByteCount { ByteCount(1 << UInt64(size.shift)) * count }
}
