package import ArgumentParser

/// The root command: `zonewise` alone is `zonewise advise` on this host.
package struct Zonewise: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "zonewise",
    abstract: "How much memory may safely be ZONE_MOVABLE, and which arguments make it so.",
    version: "0.1.0")

  package init() {}

  /// Runs the command that the arguments name, and exits.
  package static func run() -> Never {
    Self.main(nil)
    exit()
  }
}
