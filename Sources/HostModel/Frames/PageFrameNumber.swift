/// A physical address divided by the page size.
package struct PageFrameNumber: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  package let number: UInt64

  package init(_ number: UInt64) { self.number = number }
  package init(integerLiteral value: UInt64) { number = value }

  package var description: String { "0x" + String(number, radix: 16) }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  /// The frame `pages` further on, or the last one where that would overflow.
  package static func + (left: Self, right: PageCount) -> Self {
    Self((PageCount(left.number) + right).count)
  }

  /// The first frame at or above this one that is a multiple of `unit` pages.
  package func roundedUp(to unit: PageCount) -> Self {
    Self(PageCount(number).roundedUp(to: unit).count)
  }

  /// The last frame at or below this one that is a multiple of `unit` pages.
  package func roundedDown(to unit: PageCount) -> Self {
    Self(PageCount(number).roundedDown(to: unit).count)
  }

  package func isMultiple(of unit: PageCount) -> Bool {
    unit.count <= 1 || number % unit.count == 0
  }

  /// The physical address at which this frame begins.
  package func address(pageSize: PageSize) -> ByteCount {
    PageCount(number).bytes(of: pageSize)
  }
}
