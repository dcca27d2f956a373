/// Medians without sorting all of it.
enum OrderStatistics {
  /// The median; nil of nothing. The values end up in another order.
  ///
  /// - Complexity: O(n) on average (Hoare's selection).
  static func median(_ values: inout [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let middle = values.count / 2
    let upper = select(&values, middle)
    guard values.count.isMultiple(of: 2) else { return upper }
    // The selection leaves everything below it in front of it.
    let lower = values[..<middle].max() ?? upper
    return lower + (upper - lower) / 2
  }

  static func median(of values: some Sequence<Double>) -> Double? {
    var copy = Array(values)
    return median(&copy)
  }

  /// The standard deviation that a normal distribution with that median distance from its median has.
  static func spread(_ values: some Sequence<Double>, around center: Double) -> Double {
    var distances = values.map { abs($0 - center) }
    return 1.4826 * (median(&distances) ?? 0)
  }

  private static func select(_ values: inout [Double], _ wanted: Int) -> Double {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let middle = low + (high - low) / 2
      let pivot = median(of: values[low], values[middle], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if wanted <= right { high = right } else if wanted >= left { low = left } else { break }
    }
    return values[wanted]
  }

  private static func median(of first: Double, _ second: Double, _ third: Double) -> Double {
    max(min(first, second), min(max(first, second), third))
  }
}
