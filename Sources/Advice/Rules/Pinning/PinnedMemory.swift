internal import HostModel

/// ZW401: memory that is pinned for long now.
enum PinnedMemory: HostRule {
  static let about = RuleDescription(
    code: "ZW401",
    slug: "pinned-memory",
    title: "Pinned memory takes a large part of the kernel zones",
    causes: ["pinners"],
    why: """
      RDMA, VFIO, vDPA, io_uring's fixed buffers, AF_XDP and SEV guests pin user memory for as \
      long as they live. Since 5.13 such pages are moved out of ZONE_MOVABLE and CMA first, so \
      each pinned byte is a byte of the kernel zones.
      """,
    observes: """
      nr_foll_pin_acquired − nr_foll_pin_released (the smallest of several samples: references, \
      each a page or a whole huge page), VmPin of processes with --processes, user pages in kernel \
      zones, devices that pin
      """,
    remedy: "count pinned memory as kernel memory in the profile, or pin less",
    reference: "mm/gup.c, __gup_longterm_locked; Documentation/core-api/pin_user_pages.rst",
    kernels: "counters since 5.7; out of ZONE_MOVABLE since 5.13, out of CMA since 5.2"
  )

  struct Detail: FindingDetail {
    /// The most that the counted references can stand for.
    var most: KernelShare
    /// What is certain of it.
    var certain: KernelShare
    /// Those that are there to pin.
    var devices: [PinningDevice]

    var amounts: FindingAmounts { most.amounts + ["certain": .bytes(certain.size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    // A bound is no proof: only what is certain can make it an error.
    max(detail.certain.severity ?? .note, min(detail.most.severity ?? .note, .warning))
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "up to \(detail.most.size.text) is pinned, \(detail.most.text)"
        + (detail.devices.isEmpty ? "" : "; devices that pin: \(detail.devices.names)")
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let facts = PinFacts(context)
    let outstanding = facts.outstanding
    guard case .known(let size, _) = outstanding else {
      return .unknown(outstanding.reason, effect: "long-term pins are unknown")
    }
    let most = facts.most(of: size)
    let share = context.share(of: most)
    guard share.severity != nil else { return .passed }
    let references = context.snapshot.pins.system.value?.count ?? 0
    var evidence = [
      Evidence(
        "vmstat",
        "nr_foll_pin_acquired − nr_foll_pin_released",
        "\(references) references, smallest of \(context.snapshot.pins.samples) samples"
      )
    ]
    if most > size, facts.byProcesses == nil {
      evidence.append(
        Evidence("one reference can hold a whole huge page; bounded by user pages there")
      )
    }
    evidence += facts.devices.evidence
    if let totals = context.snapshot.processes.value {
      evidence.append(Evidence("VmPin of \(totals.processesRead) processes", nil, totals.pinned))
    }
    let detail = Detail(
      most: share,
      certain: context.share(of: min(size, most)),
      devices: facts.likely
    )
    return .found([finding(detail, evidence: evidence)])
  }
}
