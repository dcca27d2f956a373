/// A MOVABLE:KERNEL ratio as two exact counts.
package struct MovableRatio: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var movable: UInt64
  package var kernel: UInt64

  package init(movable: UInt64, kernel: UInt64) {
    self.movable = movable
    self.kernel = kernel
  }

  /// The ratio of two sizes.
  package init(_ movable: ByteCount, to kernel: ByteCount) {
    self.init(movable: movable.count, kernel: kernel.count)
  }

  /// For display only; nil where there is no kernel memory.
  package var number: Double? { kernel == 0 ? nil : Double(movable) / Double(kernel) }

  package var description: String {
    guard let number else { return "all movable" }
    let tenths = (number * 10).rounded() / 10
    return tenths == tenths.rounded() && tenths < 1e15
      ? "\(UInt64(tenths)):1" : "\(tenths):1"
  }

  package static func < (left: Self, right: Self) -> Bool {
    let a = left.movable.multipliedFullWidth(by: right.kernel)
    let b = right.movable.multipliedFullWidth(by: left.kernel)
    return (a.high, a.low) < (b.high, b.low)
  }

  /// The largest movable part of `total` at this ratio.
  package func movablePart(of total: ByteCount) -> ByteCount {
    let (sum, overflow) = movable.addingReportingOverflow(kernel)
    guard !overflow, sum > 0 else { return .zero }
    return total.scaled(by: movable, over: sum)
  }
}
