/// Spans of time as people say them.
package enum Duration {
  /// `3 days`, `5 hours`, `2.5 years`.
  package static func text(seconds: Int64) -> String {
    let seconds = seconds.magnitude
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) minutes"
    case ..<172_800: return "\(seconds / 3600) hours"
    case ..<(60 * 86_400): return "\(seconds / 86_400) days"
    case ..<(730 * 86_400): return "\(seconds / 2_629_800) months"
    default:
      let tenths = seconds / 3_155_760
      return tenths % 10 == 0 ? "\(tenths / 10) years" : "\(tenths / 10).\(tenths % 10) years"
    }
  }
}
