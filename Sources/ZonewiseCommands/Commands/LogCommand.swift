internal import Advice
internal import ArgumentParser
internal import Capacity
internal import Glibc
internal import HostCollection
internal import Reports

/// `zonewise log`: why memory could not be had, from what the kernel wrote about it.
struct LogCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Say from a kernel log why the OOM killer came, or why memory could not go offline.",
    discussion: """
      Examples:
        dmesg | zonewise log
        journalctl -k -b -1 | zonewise log
        zonewise log /var/log/kern.log.1.gz
      """,
    aliases: ["oom"]
  )

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.use

  mutating func run() throws {
    if sourceOptions.source == nil {
      guard isatty(STDIN_FILENO) == 0 else {
        throw ValidationError(
          "log takes a kernel log: dmesg | zonewise log, journalctl -k -b -1 | zonewise log, or a file"
        )
      }
      sourceOptions.source = "-"
    }
    try Runner.run(survey)
  }

  func answers(about machine: SourceMachine) throws -> [Assessment] {
    throw NothingJudged(
      message:
        "\(machine.name) is a machine and no report of a kernel log; zonewise advise judges it"
    )
  }

  func answer(to text: FoundSource) throws -> Bool { try tell(of: text) }
}

extension MachineCommand where Answered == Assessment {
  /// Answers from a text that is a log; false where it is a machine.
  func tell(of text: FoundSource) throws -> Bool {
    switch text {
    case .oomLog(let log, let name):
      let answer = LogAnswer(log, file: name)
      try Runner.print(answer, as: format, common)
      if answer.tellsNothing { throw ExitStatus.notJudged.error }
    case .memoryMessages(let messages, let name):
      try Runner.print(MemoryMessagesAnswer(messages, file: name), as: format, common)
    case .recognized(let text, let name):
      try Runner.print(RecognizedAnswer(text, file: name), as: format, common)
      throw ExitStatus.notJudged.error
    case .host, .bootLog, .blockList: return false
    }
    return true
  }
}
