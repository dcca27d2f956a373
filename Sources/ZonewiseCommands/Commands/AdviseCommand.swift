internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import KernelText
internal import Reports

/// `zonewise advise`: now, verdict, demand, sizing, recommendation, findings.
struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Say how this host's zones stand, how much Movable is safe, and what to do."
  )

  @OptionGroup var sourceOptions: SourceOptions

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like: is it safe, and with which arguments?",
      valueName: "max|size|ratio"
    ),
    transform: ArgumentValue.wish
  )
  var want: MovableWish?

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    try Runner.run {
      let found = try sourceOptions.find()
      switch found {
      case .oomLog(let log, let name):
        let answer = LogAnswer(log, file: name)
        try Runner.print(answer, as: format, common)
        if answer.tellsNothing { throw ExitStatus.notJudged.error }
      case .memoryMessages(let messages, let name):
        try Runner.print(MemoryMessagesAnswer(messages, file: name), as: format, common)
      case .recognized(let text, let name):
        try Runner.print(RecognizedAnswer(text, file: name), as: format, common)
        throw ExitStatus.notJudged.error
      case .host, .bootLog, .blockList:
        try answer(from: found)
      }
    }
  }

  private func answer(from found: FoundSource) throws {
    let snapshot: HostSnapshot
    do throws(CollectionError) {
      snapshot = try found.snapshot(options: sourceOptions.collection)
    } catch {
      guard case .zones(let list) = error else { throw error }
      return try Runner.print(ZoneListAnswer(list), as: format, common)
    }
    guard let list = ZoneList(ofUnknownPages: snapshot) else {
      return try Runner.print(try assess(snapshot), as: format, common)
    }
    try Runner.print(ZoneListAnswer(list), as: format, common)
  }

  private func assess(_ snapshot: HostSnapshot) throws -> Assessment {
    let workload = try profileOptions.workload()
    try want?.holdAgainst(snapshot)
    let (profile, choice) = profileOptions.choose(workload, for: snapshot)
    return try Advisor.assess(snapshot, profile: profile, chosenBy: choice, wish: want)
  }
}
