internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Profiles

/// Changes to one machine that nobody made, for the length of a question.
struct WhatIfOptions: ParsableArguments {
  @Option(
    name: .customLong("args"),
    help: ArgumentHelp(
      "What if it were booted with these, in place of its own arguments about zones? '' for none.",
      valueName: "args"
    )
  )
  var arguments: String?

  @OptionGroup var growth: GrowthOptions

  @Option(
    help: ArgumentHelp(
      "What if it got this device? As plan takes it; repeatable.",
      valueName: "kind:size@node"
    ),
    transform: ArgumentValue.device
  )
  var add: [GrowthStep] = []

  /// The profile under these changes.
  func applied(to profile: Profile) -> Profile {
    growth.whatIf.applied(to: profile)
  }

  /// The whole command line that is asked about; nil where none is.
  func commandLine(of machine: SourceMachine) throws -> String? {
    try arguments.map { try machine.commandLine(with: $0) }
  }
}

extension SourceMachine {
  /// Its command line with these arguments in place of its own about zones.
  func commandLine(with arguments: String) throws -> String {
    try ZoneArgumentLine.with(arguments, in: newest?.snapshot.commandLine.value ?? "")
  }
}
