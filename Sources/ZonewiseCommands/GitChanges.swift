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
    let quiet = try withoutPrograms()
    let root = try output(quiet + ["rev-parse", "--show-toplevel"]).split(separator: 0x0A).first
    // A submodule has settings of its own, and is only asked which commit it is at.
    let changed = try names(
      quiet + [
        "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=dirty",
        revision, "--",
      ]
    )
    let added = try names(
      quiet + ["ls-files", "--others", "--exclude-standard", "-z", "--full-name"]
    )
    return ChangedFiles(changed + added, root: String(decoding: root ?? [], as: UTF8.self))
  }

  /// Options by which git runs nothing that a repository's own settings name: they come with an unpacked
  /// archive as the files do.
  private static func withoutPrograms() throws -> [String] {
    let settings = try names(["config", "--list", "--name-only", "-z"])
    let filters = Set(
      settings.compactMap { name -> Substring? in
        guard name.hasPrefix("filter."), let dot = name.lastIndex(of: ".") else { return nil }
        return name[..<dot]
      }
    )
    // Everything up to the first sign would be the name.
    if let name = filters.first(where: { $0.contains("=") }) {
      Console.report("--changed: git can't be told to leave out the filter '\(name)': rename it")
      throw ExitStatus.notJudged.error
    }
    let none = filters.sorted().flatMap {
      ["\($0).clean=", "\($0).process=", "\($0).required=false"]
    }
    return ["--no-optional-locks"]
      + (["core.fsmonitor=false", "core.hooksPath=/dev/null"] + none).flatMap { ["-c", $0] }
  }

  private static func names(_ arguments: [String]) throws -> [String] {
    try output(arguments).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func output(_ arguments: [String]) throws -> [UInt8] {
    do throws(ChildProcess.Failure) {
      // What is not here is fetched from nowhere: a remote may name a program, too.
      return try ChildProcess.output("git", arguments, environment: ["GIT_ALLOW_PROTOCOL=none"])
    } catch {
      Console.report("--changed: \(error.description)")
      throw ExitStatus.notJudged.error
    }
  }
}
