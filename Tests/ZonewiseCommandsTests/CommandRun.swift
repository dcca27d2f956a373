internal import Foundation
internal import TestSupport
internal import Testing

/// One run of the built executable.
struct CommandRun {
  var status: Int32
  var output: String
  var errors: String

  /// Where the tests' own files are.
  static let tests = Fixtures.tests
  static let roots = Fixtures.folder("Roots")

  /// Roots of hosts that were booted for the tests.
  static let bootedHosts = Fixtures.names(in: "Roots")

  /// The executable that was built together with these tests.
  static let executable: URL = {
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: runner).deletingLastPathComponent().appending(path: "zonewise")
  }()

  /// Runs zonewise with these arguments, in a directory, with a plain UTF-8 environment.
  init(
    _ arguments: [String],
    in directory: URL = CommandRun.tests,
    environment: [String: String] = [:],
    through launcher: [String] = []
  ) throws {
    let words = launcher + [Self.executable.path] + arguments
    let run = try ProgramRun(words, in: directory, environment: environment)
    status = run.status
    output = run.text
    errors = run.errors
  }
}
