public import Foundation
public import Testing

/// Programs that read what zonewise writes: the real ones, where they are installed.
///
/// Scripts/install-test-consumers brings them: some as Debian packages, some into .build/consumers.
public enum Consumer {
  /// Why a test is left out.
  public static let missing: Comment = "NOT TESTED: not installed: Scripts/install-test-consumers"

  /// Where those from PyPI are.
  public static let installed = Fixtures.checkout.appending(path: ".build/consumers/bin").path

  /// Whether all of these are there. With ZONEWISE_REQUIRE_CONSUMERS set nothing is left out.
  public static func isThere(_ tools: String...) -> Bool {
    allowed(lacking: tools.filter { path($0) == nil })
  }

  /// Whether a Python has these modules.
  public static func hasPython(_ modules: String..., by python: String = "/usr/bin/python3") -> Bool
  {
    let imports = modules.map { "import \($0)" }.joined(separator: ";")
    let isThere = (try? run(python, ["-c", imports]).status) == 0
    return allowed(lacking: isThere ? [] : modules.map { "Python's \($0)" })
  }

  private static func allowed(lacking: [String]) -> Bool {
    if ProcessInfo.processInfo.environment["ZONEWISE_REQUIRE_CONSUMERS"] != nil { return true }
    return NotTested.unless(
      lacking.isEmpty,
      "\(lacking.joined(separator: ", ")) not installed: Scripts/install-test-consumers",
      isInDebian: false
    )
  }

  /// Where a tool is; nil where it is not installed.
  public static func path(_ tool: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      [installed] + path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { $0 + "/" + tool }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a tool with the environment of the tests.
  public static func run(
    _ tool: String,
    _ arguments: [String] = [],
    input: String? = nil,
    in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String, errors: String) {
    let executable = try #require(
      tool.hasPrefix("/") ? tool : path(tool),
      "\(tool) is not installed"
    )
    let run = try ProgramRun(
      [executable] + arguments,
      input: input.map { Array($0.utf8) },
      in: folder,
      environment: ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
        .merging(environment) { $1 }
    )
    return (run.status, run.text, run.errors)
  }
}
