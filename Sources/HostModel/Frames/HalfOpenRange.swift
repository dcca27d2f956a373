/// Places from a first one up to, not including, an end.
///
/// `Swift.Range` traps where the end lies before the start, and these ends come from input. Here they
/// stay as they were given: such a range is backwards, which a check can name, and it holds nothing.
@usableFromInline
package protocol HalfOpenRange: Hashable, Sendable {
  associatedtype Place: Comparable & Sendable

  var start: Place { get set }
  /// The place behind the last one.
  var end: Place { get set }

  init(start: Place, end: Place)
}

extension HalfOpenRange {
  @inlinable
  package var isEmpty: Bool { end <= start }
  @inlinable
  package var isBackwards: Bool { end < start }

  @inlinable
  package func contains(_ other: Self) -> Bool { start <= other.start && other.end <= end }

  @inlinable
  package func overlaps(_ other: Self) -> Bool { intersection(other) != nil }

  /// What both ranges have; nil where that is nothing.
  @inlinable
  package func intersection(_ other: Self) -> Self? {
    let common = Self(start: max(start, other.start), end: min(end, other.end))
    return common.isEmpty ? nil : common
  }

  /// What is left and right of a hole.
  @inlinable
  package func without(_ hole: Self) -> [Self] {
    guard overlaps(hole) else { return [self] }
    return [Self(start: start, end: hole.start), Self(start: hole.end, end: end)]
      .filter { !$0.isEmpty }
  }

  /// The smallest range that holds both; an empty one adds nothing.
  @inlinable
  package func hull(_ other: Self) -> Self {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Self(start: min(start, other.start), end: max(end, other.end))
  }
}

extension Sequence where Element: HalfOpenRange {
  /// The same places, each once, in ascending order.
  package func merged() -> [Element] {
    var result: [Element] = []
    for range in sorted(by: { $0.start < $1.start }) where !range.isEmpty {
      if let last = result.last, range.start <= last.end {
        result[result.count - 1] = last.hull(range)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
