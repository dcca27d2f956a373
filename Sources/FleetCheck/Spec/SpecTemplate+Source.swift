internal import Advice
internal import HostCollection
package import Profiles

extension SpecTemplate {
  /// The spec to begin with of a source that is one host, with the best of the profiles in it.
  ///
  /// - Parameters:
  ///   - source: A path; nil for this host.
  ///   - profiles: Those to choose from.
  /// - Returns: The text.
  /// - Throws: Why the host can't be read (`CollectionError`), or what it doesn't tell.
  package static func text(of source: String?, profiles: [Profile]) throws -> String {
    let snapshot = try SourceFinder.find(source).snapshot()
    let best = ProfileSuggester.best(profiles, for: snapshot)
    return try text(snapshot, profile: best?.profile.name ?? "general")
  }
}
