internal import HostModel
internal import KernelBehavior

/// ZW501: a device that the kernel can't add.
enum GrowthStepFails: GrowthRule {
  static let about = RuleDescription(
    code: "ZW501",
    slug: "growth-step-fails",
    title: "A device can't be added",
    causes: ["devices"],
    why: """
      Adding memory needs page descriptors for all of it before any of it is usable: 1/64 of its \
      size with 4 KiB pages, out of the kernel zones. Where they can't give that, the kernel fails \
      to add the device, or the OOM killer comes, or a small guest panics.
      """,
    observes: "zoneinfo free, min, protection; the size and kind of each device",
    severity: .error,
    remedy: "add it in smaller pieces, boot with more memory, or use memmap_on_memory",
    reference: "mm/memory_hotplug.c, add_memory_resource; mm/sparse-vmemmap.c"
  )

  struct Detail: FindingDetail {
    /// Counted from 1.
    var step: Int
    var request: GrowthStep
    var failure: GrowthSimulation.Failure
    /// Under which it can be added; empty where there are none.
    var arguments: [String]

    var kind: String {
      switch failure {
      case .notABlockMultiple: "notABlockMultiple"
      case .notASubBlockMultiple: "notASubBlockMultiple"
      case .smallerThanBlock: "smallerThanBlock"
      case .descriptors: "descriptors"
      case .address: "address"
      }
    }

    var amounts: FindingAmounts {
      let common: FindingAmounts = [
        "step": .count(UInt64(clamping: step)), "size": .bytes(request.size),
      ]
      return common + own
    }

    private var own: FindingAmounts {
      switch failure {
      case .notABlockMultiple(let block), .smallerThanBlock(let block): ["block": .bytes(block)]
      case .notASubBlockMultiple(let unit): ["subBlock": .bytes(unit)]
      case .descriptors(let needed, let available):
        ["needed": .bytes(needed), "available": .bytes(available)]
      case .address(let limit): ["limit": .bytes(limit)]
      }
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .error }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "step \(detail.step), \(detail.request.text): \(detail.failure.text(for: detail.request))"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    switch detail.failure {
    case .notABlockMultiple(let unit), .notASubBlockMultiple(let unit), .smallerThanBlock(let unit):
      .action("add a multiple of \(unit.text)")
    case .address: .action("add less")
    case .descriptors where !detail.arguments.isEmpty: .boot(detail.arguments)
    case .descriptors where detail.request.device == .virtioMem:
      .action(
        "add it in smaller pieces, or boot with more memory: virtio-mem can't describe itself"
      )
    case .descriptors: .action("add it in smaller pieces, or boot with more memory")
    }
  }

  static func findings(in plan: GrowthPlan) -> [Finding] {
    guard let failure = plan.firstFailure else { return [] }
    let step = plan.steps[failure.step - 1]
    return [
      finding(
        Detail(
          step: failure.step,
          request: step.request,
          failure: failure.failure,
          arguments: plan.cure { $0.failure == nil } ?? []
        ),
        on: step.request.subject,
        evidence: [Evidence("descriptors", step.outcome.memmap.bytes.text)]
      )
    ]
  }
}
