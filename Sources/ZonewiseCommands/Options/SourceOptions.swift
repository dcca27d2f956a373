internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel

/// The machine that a command looks at, and how it is read: the same for every command.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      A host from elsewhere: a directory with proc/ and sys/, an archive (capture, sosreport, \
      supportconfig), bundles, a copy of /proc/zoneinfo, a log, a spec of machine classes \
      (fleet.yaml#CLASS for one), or - for standard input; default: this host.
      """,
      valueName: "source"
    ),
    completion: Completions.source
  )
  var source: String?

  @Flag(help: "Also sum up VmPin, VmLck and VmPTE over all processes.")
  var processes = false

  var collection: CollectionOptions {
    var options = CollectionOptions()
    options.readProcesses = processes
    return options
  }

  /// The one place that knows what the source is and gives.
  func reader(
    _ stated: StatedOptions,
    _ collection: CollectionOptions? = nil
  ) -> SourceReader {
    var options = collection ?? self.collection
    options.architecture = stated.architecture
    options.pageSize = stated.pageSize
    return SourceReader(
      source,
      stated: stated.overrides,
      collection: options,
      memory: ServedMachines.memory
    )
  }

  /// What the source is, for a command that takes hosts only.
  func find() throws(CollectionError) -> FoundSource { try SourceFinder.find(source) }

  /// Reads the host.
  func collect() throws(CollectionError) -> HostSnapshot {
    try find().snapshot(options: collection)
  }
}
