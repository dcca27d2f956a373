/// A value that was read, or the reason why it is not known.
///
/// Unknown is never zero: whatever is computed from an unknown reading is unknown too, and the first
/// reason travels with it to the report.
package enum Reading<Value> {
  case known(Value)
  case unknown(UnknownReason)
}

extension Reading: Sendable where Value: Sendable {}
extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}

extension Reading {
  /// The value, or nil where it is unknown.
  package var value: Value? {
    guard case .known(let value) = self else { return nil }
    return value
  }

  /// Why the value is unknown, or nil where it is known.
  package var reason: UnknownReason? {
    guard case .unknown(let reason) = self else { return nil }
    return reason
  }

  package func map<New>(_ transform: (Value) -> New) -> Reading<New> {
    switch self {
    case .known(let value): .known(transform(value))
    case .unknown(let reason): .unknown(reason)
    }
  }

  package func flatMap<New>(_ transform: (Value) -> Reading<New>) -> Reading<New> {
    switch self {
    case .known(let value): transform(value)
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// Both values, or the first reason why one is unknown.
  package func and<Other>(_ other: Reading<Other>) -> Reading<(Value, Other)> {
    flatMap { value in other.map { (value, $0) } }
  }

  /// This reading where it is known, else the other one.
  package func or(_ other: @autoclosure () -> Reading<Value>) -> Reading<Value> {
    value == nil ? other() : self
  }
}

extension Reading where Value: Quantity {
  package static func + (left: Self, right: Self) -> Self { left.and(right).map { $0 + $1 } }
  package static func - (left: Self, right: Self) -> Self { left.and(right).map { $0 - $1 } }
}

extension Reading where Value == PageCount {
  package func bytes(of size: PageSize) -> Reading<ByteCount> { map { $0.bytes(of: size) } }
}

extension Sequence {
  /// The sum of what `part` gives for each element: unknown as soon as one part is.
  package func total<Unit: Quantity>(_ part: (Element) -> Reading<Unit>) -> Reading<Unit> {
    var sum = Unit.zero
    for element in self {
      switch part(element) {
      case .known(let value): sum += value
      case .unknown(let reason): return .unknown(reason)
      }
    }
    return .known(sum)
  }
}
