/// A count of one unit that never mixes with counts of another.
///
/// Nothing wraps: input is hostile, and a wrapped size would pass for a real one. Counts that no
/// machine has are refused where they are read (`CounterTable`), so that sums do not come near the
/// largest value, where `+` and `*` saturate. There is no `-`: a difference that ends at zero is
/// `subtractingOrZero`, one that is nil below zero is `subtracting`, and one of readings is unknown
/// where it would be below zero.
@usableFromInline
package protocol Quantity: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  /// The bare number in this quantity's unit.
  var count: UInt64 { get }
  /// Wraps a bare number.
  init(_ count: UInt64)
}

extension Quantity {
  @inlinable
  package init(integerLiteral value: UInt64) { self.init(value) }

  @inlinable
  package static var zero: Self { Self(0) }
  @inlinable
  package static var max: Self { Self(UInt64.max) }

  @inlinable
  package var description: String { String(count) }

  @inlinable
  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  /// The saturating sum: the largest value where it would overflow.
  @inlinable
  package static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.count.addingReportingOverflow(right.count)
    return overflow ? .max : Self(sum)
  }

  @inlinable
  package static func += (left: inout Self, right: Self) { left = left + right }

  /// What is left of this when `other` is taken away: zero where that is more.
  @inlinable
  package func subtractingOrZero(_ other: Self) -> Self {
    count > other.count ? Self(count &- other.count) : .zero  // bounded by the comparison
  }

  /// What is left of this when `other` is taken away; nil where that is more.
  @inlinable
  package func subtracting(_ other: Self) -> Self? {
    count >= other.count ? Self(count &- other.count) : nil  // bounded by the comparison
  }

  /// How far the two are apart.
  @inlinable
  package func distance(to other: Self) -> Self {
    subtracting(other) ?? other.subtractingOrZero(self)
  }

  /// Takes up to `most` away and says how much that was.
  @inlinable
  @discardableResult
  package mutating func take(upTo most: Self) -> Self {
    let taken = Swift.min(self, most)
    self = Self(count &- taken.count)  // at most all of it
    return taken
  }

  /// The saturating product: the largest value where it would overflow.
  @inlinable
  package static func * (left: Self, right: UInt64) -> Self {
    let (product, overflow) = left.count.multipliedReportingOverflow(by: right)
    return overflow ? .max : Self(product)
  }

  /// `self × numerator ÷ denominator`, exact over the full width, rounded down.
  ///
  /// A zero denominator gives zero parts of nothing: the largest value unless the product is zero.
  @inlinable
  package func scaled(by numerator: UInt64, over denominator: UInt64) -> Self {
    guard denominator > 0 else { return count == 0 || numerator == 0 ? .zero : .max }
    let product = count.multipliedFullWidth(by: numerator)
    guard product.high < denominator else { return .max }
    return Self(denominator.dividingFullWidth(product).quotient)
  }

  /// The smallest multiple of `unit` that is not below this value.
  @inlinable
  package func roundedUp(to unit: Self) -> Self {
    guard unit.count > 1 else { return self }
    let rest = count % unit.count
    return rest == 0 ? self : self + Self(unit.count - rest)
  }

  /// The largest multiple of `unit` that is not above this value.
  @inlinable
  package func roundedDown(to unit: Self) -> Self {
    guard unit.count > 1 else { return self }
    return Self(count - count % unit.count)
  }
}

extension Sequence where Element: Quantity {
  /// The saturating sum of all elements.
  @inlinable
  package func total() -> Element { reduce(.zero, +) }
}
