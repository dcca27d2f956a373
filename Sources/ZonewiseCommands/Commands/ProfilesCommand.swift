internal import Advice
internal import ArgumentParser
internal import Profiles

/// `zonewise profiles`: the workloads that zonewise knows, with the reason for every number.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles",
    abstract: "List, show, check or suggest workload profiles.",
    subcommands: [
      ListProfiles.self, ShowProfile.self, ValidateProfiles.self, SuggestProfiles.self,
    ],
    defaultSubcommand: ListProfiles.self
  )
}

struct ListProfiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the profiles that come with zonewise."
  )

  func run() throws { try Runner.run(list) }

  private func list() throws {
    let width = (EmbeddedProfiles.names.map(\.count).max() ?? 0) + 2
    for name in EmbeddedProfiles.names {
      let profile = try ProfileStore.load(name)
      let gap = String(repeating: " ", count: width - name.count)
      Console.write("\(name)\(gap)\(profile.title)\n")
    }
  }
}

struct ShowProfile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a profile as a file to start your own from."
  )

  @Argument(help: "The profile's name.", completion: .list(EmbeddedProfiles.names))
  var name: String

  func run() throws {
    try Runner.run {
      _ = try ProfileStore.load(name)
      guard let text = EmbeddedProfiles.text(name) else {
        throw UsageFailure(
          message: "\(name) is a file already; show prints profiles that come with zonewise"
        )
      }
      Console.write(text + "\n")
    }
  }
}

struct ValidateProfiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check profile files against the schema."
  )

  @Argument(help: "YAML files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  func run() throws {
    var failed = false
    for file in files {
      do {
        let profile = try ProfileStore.read(try ProfileStore.text(of: file), file: file)
        Console.write("\(file): valid (\(profile.name))\n")
      } catch let failure as any CommandFailure {
        Console.report(failure.reported)
        failed = true
      }
    }
    if failed { throw ExitStatus.notJudged.error }
  }
}
