package import ArgumentParser
internal import Glibc
internal import Reports
internal import SystemIO

/// The root command: `zonewise` alone is `zonewise advise` on this host.
package struct Zonewise: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "zonewise",
    abstract: "How much memory may safely be ZONE_MOVABLE, and which arguments make it so.",
    discussion: """
      The kernel keeps nothing of its own in ZONE_MOVABLE, so that memory can be taken back: \
      unplugged, turned into huge pages, used in one piece. What the kernel itself needs (page \
      tables, slab, pinned pages) must fit into the other zones; with too much Movable, the OOM \
      killer comes while gigabytes are free.

      Examples:
        zonewise                       how this host stands, and what to do
        zonewise --want 64GiB          may it have so much Movable, and how
        zonewise cmdline --for grub    the boot arguments, ready for GRUB
        dmesg | zonewise log           why the OOM killer came
        zonewise check .               the boot configs of a repository
        zonewise explain movable       the ideas, with the numbers of this host
      """,
    version: ToolVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Administrator",
        subcommands: [
          AdviseCommand.self, LogCommand.self, PredictCommand.self, BlocksCommand.self,
          CmdlineCommand.self, VerifyCommand.self,
        ]
      ),
      CommandGroup(
        name: "Platform engineer",
        subcommands: [PlanCommand.self, ProfilesCommand.self, ServeCommand.self]
      ),
      CommandGroup(name: "CI owner", subcommands: [CheckCommand.self, FixCommand.self]),
      CommandGroup(
        name: "Capacity planner",
        subcommands: [
          ReportCommand.self, ForecastCommand.self, FleetCommand.self, DiffCommand.self,
          CaptureCommand.self,
        ]
      ),
      CommandGroup(
        name: "Site reliability engineer",
        subcommands: [WatchCommand.self, MetricsCommand.self, RecordCommand.self]
      ),
      CommandGroup(name: "Everybody", subcommands: [ExplainCommand.self]),
    ],
    defaultSubcommand: AdviseCommand.self
  )

  package init() {}

  /// Every name that a command answers to.
  package static var commandNames: [String] {
    configuration.subcommands.flatMap { command in
      [command.configuration.commandName].compactMap { $0 } + command.configuration.aliases
    } + ["help"]
  }

  /// Runs the command that the arguments name, and exits.
  package static func run() -> Never {
    StandardDescriptors.fill()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let guess = CommandGuess.of(arguments, commands: commandNames, exists: FileSystem.exists) {
      Console.report(guess.message)
      exit(withError: (guess.isCommand ? ExitStatus.usage : .notJudged).error)
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      end(with: error)
    }
    Glibc.exit(ExitStatus.done.rawValue)
  }

  /// Says what ended the command, help among it, where nothing of it can be lost unseen.
  private static func end(with error: any Error) -> Never {
    let status = exitCode(for: error)
    let message = fullMessage(for: error)
    if !message.isEmpty {
      Console.write(
        Array((message + "\n").utf8),
        to: status.isSuccess ? STDOUT_FILENO : STDERR_FILENO
      )
    }
    Glibc.exit(status.rawValue)
  }
}
