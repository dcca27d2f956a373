internal import HostModel

/// What can be told about balloons here: who, how large, and whether their pages migrate.
struct BalloonFacts {
  let context: RuleContext
  /// Memory that the balloon holds now.
  let size: Reading<ByteCount>
  /// The counter that told.
  let source: String

  init(_ context: RuleContext) {
    self.context = context
    if let pages = context.vmstat("nr_balloon_pages").value {
      size = .known(pages)
      source = "vmstat nr_balloon_pages"
    } else if let bytes = context.meminfo("Balloon").value {
      size = .known(bytes)
      source = "meminfo Balloon"
    } else if let xen = Self.xen(context) {
      size = .known(xen)
      source = "xen_memory target_kb and zoneinfo present"
    } else {
      // Counted by the drivers that use the kernel's balloon core only.
      size = context.vmstat("balloon_inflate") - context.vmstat("balloon_deflate")
      source = "vmstat balloon_inflate − balloon_deflate"
    }
  }

  private static func xen(_ context: RuleContext) -> ByteCount? {
    let xen = context.snapshot.devices.balloons.value?.first { $0.driver == .xen }
    return xen?.current.value.map { context.facts.present - $0 }
  }

  var devices: [BalloonDevice] { context.snapshot.devices.balloons.value ?? [] }

  /// Whether the kernel was built to migrate balloon pages: proven by a counter, else by its config.
  var migrates: Bool? {
    guard let vmstat = context.snapshot.vmstat.value else { return configMigrates }
    if vmstat.entry("balloon_migrate") != nil { return true }
    // The counter is there with the option and without other balloon counters nothing is told.
    return vmstat.entry("balloon_inflate") != nil ? false : configMigrates
  }

  private var configMigrates: Bool? {
    guard let config = context.snapshot.kernelConfig.value else { return nil }
    return config["BALLOON_COMPACTION"] == .yes || config["BALLOON_MIGRATION"] == .yes
  }

  /// The option under its name in this kernel: renamed after 6.19.
  var optionName: String {
    let options = context.snapshot.kernelConfig.value?.options ?? [:]
    return options["BALLOON"] != nil || options["BALLOON_MIGRATION"] != nil
      ? "CONFIG_BALLOON_MIGRATION" : "CONFIG_BALLOON_COMPACTION"
  }
}
