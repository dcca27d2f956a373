internal import ArgumentParser
internal import FleetCheck
internal import SystemIO

/// The files that git says have changed.
enum GitChanges {
  /// Those that differ between a revision and the working tree, and those that git doesn't know yet.
  static func since(_ revision: String) throws -> ChangedFiles {
    // A revision that begins with a dash would be an option of git's.
    guard !revision.hasPrefix("-") else {
      Console.report("--changed takes a git revision, not '\(revision)'")
      throw ExitStatus.usage.error
    }
    let root = try output(["rev-parse", "--show-toplevel"]).split(separator: 0x0A).first ?? []
    let changed = try names(["diff", "--name-only", "-z", "--no-renames", revision, "--"])
    let added = try names(["ls-files", "--others", "--exclude-standard", "-z", "--full-name"])
    return ChangedFiles(changed + added, root: String(decoding: root, as: UTF8.self))
  }

  private static func names(_ arguments: [String]) throws -> [String] {
    try output(arguments).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func output(_ arguments: [String]) throws -> [UInt8] {
    do throws(ChildProcess.Failure) { return try ChildProcess.output("git", arguments) } catch {
      Console.report("--changed: \(error.description)")
      throw ExitStatus.notJudged.error
    }
  }
}
