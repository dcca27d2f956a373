internal import Advice
internal import Capacity
internal import Profiles
internal import SourceText

/// What a judge needs to know beside the thing that it judges.
package struct JudgeContext: Sendable {
  /// What the policy says for the file.
  package var settings: CheckPolicy.Settings
  /// The user's choice for everything; it goes before the policy's and the spec's.
  package var profile: String?
  /// Files that specs name, as they are to become; others are read.
  var edited: [String: [UInt8]] = [:]

  package init(settings: CheckPolicy.Settings, profile: String? = nil) {
    self.settings = settings
    self.profile = profile
  }
}

extension ProfileLibrary {
  /// A profile with the policy's thresholds in place of its own.
  ///
  /// - Parameters:
  ///   - name: A profile that comes with zonewise, or a file's path.
  ///   - folder: What a file's path counts from.
  ///   - settings: The policy's.
  ///   - place: Where the name stands, for a failure.
  /// - Returns: The profile.
  /// - Throws: Why there is none of that name.
  mutating func profile(
    _ name: String,
    folder: String,
    settings: CheckPolicy.Settings,
    place: SourceLocation
  ) throws(LocatedError) -> Profile {
    settings.applied(to: try profile(name, folder: folder, place: place))
  }
}
