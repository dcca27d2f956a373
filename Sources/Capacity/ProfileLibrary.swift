internal import HostCollection
package import Profiles
package import SourceText
internal import SystemIO

/// Profiles by name or file, each read once in a batch of work.
package struct ProfileLibrary: Sendable {
  private var known: [String: Result<Profile, LocatedError>] = [:]

  package init() {}

  /// A profile.
  ///
  /// - Parameters:
  ///   - name: A profile that comes with zonewise, or a file's path.
  ///   - folder: What a file's path counts from.
  ///   - place: Where the name stands, for a failure.
  /// - Returns: The profile.
  /// - Throws: Why there is none of that name.
  package mutating func profile(
    _ name: String,
    folder: String,
    place: SourceLocation
  ) throws(LocatedError) -> Profile {
    let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let key = isFile && !name.hasPrefix("/") ? folder + name : name
    if known[key] == nil { known[key] = Self.read(key, isFile: isFile, place: place) }
    switch known[key] {
    case .success(let profile)?: return profile
    case .failure(let failure)?: throw failure
    case nil:
      throw LocatedError("no profile \(name)", file: place.file, line: place.line)
    }
  }

  private static func read(
    _ name: String,
    isFile: Bool,
    place: SourceLocation
  ) -> Result<Profile, LocatedError> {
    func failure(_ message: String) -> LocatedError {
      LocatedError(message, at: place)
    }
    let text: String
    if isFile {
      do throws(ReadFailure) {
        text = try UserFile.text(name, limit: ProfileReader.largestFile)
      } catch {
        return .failure(failure("profile \(name): \(error)"))
      }
    } else {
      guard let found = EmbeddedProfiles.text(name) else {
        let names = EmbeddedProfiles.names.joined(separator: ", ")
        return .failure(
          failure("no profile \(name); there are \(names), and a file's name ends in .yaml")
        )
      }
      text = found
    }
    do throws(LocatedError) {
      return .success(try ProfileReader.read(text, file: isFile ? name : "profiles/\(name).yaml"))
    } catch {
      return .failure(failure(error.description))
    }
  }
}
