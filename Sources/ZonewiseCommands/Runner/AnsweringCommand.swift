internal import ArgumentParser
internal import Reports

/// A command that makes one answer and prints it: all that a command has to write is `answer`.
protocol AnsweringCommand: ParsableCommand {
  associatedtype Answered: Answer

  var format: Answered.Format { get }
  var common: CommonOptions { get }

  /// Looks and judges; a failure ends the command with its message and exit code.
  func answer() throws -> Answered
}

extension AnsweringCommand {
  func run() throws {
    try Runner.run {
      let answer = try answer()
      try Runner.print(answer, as: format, common)
    }
  }
}

/// Formats, exit codes and failures: the same for every command.
enum Runner {
  /// Runs a command's work; whatever fails is reported and ends the process with its exit code.
  static func run(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as any CommandFailure {
      Console.report(failure.reported)
      throw failure.status.error
    }
  }

  /// Prints an answer, and ends with the exit code that its findings call for.
  static func print<Answered: Answer>(
    _ answer: Answered,
    as format: Answered.Format,
    _ common: CommonOptions
  ) throws {
    if !common.quiet { try answer.write(as: format, style: common.style) { Console.write($0) } }
    let status = common.status(worst: answer.worstSeverity, unknown: answer.unknownInputs)
    if answer.isRefusal { throw ExitStatus.findings.error }
    if status != .done { throw status.error }
  }
}
