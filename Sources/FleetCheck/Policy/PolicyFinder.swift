internal import HostCollection
internal import Profiles
package import SourceText
internal import SystemIO

/// Finds the policy that holds for a file: the nearest one at or above its folder.
package struct PolicyFinder: Sendable {
  /// The user's own choice, for every file.
  private let fixed: CheckPolicy?
  private var known: [String: CheckPolicy] = [:]
  /// Policies that were found, in the order in which they were.
  package private(set) var found: [CheckPolicy] = []

  /// - Parameter fixed: A policy for all files, whatever lies beside them.
  package init(fixed: CheckPolicy? = nil) {
    self.fixed = fixed
    if let fixed { found = [fixed] }
  }

  /// Reads a policy file that the user named; its patterns count from its folder.
  package static func read(_ path: String) throws(LocatedError) -> CheckPolicy {
    let folder = FileSystem.folder(of: path)
    let text: String
    do throws(ReadFailure) {
      text = try UserFile.text(path, limit: PolicyReader.largestFile)
    } catch {
      throw LocatedError("\(error)", file: path)
    }
    return try PolicyReader.read(text, file: path, folder: folder)
  }

  /// The policy for a file's path.
  package mutating func policy(for path: String) throws(LocatedError) -> CheckPolicy {
    if let fixed { return fixed }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return try policy(in: folder.isEmpty ? "/" : folder)
  }

  private mutating func policy(in folder: String) throws(LocatedError) -> CheckPolicy {
    if let policy = known[folder] { return policy }
    // A policy that is refused is refused once; what lies below it then has none.
    known[folder] = CheckPolicy()
    let policy = try nearest(folder)
    known[folder] = policy
    return policy
  }

  private mutating func nearest(_ folder: String) throws(LocatedError) -> CheckPolicy {
    let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    let file = prefix + PolicyReader.fileName
    if UserTree.exists(file) {
      let policy = try Self.read(file)
      found.append(policy)
      return policy
    }
    guard let parent = Self.above(folder) else { return CheckPolicy() }
    return try self.policy(in: parent)
  }

  /// The folder above: of a relative path's first folder the current one, and what is above that.
  private static func above(_ folder: String) -> String? {
    if folder == "/" { return nil }
    if folder == "." {
      guard let absolute = UserTree.resolved("."), absolute != "/" else { return nil }
      return above(absolute)
    }
    guard let slash = folder.lastIndex(of: "/") else {
      return folder == ".." ? UserTree.resolved("..").flatMap { Self.above($0) } : "."
    }
    let upper = String(folder[..<slash])
    return upper.isEmpty ? "/" : upper
  }
}
