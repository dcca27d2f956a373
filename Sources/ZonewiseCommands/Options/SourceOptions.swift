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

  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp("The architecture where the source does not tell.", valueName: "name"),
    transform: ArgumentValue.architecture
  )
  var architecture: Architecture?

  @Option(
    name: .customLong("page-size"),
    help: ArgumentHelp("The base page size where the source does not tell.", valueName: "size"),
    transform: ArgumentValue.pageSize
  )
  var pageSize: PageSize?

  var collection: CollectionOptions {
    var options = CollectionOptions()
    options.architecture = architecture
    options.pageSize = pageSize
    options.readProcesses = processes
    return options
  }

  /// What the source is.
  func find() throws(CollectionError) -> FoundSource { try SourceFinder.find(source) }

  /// Reads the host.
  func collect(options: CollectionOptions? = nil) throws(CollectionError) -> HostSnapshot {
    try find().snapshot(options: options ?? collection)
  }
}
