internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import Profiles
internal import SourceText
internal import SystemIO

/// Profiles by name (embedded) or by file.
enum ProfileStore {
  /// Loads a profile by its name or file.
  static func load(_ nameOrFile: String) throws(ExitCode) -> Profile {
    guard nameOrFile.contains("/") || nameOrFile.hasSuffix(".yaml") || nameOrFile.hasSuffix(".yml")
    else {
      guard let text = EmbeddedProfiles.text(nameOrFile) else {
        Console.report(
          "no profile \(nameOrFile); there are \(EmbeddedProfiles.names.joined(separator: ", ")), "
            + "and a file's name ends in .yaml"
        )
        throw ExitStatus.usage.error
      }
      return try read(text, file: "profiles/\(nameOrFile).yaml")
    }
    return try read(try text(of: nameOrFile), file: nameOrFile)
  }

  /// All profiles that come with zonewise, by name.
  static func all() throws(ExitCode) -> [Profile] {
    var profiles: [Profile] = []
    for name in EmbeddedProfiles.names { profiles.append(try load(name)) }
    return profiles
  }

  /// Reads a profile's text; what is wrong with it goes to standard error.
  static func read(_ text: String, file: String) throws(ExitCode) -> Profile {
    do throws(LocatedError) {
      return try ProfileReader.read(text, file: file)
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
  }

  /// The text of a file that the user named.
  static func text(of file: String) throws(ExitCode) -> String {
    do throws(ReadFailure) {
      return try UserFile.text(file, limit: ProfileReader.largestFile)
    } catch {
      Console.report("\(file): \(error)")
      throw ExitStatus.notJudged.error
    }
  }
}
