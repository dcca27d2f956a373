public import Foundation
internal import Glibc

/// A program that runs beside the test, for what must happen to it meanwhile.
public final class RunningProgram {
  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  private let process = Process()

  /// Starts a program by its path. It ignores no signal, whatever the tests' own parent made them ignore.
  public init(_ words: [String], in directory: URL) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["--default-signal", "--"] + words
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(ProgramRun.counting) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Its number.
  public var id: Int32 { process.processIdentifier }

  /// Whether it has not ended yet.
  public var isRunning: Bool { process.isRunning }

  /// Sends it a signal; false where it has ended.
  public func send(_ signal: Int32) -> Bool {
    process.isRunning && kill(process.processIdentifier, signal) == 0
  }

  /// Holds it, and returns when it stands still; false where it has ended.
  public func pause() -> Bool {
    guard send(SIGSTOP) else { return false }
    while process.isRunning {
      guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let name = status.lastIndex(of: ")")
      else { return false }
      if status[name...].dropFirst(2).first == "T" { return true }
      usleep(500)
    }
    return false
  }

  /// Waits for its end.
  public func wait() -> Ending {
    process.waitUntilExit()
    let status = process.terminationStatus
    return process.terminationReason == .uncaughtSignal ? .signal(status) : .exit(status)
  }
}
