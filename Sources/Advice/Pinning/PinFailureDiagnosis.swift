internal import HostModel
package import KernelText

/// Why memory could not be pinned, by a log: a limit, a zone without room, or memory in pieces.
package struct PinFailureDiagnosis: Hashable, Sendable {
  package enum Cause: String, Hashable, Sendable, CaseIterable {
    /// The limit of locked memory.
    case limit
    /// More mappings than VFIO keeps for one container.
    case mappings
    /// Pages could not leave ZONE_MOVABLE or CMA, as a long-term pin makes them.
    case zone
    /// A limit, or no room in the kernel zones: the error alone does not tell.
    case notTold = "not-told"
  }

  package var log: PinFailureLog
  /// The message that tells most.
  package var failure: PinFailureLog.Failure?
  package var cause: Cause

  package init(_ log: PinFailureLog) {
    self.log = log
    if let limit = log.failures.last(where: { $0.kind == .limit }) {
      failure = limit
      cause = .limit
    } else {
      failure = log.failures.last
      switch failure?.error {
      case 1, 11: cause = .limit
      case 28: cause = .mappings
      case 14, 16: cause = .zone
      default: cause = .notTold
      }
    }
  }

  package var headline: String {
    switch cause {
    case .limit: "LIMIT OF LOCKED MEMORY."
    case .mappings: "TOO MANY MAPPINGS."
    case .zone: "COULD NOT LEAVE ITS ZONE."
    case .notTold: "NOT TOLD."
    }
  }

  package var answer: String {
    switch cause {
    case .limit:
      let size = failure?.limit.map { " of \($0.text)" } ?? ""
      return
        "The process met its limit\(size) on locked and pinned memory (RLIMIT_MEMLOCK); zones have "
        + "no part in this."
    case .mappings:
      return "VFIO keeps a bounded number of mappings for one container (dma_entry_limit of "
        + "vfio_iommu_type1, 65535 unless set), and it was met."
    case .zone:
      return
        "Pages could not be moved out of ZONE_MOVABLE or a CMA area, which a long-term pin asks "
        + "for since 5.13: something else held them, or they are not of a kind that moves."
    case .notTold:
      return "Memory could not be pinned, and the error (\(errorName)) does not tell why: a limit "
        + "(RLIMIT_MEMLOCK, the cgroup's), no room in the kernel zones for pages that have to leave "
        + "ZONE_MOVABLE, or no block of the size asked for."
    }
  }

  private var errorName: String {
    failure?.error == 12 ? "ENOMEM" : failure?.error.map { "errno \($0)" } ?? "none is named"
  }

  package var evidence: [String] {
    log.failures.suffix(6).map { "line \($0.line): \($0.text)" }
  }

  package var remedies: [String] {
    let limit =
      "raise it: LimitMEMLOCK=infinity for a service, `* - memlock unlimited` in limits.conf; ulimit "
      + "-l shows it, and a VM needs its whole memory and some more for each device"
    let zone =
      "see how much the kernel zones have left: zonewise advise, on that host; what is pinned for "
      + "long lies in them (nr_foll_pin_acquired minus nr_foll_pin_released in /proc/vmstat)"
    switch cause {
    case .limit: return [limit]
    case .mappings:
      return [
        "raise dma_entry_limit of vfio_iommu_type1, or map fewer and larger areas (HugeTLB pages)"
      ]
    case .zone: return [zone, "end what holds the pages (direct I/O, other pins), and try again"]
    case .notTold:
      return [
        "limit: ulimit -l of the process against VmLck and VmPin in /proc/PID/status; "
          + limit,
        "zone: " + zone,
        "fragmentation: /proc/buddyinfo shows whether blocks of that size are left; a kernel log "
          + "with `page allocation failure` tells more",
      ]
    }
  }
}
