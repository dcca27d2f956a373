internal import HostCollection
internal import Profiles
internal import SourceText
internal import SystemIO

/// Profiles by name (embedded) or by file.
enum ProfileStore {
  /// Loads a profile by its name or file.
  static func load(_ nameOrFile: String) throws -> Profile {
    guard nameOrFile.contains("/") || nameOrFile.hasSuffix(".yaml") || nameOrFile.hasSuffix(".yml")
    else {
      guard let text = EmbeddedProfiles.text(nameOrFile) else {
        throw UsageFailure(
          message: "no profile \(nameOrFile); there are "
            + "\(EmbeddedProfiles.names.joined(separator: ", ")), and a file's name ends in .yaml"
        )
      }
      return try read(text, file: "profiles/\(nameOrFile).yaml")
    }
    return try read(try text(of: nameOrFile), file: nameOrFile)
  }

  /// All profiles that come with zonewise, by name.
  static func all() throws -> [Profile] { try EmbeddedProfiles.names.map(load) }

  /// Reads a profile's text.
  static func read(_ text: String, file: String) throws(LocatedError) -> Profile {
    try ProfileReader.read(text, file: file)
  }

  /// The text of a file that the user named.
  static func text(of file: String) throws -> String {
    do throws(ReadFailure) {
      return try UserFile.text(file, limit: ProfileReader.largestFile)
    } catch {
      throw NothingJudged(message: "\(file): \(error)")
    }
  }
}
