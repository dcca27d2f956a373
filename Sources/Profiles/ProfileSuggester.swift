package import HostModel

/// A profile that a host looks like, and why.
package struct ProfileSuggestion: Hashable, Sendable {
  package var profile: Profile
  package var points: UInt64
  /// The selectors that match, with what was seen.
  package var seen: [Seen]
  /// Selectors that could not be looked up.
  package var unknown: [UnknownReason]

  package struct Seen: Hashable, Sendable {
    package var selector: ProfileSelector
    package var evidence: String
  }

  package var isGoodEnough: Bool { points >= ProfileSuggester.threshold }
}

/// Ranks profiles by what a host shows.
package enum ProfileSuggester {
  /// Points from which on a profile is suggested: one fact alone reaches them only where it leaves
  /// no doubt.
  package static let threshold: UInt64 = 50

  /// Every profile of which something was seen, best first; a tie goes to the earlier name.
  package static func rank(_ profiles: [Profile], for host: HostSnapshot) -> [ProfileSuggestion] {
    profiles.map { suggestion($0, for: host) }.filter { !$0.seen.isEmpty }.sorted {
      $0.points == $1.points ? $0.profile.name < $1.profile.name : $0.points > $1.points
    }
  }

  /// The best profile, nil where none has enough points.
  package static func best(_ profiles: [Profile], for host: HostSnapshot) -> ProfileSuggestion? {
    rank(profiles, for: host).first { $0.isGoodEnough }
  }

  private static func suggestion(_ profile: Profile, for host: HostSnapshot) -> ProfileSuggestion {
    var result = ProfileSuggestion(profile: profile, points: 0, seen: [], unknown: [])
    for selector in profile.selectors {
      switch selector.look(at: host) {
      case .matches(let evidence):
        result.points += selector.points
        result.seen.append(ProfileSuggestion.Seen(selector: selector, evidence: evidence))
      case .no:
        break
      case .unknown(let reason):
        result.unknown.append(reason)
      }
    }
    return result
  }
}
