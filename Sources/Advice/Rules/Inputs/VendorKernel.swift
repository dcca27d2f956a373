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

  static func check(_ context: RuleContext) -> RuleOutcome {
    var sizes: [String: ByteCount] = [:]
    for zone in context.facts.zoneinfo.zones {
      guard case .other(let name) = zone.kind else { continue }
      let size = zone.presentPages.bytes(of: context.pageSize)
      sizes[name, default: .zero] += size
    }
    guard !sizes.isEmpty else { return .passed }
    let names = sizes.keys.sorted().prefix(3).joined(separator: ", ")
    return .found([
      Finding(
        Self.self,
        .warning,
        message: "zones unknown to mainline: \(names) (\(sizes.values.total().text)), counted as "
          + "kernel memory",
        evidence: sizes.sorted { $0.key < $1.key }.map {
          "zoneinfo zone \($0.key): \($0.value.text)"
        }
      )
    ])
  }
}
