package import HostModel

/// The amounts of a finding by name, in a fixed order.
package struct FindingAmounts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  package enum Amount: Hashable, Sendable {
    case bytes(ByteCount)
    case pages(PageCount)
    case count(UInt64)
    case percent(UInt64)
    case ratio(MovableRatio)

    /// As people read it.
    package var text: String {
      switch self {
      case .bytes(let bytes): bytes.text
      case .pages(let pages): "\(pages) pages"
      case .count(let count): "\(count)"
      case .percent(let percent): "\(percent) %"
      case .ratio(let ratio): "\(ratio)"
      }
    }
  }

  package struct Element: Hashable, Sendable {
    /// camelCase and without a unit: `size`, `kernelZones`.
    package var name: String
    package var amount: Amount
  }

  package private(set) var elements: [Element]

  /// Amounts by name; what is not known is left out.
  package init(dictionaryLiteral elements: (String, Amount?)...) {
    self.elements = elements.compactMap { name, amount in
      amount.map { Element(name: name, amount: $0) }
    }
  }

  /// The bytes of that name.
  package func bytes(_ name: String) -> ByteCount? {
    guard case .bytes(let bytes) = self[name] else { return nil }
    return bytes
  }

  package subscript(name: String) -> Amount? { elements.first { $0.name == name }?.amount }

  /// These amounts and others.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.elements += right.elements
    return sum
  }
}
