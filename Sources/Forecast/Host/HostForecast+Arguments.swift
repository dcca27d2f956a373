internal import Advice
internal import HostModel
internal import Profiles

extension HostForecast {
  /// Adds the boot arguments that hold what was measured, where the host's zones are known and others
  /// than it has are needed.
  package mutating func addArguments() {
    guard let assessment, rooms.contains(where: { $0.tight?.isExpected ?? false }) else { return }
    let measured = MeasuredProfile(self, name: "measured")
    guard !measured.terms.isEmpty,
      let judged = try? Advisor.assess(
        assessment.snapshot,
        profile: measured.profile,
        chosenBy: .user
      ), !judged.recommendation.arguments.isEmpty
    else { return }
    postponements.append(
      .arguments(judged.recommendation.arguments, days: measured.horizonDays)
    )
  }
}

extension Crossing {
  /// Whether it is there, or is expected to come.
  package var isExpected: Bool {
    switch self {
    case .already, .at: true
    case .notBefore, .beyond: false
    }
  }
}
