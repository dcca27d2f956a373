import Foundation
import Testing

/// Programs that read what the targets write: the real ones, where they are installed.
enum Consumer {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Why a test is left out.
  static let missing: Comment = "not installed: Scripts/install-test-consumers"

  /// Whether all of these are there. With ZONEWISE_REQUIRE_CONSUMERS set nothing is left out.
  static func isThere(_ tools: String...) -> Bool {
    ProcessInfo.processInfo.environment["ZONEWISE_REQUIRE_CONSUMERS"] != nil
      || tools.allSatisfy { path($0) != nil }
  }

  /// Whether the system's Python has these modules.
  static func hasPython(_ modules: String...) -> Bool {
    if ProcessInfo.processInfo.environment["ZONEWISE_REQUIRE_CONSUMERS"] != nil { return true }
    let imports = modules.map { "import \($0)" }.joined(separator: ";")
    return (try? run("/usr/bin/python3", ["-c", imports]).status) == 0
  }

  static func path(_ tool: String) -> String? {
    let own = root.appending(path: ".build/consumers/bin").path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = [own] + path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { $0 + "/" + tool }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func run(
    _ tool: String,
    _ arguments: [String] = [],
    input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    let executable = tool.hasPrefix("/") ? tool : path(tool)
    process.executableURL = URL(filePath: try #require(executable, "\(tool) is not installed"))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
    let folder = try ScratchFolder()
    try folder.write("in", input ?? "")
    try folder.write("out", "")
    try folder.write("err", "")
    process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
    process.standardOutput = try FileHandle(forWritingTo: folder.url("out"))
    process.standardError = try FileHandle(forWritingTo: folder.url("err"))
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: try folder.read("out"),
      errors: try folder.read("err")
    )
  }
}

/// A folder that goes when the test is done.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/zonewise-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func url(_ name: String) -> URL { URL(filePath: path + "/" + name) }

  func write(_ name: String, _ text: String, executable: Bool = false) throws {
    let url = url(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url(name)), as: UTF8.self)
  }
}
