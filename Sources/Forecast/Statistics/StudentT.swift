/// Quantiles of Student's t distribution.
enum StudentT {
  /// The value that 90 % of the distribution stays below: half of what is outside of an 80 % interval.
  ///
  /// The expansion of Cornish and Fisher (Abramowitz and Stegun, Handbook of Mathematical Functions,
  /// 26.7.5), right to 1 % from two degrees of freedom on.
  static func upperTenth(degreesOfFreedom: Double) -> Double {
    let freedom = max(2, degreesOfFreedom)
    let z = 1.281_551_565_5
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
    return z + (z3 + z) / (4 * freedom)
      + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
      + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom)
  }
}
