internal import ArgumentParser
internal import HostCollection
internal import HostModel

/// The host that a command looks at, and how it is read: the same for every command.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      A host from elsewhere: a directory with proc/ and sys/, an archive (capture, sosreport, \
      supportconfig), a bundle, a copy of /proc/zoneinfo, or - for standard input; \
      default: this host.
      """,
      valueName: "source"
    )
  )
  var source: String?

  @Flag(help: "Also sum up VmPin, VmLck and VmPTE over all processes.")
  var processes = false

  var collection: CollectionOptions {
    var options = CollectionOptions()
    options.readProcesses = processes
    return options
  }

  /// What the source is; a failure is reported and ends the command with its exit code.
  func find() throws(ExitCode) -> FoundSource {
    do throws(CollectionError) { return try SourceFinder.find(source) } catch {
      throw Self.failed(error)
    }
  }

  /// Reads the host; a failure is reported and ends the command with its exit code.
  func collect() throws(ExitCode) -> HostSnapshot { try collect(try find()) }

  /// Reads the host behind a source that was found before.
  func collect(
    _ found: FoundSource,
    options: CollectionOptions? = nil
  ) throws(ExitCode) -> HostSnapshot {
    do throws(CollectionError) {
      switch found {
      case .host(let source):
        return try HostCollector.collect(from: source, options: options ?? collection)
      case .oomLog(_, let name):
        throw .otherKind(path: name, what: "a log with an OOM report: zonewise advise reads it")
      case .bootLog(let name):
        throw .otherKind(
          path: name,
          what: """
            a boot log: it tells how memory was divided, which zonewise predict shows, and nothing \
            of what is in use
            """
        )
      }
    } catch {
      throw Self.failed(error)
    }
  }

  static func failed(_ error: CollectionError) -> ExitCode {
    Console.report(error.description)
    return ExitStatus.notJudged.error
  }
}
