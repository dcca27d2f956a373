import Foundation
import TestSupport
import Testing

/// Programs and libraries that read what a check writes: the real ones, where they are installed.
enum ReportReader {
  /// Why a test is left out.
  static let missing = Consumer.missing

  /// The package.
  static let root = Fixtures.checkout

  /// The Python with the readers' libraries.
  static let python = Consumer.installed + "/python"

  /// A tool's exit status, and what it said.
  typealias Run = (status: Int32, output: String, errors: String)

  /// Runs a tool in a folder.
  static func run(
    _ tool: String,
    _ arguments: [String],
    in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try Consumer.run(tool, arguments, in: folder, environment: environment)
  }

  /// What the library behind Tests/Scripts/read-report understood.
  static func read<Answer: Decodable>(
    _ how: String,
    _ report: String,
    _ arguments: [String] = [],
    as type: Answer.Type
  ) throws -> Answer {
    let folder = try TemporaryFolder()
    let file = try folder.write("report", report)
    let script = root.appending(path: "Tests/Scripts/read-report").path
    let result = try run(Consumer.installed + "/python", [script, how, file.path] + arguments)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }
}
