package import HostModel

/// Who chose the profile.
package enum ProfileChoice: String, Hashable, Sendable {
  case user
  case suggested
  case `default`
}

/// By which profile hosts are judged: the one place that chooses.
package enum Workload: Sendable {
  case named(Profile, ProfileChoice)
  /// By what each host shows; `otherwise` where nothing speaks for any of them.
  case shown(among: [Profile], otherwise: Profile)

  /// The profile where no host is at hand to be looked at.
  package var otherwise: Profile {
    switch self {
    case .named(let profile, _): profile
    case .shown(_, let otherwise): otherwise
    }
  }

  /// The profile for a host, and who chose it.
  package func profile(for host: HostSnapshot) -> (profile: Profile, choice: ProfileChoice) {
    switch self {
    case .named(let profile, let choice): return (profile, choice)
    case .shown(let profiles, let otherwise):
      guard let best = ProfileSuggester.best(profiles, for: host) else {
        return (otherwise, .default)
      }
      return (best.profile, .suggested)
    }
  }
}
