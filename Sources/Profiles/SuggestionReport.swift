package import HostModel

/// The profiles that a host looks like, best first.
package struct SuggestionReport: Sendable {
  package var snapshot: HostSnapshot
  package var ranked: [ProfileSuggestion]
  /// Facts that profiles ask for and that this source does not tell, each once.
  package var unknown: [UnknownReason]

  package init(_ profiles: [Profile], for snapshot: HostSnapshot) {
    self.snapshot = snapshot
    ranked = ProfileSuggester.rank(profiles, for: snapshot)
    var unknown: [UnknownReason] = []
    for profile in profiles {
      for selector in profile.selectors {
        guard case .unknown(let reason) = selector.look(at: snapshot), !unknown.contains(reason)
        else { continue }
        unknown.append(reason)
      }
    }
    self.unknown = unknown
  }

  /// The name of the profile that is suggested: `general` where nothing speaks for another.
  package var suggested: String {
    ranked.first { $0.isGoodEnough }?.profile.name ?? "general"
  }
}
