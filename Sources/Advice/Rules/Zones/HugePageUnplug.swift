internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW118: optimised huge pages need kernel memory to be given back.
enum HugePageUnplug: HostRule {
  static let about = RuleDescription(
    code: "ZW118",
    slug: "optimized-hugepages",
    title: "Giving back optimised huge pages takes kernel memory",
    causes: ["hugetlb_free_vmemmap", "hugepages", "hugepagesz", "default_hugepagesz"],
    why: """
      HVO frees most page descriptors of a huge page: 28 KiB of each 2 MiB page, 16 MiB of each \
      1 GiB page. To dissolve such a page, or to offline the memory it lies in, the kernel must \
      allocate them again, from the kernel zones; where those are full it fails.
      """,
    observes: """
      /proc/sys/vm/hugetlb_optimize_vmemmap, hugetlb_free_vmemmap=, \
      CONFIG_HUGETLB_PAGE_OPTIMIZE_VMEMMAP_DEFAULT_ON, sizes of the pools, headroom
      """,
    severity: RuleSeverity(
      .note ... .error,
      usual: .error,
      "error where it exceeds the headroom, warning from half of it, note from a tenth"
    ),
    remedy: "keep that much kernel memory free before shrinking pools or unplugging memory",
    reference: "mm/hugetlb_vmemmap.c; Documentation/admin-guide/mm/memory-hotplug.rst",
    kernels: "since 5.14 at boot, since 5.19 at run time"
  )

  struct Detail: FindingDetail {
    /// Page descriptors that have to be allocated again.
    var size: ByteCount
    var headroom: ByteCount

    var amounts: FindingAmounts { ["size": .bytes(size), "headroom": .bytes(headroom)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    if detail.size > detail.headroom { return .error }
    return detail.size * 2 >= detail.headroom ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "giving back all huge pages takes \(detail.size.text) of kernel memory; the kernel zones have "
        + "room for \(detail.headroom.text)"
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard let isOn = context.snapshot.hugePageOptimization else { return .notApplicable }
    let pools = (context.snapshot.hugePages.pools.value ?? []).filter { ($0.total.value ?? 0) > 0 }
    guard !pools.isEmpty else { return .notApplicable }
    guard isOn else { return .passed }
    // One base page of descriptors stays with each huge page.
    let page = context.pageSize.bytes
    let size = pools.map { pool in
      context.facts.descriptor.bytes(for: pool.size).subtractingOrZero(page)
        * (pool.total.value ?? 0)
    }.total()
    guard case .known(let headroom, _) = context.headroom else {
      return .unknown(context.headroom.reason, effect: "room to dissolve huge pages is unknown")
    }
    guard size * 10 >= headroom, size > 0 else { return .passed }
    return .found([
      finding(
        Detail(size: size, headroom: headroom),
        evidence: [
          Evidence(
            "vm.hugetlb_optimize_vmemmap",
            nil,
            context.text(.optimizesVmemmap) ?? "not there"
          ),
          Evidence(
            pools.map { "\($0.total.value ?? 0) × \($0.size.text)" }.joined(separator: ", ")
          ),
        ]
      )
    ])
  }
}
