/// A count of one unit that never mixes with counts of another.
///
/// Nothing wraps: input is hostile, and a wrapped size would pass for a real one. Counts that no
/// machine has are refused where they are read (`CounterTable`), so that sums do not come near the
/// largest value, where they would stop; what is left of a quantity stops at zero. Sums and
/// differences of readings say where they do not come out.
package protocol Quantity: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  /// The bare number in this quantity's unit.
  var count: UInt64 { get }
  /// Wraps a bare number.
  init(_ count: UInt64)
}

extension Quantity {
  package init(integerLiteral value: UInt64) { self.init(value) }

  package static var zero: Self { Self(0) }
  package static var max: Self { Self(UInt64.max) }

  package var description: String { String(count) }

  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  /// The sum, or the largest value where it would overflow.
  package static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.count.addingReportingOverflow(right.count)
    return overflow ? .max : Self(sum)
  }

  package static func += (left: inout Self, right: Self) { left = left + right }

  /// What is left of this when `other` is taken away: zero where that is more.
  package func subtractingOrZero(_ other: Self) -> Self {
    count > other.count ? Self(count &- other.count) : .zero  // bounded by the comparison
  }

  /// What is left, which is never below zero. Where more taken away than there is would be a
  /// contradiction, `Reading` has a difference that says so.
  package static func - (left: Self, right: Self) -> Self { left.subtractingOrZero(right) }

  package static func -= (left: inout Self, right: Self) { left = left - right }

  /// The product, or the largest value where it would overflow.
  package static func * (left: Self, right: UInt64) -> Self {
    let (product, overflow) = left.count.multipliedReportingOverflow(by: right)
    return overflow ? .max : Self(product)
  }

  /// `self × numerator ÷ denominator`, exact over the full width, rounded down.
  ///
  /// A zero denominator gives zero parts of nothing: the largest value unless the product is zero.
  package func scaled(by numerator: UInt64, over denominator: UInt64) -> Self {
    guard denominator > 0 else { return count == 0 || numerator == 0 ? .zero : .max }
    let product = count.multipliedFullWidth(by: numerator)
    guard product.high < denominator else { return .max }
    return Self(denominator.dividingFullWidth(product).quotient)
  }

  /// The smallest multiple of `unit` that is not below this value.
  package func roundedUp(to unit: Self) -> Self {
    guard unit.count > 1 else { return self }
    let rest = count % unit.count
    return rest == 0 ? self : self + Self(unit.count - rest)
  }

  /// The largest multiple of `unit` that is not above this value.
  package func roundedDown(to unit: Self) -> Self {
    guard unit.count > 1 else { return self }
    return Self(count - count % unit.count)
  }
}

extension Sequence where Element: Quantity {
  /// The saturating sum of all elements.
  package func total() -> Element { reduce(.zero, +) }
}
