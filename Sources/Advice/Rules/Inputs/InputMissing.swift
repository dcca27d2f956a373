internal import HostModel
internal import KernelBehavior

/// ZW901: inputs without which the answer stands on less than it seems.
enum InputMissing: HostRule {
  static let about = RuleDescription(
    code: "ZW901",
    slug: "input-missing",
    title: "Inputs are missing on which the answer depends",
    why: """
      What can't be read is unknown, never zero: without /proc/meminfo per-cpu memory, vmalloc and \
      swap are not told, without /proc/vmstat pins and balloons, without the command line what was \
      asked for. Files that only root reads don't count here, nor directories that the kernel is built \
      without (CONFIG_NUMA, CONFIG_MEMORY_HOTPLUG).
      """,
    observes: "/proc/meminfo, /proc/vmstat, /proc/cmdline, node and memory directories of sysfs",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      "warning for meminfo, vmstat and node information, note for the others"
    ),
    remedy: "give the missing files too: a capture or a copy of proc/ and sys/ has them",
    reference: "the list of inputs in `zonewise advise -v`, section NOT KNOWN"
  )

  struct Detail: FindingDetail {
    /// Files and facts by their names.
    var missing: [String]
    /// Whether counters or nodes are among them.
    var isGrave: Bool
    var amounts: FindingAmounts { ["missing": .count(UInt64(missing.count))] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.isGrave ? .warning : .note }

  static func words(for detail: Detail) -> FindingText {
    let rest = detail.missing.count - 3
    return FindingText(
      "not read: \(detail.missing.prefix(3).joined(separator: ", "))"
        + (rest > 0 ? " and \(rest) more" : "")
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let snapshot = context.snapshot
    let heavy: [(String, Bool)] = [
      ("/proc/meminfo", snapshot.meminfo.value == nil),
      ("/proc/vmstat", snapshot.vmstat.value == nil),
      (
        "/sys/devices/system/node",
        snapshot.nodes.value == nil && !context.kernel.lacks(.numaNodes)
      ),
    ]
    let light: [(String, Bool)] = [
      ("/proc/cmdline", snapshot.commandLine.value == nil),
      ("the kernel's release", snapshot.kernel.value == nil),
      (
        "/sys/devices/system/memory",
        snapshot.memoryBlocks.value == nil && !context.kernel.lacks(.memoryHotplug)
      ),
    ]
    let missing = (heavy + light).filter(\.1).map(\.0)
    guard !missing.isEmpty else { return .passed }
    let detail = Detail(missing: missing, isGrave: heavy.contains(where: \.1))
    return .found([finding(detail, evidence: missing.map { Evidence($0) })])
  }
}
