package import ArgumentParser
internal import Reports

/// The root command: `zonewise` alone is `zonewise advise` on this host.
package struct Zonewise: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "zonewise",
    abstract: "How much memory may safely be ZONE_MOVABLE, and which arguments make it so.",
    version: ToolVersion.current,
    subcommands: [
      AdviseCommand.self,
      PredictCommand.self,
      BlocksCommand.self,
      CmdlineCommand.self,
      VerifyCommand.self,
      PlanCommand.self,
      CheckCommand.self,
      FixCommand.self,
      ReportCommand.self,
      DiffCommand.self,
      CaptureCommand.self,
      ProfilesCommand.self,
      ExplainCommand.self,
    ],
    defaultSubcommand: AdviseCommand.self
  )

  package init() {}

  /// Runs the command that the arguments name, and exits.
  package static func run() -> Never {
    Self.main(nil)
    exit()
  }
}
