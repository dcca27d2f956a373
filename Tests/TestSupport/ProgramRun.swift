public import Foundation
internal import Glibc

/// A program that was run to its end, and what it left.
public struct ProgramRun: Sendable {
  /// Its exit status.
  public var status: Int32
  /// What it wrote to its standard output.
  public var output: [UInt8]
  /// What it wrote to its standard error.
  public var errors: String

  /// What it printed, as text.
  public var text: String { String(decoding: output, as: UTF8.self) }

  /// Why there is nothing to look at.
  public enum Failure: Error, Equatable {
    case notInstalled(String)
    case diedOfSignal(Int32, errors: String)
  }

  /// Runs a program by its path, or by its name where one of the usual folders has it.
  ///
  /// It sees nothing of the tests' own environment beyond `PATH` and a UTF-8 locale.
  public init(
    _ words: [String],
    input: [UInt8]? = nil,
    in directory: URL? = nil,
    environment: [String: String] = [:]
  ) throws {
    guard let path = Self.path(of: words[0]) else { throw Failure.notInstalled(words[0]) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = directory
    let passed = environment.filter {
      !Self.counting.keys.contains($0.key) || $0.value == "/dev/null"
    }
    process.environment = ["PATH": Self.folders.joined(separator: ":"), "LC_ALL": "C.UTF-8"]
      .merging(Self.counting) { $1 }.merging(passed) { $1 }
    // Files, not pipes: a pipe that nobody empties would stop the process.
    let folder = try TemporaryFolder()
    let files = try ["output", "errors"].map { try folder.write($0, []) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput =
      if let input {
        try FileHandle(forReadingFrom: try folder.write("input", input))
      } else {
        FileHandle.nullDevice
      }
    try Self.withAllSignals { try process.run() }
    process.waitUntilExit()
    output = Array(try Data(contentsOf: files[0]))
    errors = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    status = process.terminationStatus
    if process.terminationReason != .exit {
      throw Failure.diedOfSignal(status, errors: errors)
    }
  }

  /// A child begins with what its maker blocks, and the threads of tests block most: a shell would wait
  /// for ever for its own children.
  private static func withAllSignals(_ body: () throws -> Void) rethrows {
    var (none, old) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &old)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &old, nil) }
    try body()
  }

  /// Where programs that were built for coverage add what they counted: a few files for all of them,
  /// beside the tests' own. Else each would leave one where it runs.
  static let counting: [String: String] = {
    let name = "LLVM_PROFILE_FILE"
    guard let own = ProcessInfo.processInfo.environment[name] else { return [:] }
    let folder = URL(filePath: own).deletingLastPathComponent()
    return [name: folder.appending(path: "programs-%4m.profraw").path]
  }()

  private static let folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]

  /// Where a program is; nil where it is not installed.
  public static func path(of program: String) -> String? {
    if program.contains("/") { return program }
    return folders.map { "\($0)/\(program)" }
      .first(where: FileManager.default.isExecutableFile)
  }
}
