internal import HostModel
internal import KernelText

/// ZW108: memory that was added and never brought online.
enum OfflineBlocks: HostRule {
  static let about = RuleDescription(
    code: "ZW108",
    slug: "offline-blocks",
    title: "Offline memory blocks cost kernel memory and give nothing",
    causes: ["devices"],
    why: """
      A block that is added gets its page descriptors (1/64 of it with 4 KiB pages) and its part \
      of the direct map at once, from the kernel zones, whether it is online or not. As long as \
      nothing brings it online, the memory is paid for and nobody can use it. With memmap_on_memory \
      the descriptors lie on the block itself.
      """,
    observes: "/sys/devices/system/memory/memory*/state, block_size_bytes, auto_online_blocks",
    severity: RuleSeverity(
      .note ... .warning,
      usual: .warning,
      """
      warning where offline blocks are at least an eighth of RAM or their descriptors 10 % of the \
      kernel zones, note below
      """
    ),
    remedy: "bring the blocks online, or remove the device",
    reference: "Documentation/admin-guide/mm/memory-hotplug.rst, Phases of Memory Hotplug"
  )

  struct Detail: FindingDetail {
    var blocks: UInt64
    /// Memory of these blocks, and of the whole machine.
    var offline: ByteCount
    var memory: ByteCount
    /// Page descriptors in kernel zones; zero where they lie on the blocks.
    var memmap: KernelShare
    var firstBlock: UInt64

    var amounts: FindingAmounts {
      ["blocks": .count(blocks), "offline": .bytes(offline)] + memmap.amounts
    }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.offline * 8 >= detail.memory || detail.memmap.isAtLeast(1, outOf: 10) ? .warning : .note
  }

  static func words(for detail: Detail) -> FindingText {
    let isOne = detail.blocks == 1
    let blocks =
      "\(detail.blocks) \(isOne ? "block" : "blocks") (\(detail.offline.text)) "
      + (isOne ? "is offline" : "are offline")
    let cost =
      detail.memmap.size > 0
      ? " and \(isOne ? "costs" : "cost") \(detail.memmap.size.text) of page descriptors"
      : isOne ? "; its descriptors lie on it" : "; their descriptors lie on them"
    return FindingText(blocks + cost)
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action(
      "echo online_movable > /sys/devices/system/memory/memory\(detail.firstBlock)/state "
        + "(or online_kernel) for each, or remove the device"
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let table, _) = context.snapshot.memoryBlocks else {
      return .unknown(context.snapshot.memoryBlocks.reason, effect: "offline blocks are unknown")
    }
    let offline = table.blocks.filter { $0.state.value == .offline }
    guard let first = offline.first, let last = offline.last else { return .passed }
    let size = table.blockSize * UInt64(offline.count)
    let zones = first.validZones.value?.map(\.name).joined(separator: " ") ?? "unknown"
    let range = first.number == last.number ? "\(first.number)" : "\(first.number)…\(last.number)"
    return .found([
      finding(
        Detail(
          blocks: UInt64(offline.count),
          offline: size,
          memory: context.facts.present,
          memmap: context.share(of: context.facts.offlineMemmap),
          firstBlock: first.number
        ),
        evidence: [
          Evidence(
            "/sys/devices/system/memory/memory\(range)/state",
            nil,
            "offline, valid_zones \(zones)"
          ),
          Evidence("auto_online_blocks", nil, context.text(.defaultState) ?? "unknown"),
        ]
      )
    ])
  }
}
