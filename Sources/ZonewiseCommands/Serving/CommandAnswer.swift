internal import ArgumentParser
internal import Synchronization

/// What a command says when it is run for another program, in this process.
struct CommandAnswer: Sendable {
  var status: Int32
  var output: [UInt8]
  /// What it said on standard error, and its failure.
  var errors: String

  /// What is printed is kept for one command at a time.
  private static let turn = Mutex<Void>(())

  /// Runs a command.
  ///
  /// - Parameter words: The words behind `zonewise`.
  /// - Returns: What it printed; several threads take turns.
  static func of(_ words: [String]) -> CommandAnswer {
    turn.withLock { _ in
      var status = ExitStatus.done.rawValue
      var message = ""
      let (output, errors) = CapturedOutput.during {
        do {
          var command = try Zonewise.parseAsRoot(words)
          try command.run()
        } catch {
          status = Zonewise.exitCode(for: error).rawValue
          message = Zonewise.message(for: error)
        }
      }
      let said = String(decoding: errors, as: UTF8.self)
      return CommandAnswer(
        status: status,
        output: output,
        errors: [said, message].filter { !$0.isEmpty }.joined(separator: "\n")
      )
    }
  }
}
