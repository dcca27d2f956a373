internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelText
internal import Reports

/// `zonewise advise`: now, verdict, demand, sizing, recommendation, findings.
struct AdviseCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Say how this host's zones stand, how much Movable is safe, and what to do."
  )

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like: is it safe, and with which arguments?",
      valueName: "max|size|ratio"
    ),
    transform: ArgumentValue.wish
  )
  var want: MovableWish?

  @OptionGroup var needOptions: NeedOptions
  @OptionGroup var whatIf: WhatIfOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.use

  func run() throws {
    try Runner.run {
      do {
        try survey()
      } catch let error as CollectionError {
        guard case .zones(let list) = error else { throw error }
        try Runner.print(ZoneListAnswer(list), as: format, common)
      }
    }
  }

  func answers(about machine: SourceMachine) throws -> [Assessment] {
    // Without a page size there are zones and ratios, and nothing to judge.
    if let host = machine.members.first?.snapshot, !machine.isClass,
      let list = ZoneList(ofUnknownPages: host)
    {
      throw CollectionError.zones(list)
    }
    return [
      try profileOptions.assess(machine, want: want, needs: needOptions.needs, whatIf: whatIf)
    ]
  }

  func answer(to text: FoundSource) throws -> Bool { try tell(of: text) }
}
