internal import HostModel

/// ZW902: zones that mainline does not have.
enum VendorKernel: HostRule {
  static let about = RuleDescription(
    code: "ZW902",
    slug: "vendor-kernel",
    title: "This kernel has zones that mainline does not have",
    why: """
      Android's and ChromeOS' kernels carry zones such as NoSplit and NoMerge and divide memory by \
      other rules: kernelcore= and movablecore= are both rounded, the rest goes to whichever was \
      not given. Their memory is counted as kernel memory here, and no layout is predicted.
      """,
    observes: "zone names in /proc/zoneinfo",
    severity: .warning,
    remedy: "check advice against this kernel's source; predictions don't hold for it",
    reference: "Android common kernel 6.6, mm/mm_init.c (nosplit=, nomerge=)",
    kernels: "vendor kernels"
  )

  struct Detail: FindingDetail {
    /// The zones by their kernel's names.
    var zones: [String]
    var size: ByteCount
    var amounts: FindingAmounts { ["size": .bytes(size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "zones unknown to mainline: \(detail.zones.prefix(3).joined(separator: ", ")) "
        + "(\(detail.size.text)), counted as kernel memory"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    var sizes: [ZoneKind: ByteCount] = [:]
    for zone in context.facts.zoneinfo.zones {
      guard case .other = zone.kind else { continue }
      let size = zone.presentPages.bytes(of: context.pageSize)
      sizes[zone.kind, default: .zero] += size
    }
    guard !sizes.isEmpty else { return .passed }
    let zones = sizes.sorted { $0.key.name < $1.key.name }
    return .found([
      finding(
        Detail(zones: zones.map(\.key.name), size: sizes.values.total()),
        evidence: zones.map { Evidence("zoneinfo", "zone \($0.key.name)", $0.value) }
      )
    ])
  }
}
