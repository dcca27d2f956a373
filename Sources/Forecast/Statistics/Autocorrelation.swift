/// How much of a deviation from the trend is still there one piece of time later, and what that does
/// to the sums that variances are made of. Deviations are taken as an autoregression of first order.
struct Autocorrelation {
  /// Between 0 and 1.
  var factor: Double
  /// Where a segment begins deviations begin anew.
  var segments: [Int]

  /// - Parameters:
  ///   - residuals: What is left of the points when the trend is taken away.
  ///   - segments: The segment of each.
  ///
  /// The estimate is too low where a trend was taken away from the same points; it is raised by what
  /// is known of that (Kendall 1954, Marriott and Pope 1954; for a trend, (2 + 4r)/n).
  init(of residuals: [Double], segments: [Int]) {
    let count = Double(residuals.count)
    var (products, squares) = (0.0, 0.0)
    for index in residuals.indices {
      squares += residuals[index] * residuals[index]
      if index > 0, segments[index] == segments[index - 1] {
        products += residuals[index] * residuals[index - 1]
      }
    }
    let found = squares > 0 ? products / squares : 0
    let raised = count > 6 ? (count * found + 2) / (count - 4) : 0.9
    factor = min(max(raised, 0), 1 - 1 / (2 * max(2, count)))
    self.segments = segments
  }

  /// The variance of a weighted sum of deviations of variance 1.
  ///
  /// - Complexity: O(n).
  func variance(of weights: [Double]) -> Double {
    var (sum, carried) = (0.0, 0.0)
    for index in weights.indices {
      if index > 0, segments[index] != segments[index - 1] { carried = 0 }
      sum += weights[index] * (weights[index] + 2 * carried)
      carried = factor * (carried + weights[index])
    }
    return sum
  }
}
