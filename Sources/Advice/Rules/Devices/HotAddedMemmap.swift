internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW207: hot-added memory is described in kernel zones.
enum HotAddedMemmap: HostRule {
  static let about = RuleDescription(
    code: "ZW207",
    slug: "hot-added-memmap",
    title: "Descriptors of hot-added memory fill the kernel zones",
    causes: ["devices"],
    why: """
      Memory that is added at run time is described by page descriptors from the kernel zones: \
      16 MiB for each GiB with 4 KiB pages. Adding much to a small machine fails or kills it. \
      memmap_on_memory puts them on the added memory itself (DIMMs and DAX devices; not \
      virtio-mem).
      """,
    observes: """
      nr_memmap_pages in /proc/vmstat less what describes DAX devices, is kept by optimised huge \
      pages or by page extensions, or lies on the memory itself; virtio-mem devices, \
      /sys/module/memory_hotplug/parameters/memmap_on_memory
      """,
    severity: RuleSeverity(
      .warning ... .error,
      usual: .warning,
      "warning from 10 % of the kernel zones, error from half of them"
    ),
    remedy: "memory_hotplug.memmap_on_memory=1 on the command line, or more boot memory",
    reference: "mm/sparse-vmemmap.c; mm/memory_hotplug.c; Documentation/admin-guide/mm",
    kernels: "counters since 6.11; memmap_on_memory since 5.13"
  )

  struct Detail: FindingDetail {
    var memmap: KernelShare
    /// The memory that it describes.
    var added: ByteCount
    /// Whether memmap_on_memory could put it there.
    var canDescribeItself: Bool
    var amounts: FindingAmounts { memmap.amounts + ["added": .bytes(added)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.memmap.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.memmap.size.text) in kernel zones describes \(detail.added.text) of added memory, "
        + detail.memmap.percent,
      remedy: detail.canDescribeItself
        ? nil : "more boot memory: virtio-mem can't describe itself"
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let pages = context.vmstat(\.memmap)
    guard let memmap = AddedMemoryMemmap(context.facts) else {
      let blocks = context.snapshot.memoryBlocks.value?.blocks.count ?? 0
      guard blocks > 0 else { return .notApplicable }
      return .unknown(pages.reason, effect: "descriptors of hot-added memory are unknown")
    }
    guard memmap.describesAddedMemory else {
      return .notApplicable
    }
    let size = memmap.forAddedMemory
    let share = context.share(of: size)
    guard let severity = share.severity, severity > .note else { return .passed }
    let described = context.facts.descriptor.memory(describedBy: size)
    let virtio = context.snapshot.devices.virtioMem.value ?? []
    return .found([
      finding(
        Detail(memmap: share, added: described, canDescribeItself: virtio.isEmpty),
        evidence: [
          Evidence("vmstat", "nr_memmap_pages", memmap.counted),
          context.evidence(.memmapOnMemory),
        ]
          + virtio.map {
            Evidence("virtio-mem device", $0, "memmap_on_memory does not work with it")
          }
      )
    ])
  }
}
