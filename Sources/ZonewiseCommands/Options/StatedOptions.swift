internal import ArgumentParser
internal import HostModel
internal import KernelBehavior

/// What the user states of a machine where a source does not tell; the answer says that it was given.
struct StatedOptions: ParsableArguments {
  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp("The architecture where the source does not tell.", valueName: "name"),
    completion: Completions.architecture,
    transform: ArgumentValue.architecture
  )
  var architecture: Architecture?

  @Option(
    name: .customLong("page-size"),
    help: ArgumentHelp("The base page size where the source does not tell.", valueName: "size"),
    completion: Completions.pageSize,
    transform: ArgumentValue.pageSize
  )
  var pageSize: PageSize?

  @Option(
    name: .customLong("max-order"),
    help: ArgumentHelp(
      "The buddy allocator's largest order, inclusive: columns of /proc/buddyinfo minus one.",
      valueName: "order"
    ),
    transform: ArgumentValue.maxOrder
  )
  var maxOrder: UInt8?

  @Option(
    help: ArgumentHelp(
      "The kernel where the source does not tell, or one that shall be booted instead.",
      valueName: "release"
    ),
    transform: ArgumentValue.kernel
  )
  var kernel: KernelVersion?

  var overrides: BootLayoutInputs.Overrides {
    BootLayoutInputs.Overrides(
      architecture: architecture,
      pageSize: pageSize,
      maxOrder: maxOrder,
      kernel: kernel
    )
  }
}
