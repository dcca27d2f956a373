import Foundation
import Testing

/// Programs and libraries that read what a check writes: the real ones, where they are installed.
enum ReportReader {
  /// Why a test is left out.
  static let missing: Comment = "not installed: Scripts/install-test-consumers"

  /// The package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let installed = root.appending(path: ".build/consumers/bin").path

  /// Whether all of these are there. With ZONEWISE_REQUIRE_CONSUMERS set nothing is left out.
  static func isThere(_ tools: String...) -> Bool {
    isRequired || tools.allSatisfy { path($0) != nil }
  }

  /// Whether these Python modules are.
  static func has(_ modules: String...) -> Bool {
    guard !isRequired else { return true }
    let imports = modules.map { "import \($0)" }.joined(separator: ";")
    return (try? run(installed + "/python", ["-c", imports]).status) == 0
  }

  private static var isRequired: Bool {
    ProcessInfo.processInfo.environment["ZONEWISE_REQUIRE_CONSUMERS"] != nil
  }

  static func path(_ tool: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ([installed] + path.split(separator: ":").map(String.init))
      .map { $0 + "/" + tool }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs a tool in a folder, on files that are no pipes: one that nobody empties would stop it.
  static func run(
    _ tool: String,
    _ arguments: [String],
    in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let executable = tool.hasPrefix("/") ? tool : path(tool)
    let process = Process()
    process.executableURL = URL(filePath: try #require(executable, "\(tool) is not installed"))
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let scratch = try ReportFolder()
    let files = try ["output", "errors"].map { try scratch.write($0, "") }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    )
  }

  /// What the library behind Tests/Scripts/read-report understood.
  static func read<Answer: Decodable>(
    _ how: String,
    _ report: String,
    _ arguments: [String] = [],
    as type: Answer.Type
  ) throws -> Answer {
    let folder = try ReportFolder()
    let file = try folder.write("report", report)
    let script = root.appending(path: "Tests/Scripts/read-report").path
    let result = try run(installed + "/python", [script, how, file.path] + arguments)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }
}

/// A folder that goes with the value that owns it.
final class ReportFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "zonewise-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ path: String, _ text: String, executable: Bool = false) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    return file
  }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: path)), as: UTF8.self)
  }
}
