internal import ArgumentParser
internal import HostCollection
internal import HostModel

/// The host that a command looks at, and how it is read: the same for every command.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A directory with proc/ and sys/, or a copy of /proc/zoneinfo; default: this host.",
      valueName: "source"
    )
  )
  var source: String?

  @Flag(help: "Also sum up VmPin, VmLck and VmPTE over all processes.")
  var processes = false

  /// Reads the host; a failure is reported and ends the command with its exit code.
  /// What the command reads beyond the ordinary is set by `adjust`.
  func collect(
    _ adjust: (inout CollectionOptions) -> Void = { _ in }
  ) throws(ExitCode) -> HostSnapshot {
    var options = CollectionOptions()
    options.readProcesses = processes
    adjust(&options)
    do throws(CollectionError) {
      return try HostCollector.collect(from: try SourceFinder.source(source), options: options)
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
  }
}
