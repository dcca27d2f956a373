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

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let table, _) = context.snapshot.memoryBlocks else {
      return .unknown(context.snapshot.memoryBlocks.reason, effect: "offline blocks are unknown")
    }
    let offline = table.blocks.filter { $0.state.value == .offline }
    guard let first = offline.first, let last = offline.last else { return .passed }
    let size = table.blockSize * UInt64(offline.count)
    let memmap = context.facts.offlineMemmap
    let isLarge = size * 8 >= context.facts.present || memmap * 10 >= context.kernelManaged
    let zones = first.validZones.value?.map(\.name).joined(separator: " ") ?? "unknown"
    let range = first.number == last.number ? "\(first.number)" : "\(first.number)…\(last.number)"
    return .found([
      Finding(
        Self.self,
        isLarge ? .warning : .note,
        message: "\(offline.count) blocks (\(size.text)) are offline"
          + (memmap > 0
            ? " and cost \(memmap.text) of page descriptors" : "; their descriptors lie on them"),
        evidence: [
          "/sys/devices/system/memory/memory\(range)/state: offline, valid_zones \(zones)",
          "auto_online_blocks: \(context.text(.defaultState) ?? "unknown")",
        ],
        remedy: "echo online_movable > /sys/devices/system/memory/memory\(first.number)/state "
          + "(or online_kernel) for each; memhp_default_state=online for those to come"
      )
    ])
  }
}
