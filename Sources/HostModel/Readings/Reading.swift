/// A value that was read, with the place where, or the reason why it is not known.
///
/// Unknown is never zero: whatever is computed from an unknown reading is unknown too, and the first
/// reason travels with it to the report.
@dynamicMemberLookup
@usableFromInline
package enum Reading<Value> {
  /// `from` is nil where no one place told: assumed, given by a spec, or worked out of several files.
  case known(Value, from: Input? = nil)
  case unknown(UnknownReason)
}

extension Reading: Sendable where Value: Sendable {}

/// Two readings are equal where they say the same, wherever that was read.
extension Reading: Equatable where Value: Equatable {
  @inlinable
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.known(let left, _), .known(let right, _)): left == right
    case (.unknown(let left), .unknown(let right)): left == right
    default: false
    }
  }
}

extension Reading: Hashable where Value: Hashable {
  @inlinable
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .known(let value, _): hasher.combine(value)
    case .unknown(let reason): hasher.combine(reason)
    }
  }
}

extension Reading {
  /// The value, or nil where it is unknown.
  @inlinable
  package var value: Value? {
    guard case .known(let value, _) = self else { return nil }
    return value
  }

  /// Why the value is unknown, or nil where it is known.
  @inlinable
  package var reason: UnknownReason? {
    guard case .unknown(let reason) = self else { return nil }
    return reason
  }

  /// Where the value was read; nil where it is unknown or no one place told.
  @inlinable
  package var input: Input? {
    guard case .known(_, let input) = self else { return nil }
    return input
  }

  @inlinable
  package func map<New>(_ transform: (Value) -> New) -> Reading<New> {
    switch self {
    case .known(let value, let input): .known(transform(value), from: input)
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// What `transform` reads out of the value; where it tells no place, the value's own.
  @inlinable
  package func flatMap<New>(_ transform: (Value) -> Reading<New>) -> Reading<New> {
    switch self {
    case .known(let value, let input):
      switch transform(value) {
      case .known(let new, let own): .known(new, from: own ?? input)
      case .unknown(let reason): .unknown(reason)
      }
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// Both values, or the first reason why one is unknown.
  @inlinable
  package func and<Other>(_ other: Reading<Other>) -> Reading<(Value, Other)> {
    switch (self, other) {
    case (.known(let value, let input), .known(let second, let place)):
      .known((value, second), from: Input.common(input, place))
    case (.unknown(let reason), _), (_, .unknown(let reason)):
      .unknown(reason)
    }
  }

  /// This reading where it is known, else the other one.
  @inlinable
  package func or(_ other: @autoclosure () -> Reading<Value>) -> Reading<Value> {
    value == nil ? other() : self
  }

  /// A reading inside of the value: `snapshot.meminfo.pageTables`.
  @inlinable
  package subscript<Part>(
    dynamicMember part: KeyPath<Value, Reading<Part>>
  ) -> Reading<Part> {
    flatMap { $0[keyPath: part] }
  }
}

extension Reading where Value: Quantity {
  /// The sum, unknown where it does not fit: no machine has that much.
  @inlinable
  package static func + (left: Self, right: Self) -> Self {
    left.and(right).flatMap { left, right in
      let (sum, overflow) = left.count.addingReportingOverflow(right.count)
      return overflow
        ? .unknown(.undetermined("\(left) and \(right) are more than any machine has"))
        : .known(Value(sum))
    }
  }

  /// The difference, unknown where it would be below zero: then the two can't both be true.
  @inlinable
  package static func - (left: Self, right: Self) -> Self {
    switch left.and(right) {
    case .known((let whole, let part), let input):
      guard whole < part else { return .known(whole.subtractingOrZero(part), from: input) }
      let name = right.input.map { "\($0), " } ?? ""
      return .unknown(.undetermined("\(name)\(part), is more than the \(whole) that it is part of"))
    case .unknown(let reason):
      return .unknown(reason)
    }
  }

  /// What is left without parts that were counted apart from the whole: zero where they are more by
  /// up to `lag`, unknown where they are more than that, because then not all can be true.
  @inlinable
  package func without(_ parts: Self, lag: Value) -> Self {
    and(parts).flatMap { whole, parts in
      guard parts > whole + lag else { return .known(whole.subtractingOrZero(parts)) }
      return .unknown(.undetermined("parts of \(parts) are more than the whole of \(whole)"))
    }
  }

  /// The difference, or zero where it would be below: for counters that are read one after the
  /// other, and for what is left of something that may be used up.
  @inlinable
  package func subtractingOrZero(_ other: Self) -> Self {
    and(other).map { $0.subtractingOrZero($1) }
  }
}

extension Reading where Value == PageCount {
  package func bytes(of size: PageSize) -> Reading<ByteCount> { map { $0.bytes(of: size) } }
}

extension Sequence {
  /// The sum of what `part` gives for each element: unknown as soon as one part is.
  @inlinable
  package func total<Unit: Quantity>(_ part: (Element) -> Reading<Unit>) -> Reading<Unit> {
    var sum = Reading<Unit>.known(.zero)
    for element in self {
      sum = sum + part(element)
      if case .unknown = sum { return sum }
    }
    return sum
  }
}
