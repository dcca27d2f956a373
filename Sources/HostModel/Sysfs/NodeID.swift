/// The number of a NUMA node as the kernel prints it.
package struct NodeID: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  package let number: UInt32

  package init(_ number: UInt32) { self.number = number }
  package init(integerLiteral value: UInt32) { number = value }

  package var description: String { String(number) }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
