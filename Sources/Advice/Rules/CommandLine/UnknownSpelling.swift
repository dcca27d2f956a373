internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW304: a word that no kernel, or only an old one, understands.
package enum UnknownSpelling: HostRule, ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW304",
    slug: "unknown-spelling",
    title: "No kernel understands this spelling, or none does any more",
    why: """
      The kernel hands words that it doesn't know to init and goes on. A misspelt kernelcore=, a \
      parameter without its module's name, or an option that was only ever proposed \
      (movablecore=acpi, movablemem_map=) leaves memory as it was.
      """,
    observes: "/proc/cmdline",
    severity: .warning,
    remedy: "correct the spelling or remove the word",
    reference: "Documentation/admin-guide/kernel-parameters.txt"
  )

  /// What to write instead of words that look right and aren't.
  private static let corrections: [String: String] = [
    "online_policy": "memory_hotplug.online_policy=",
    "auto_movable_ratio": "memory_hotplug.auto_movable_ratio=",
    "auto_movable_numa_aware": "memory_hotplug.auto_movable_numa_aware=",
    "memmap_on_memory": "memory_hotplug.memmap_on_memory=",
    "memhp_default_online_type": "memhp_default_state=",
    "memhp_default": "memhp_default_state=",
    "memhp_auto_online": "memhp_default_state=online",
    "auto_online_blocks": "memhp_default_state=",
    "movablemem_map": "movable_node, where the firmware marks hot-pluggable memory",
    "hugepages_treat_as_movable": "vm.movable_gigantic_pages on kernels that have it",
    "sysctl.vm.hugepages_treat_as_movable": "sysctl.vm.movable_gigantic_pages=1 since 7.0",
    "hugetlb_optimize_vmemmap": "hugetlb_free_vmemmap=on",
    "auto_movable": "memory_hotplug.online_policy=auto-movable",
  ]

  package struct Detail: FindingDetail {
    package var argument: String
    /// Its name with `_` for `-`.
    package var name: String
    package var amounts: FindingAmounts { [:] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .warning }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.argument) means nothing to this kernel",
      remedy: "write \(corrections[detail.name] ?? nearest(detail.name))"
    )
  }

  private static func nearest(_ name: String) -> String {
    // movablecore=acpi was only ever proposed.
    if name == "movablecore" { return "movable_node" }
    let letters = name.lowercased()
    if letters.contains("node") { return "movable_node" }
    return letters.hasPrefix("kernel") ? "kernelcore=" : "movablecore="
  }

  package static func check(_ context: RuleContext) -> RuleOutcome {
    if let unknown = context.lineUnknown { return unknown }
    return .findings(findings(in: context.line))
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    let others = line.words.filter { argument in
      corrections[argument.normalizedName] != nil || argument.asWritten == "movablecore=acpi"
    }
    return (line.zones.lookalikes + others).map { argument in
      line.finding(
        of: Self.self,
        Detail(argument: argument.asWritten, name: argument.normalizedName),
        argument
      )
    }
  }
}
