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
    "sysctl.vm.hugepages_treat_as_movable": "sysctl.vm.movable_gigantic_pages=1 after 6.18",
    "hugetlb_optimize_vmemmap": "hugetlb_free_vmemmap=on",
    "auto_movable": "memory_hotplug.online_policy=auto-movable",
  ]

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.commandLine.value != nil else {
      return .unknown(context.snapshot.commandLine.reason, effect: "arguments in force are unknown")
    }
    return .findings(findings(in: context.line))
  }

  /// Wrong spellings in any command line.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    var found = line.zones.lookalikes.map { argument in
      finding(argument, line, instead: nearest(argument.normalizedName))
    }
    for argument in line.words {
      if let correction = corrections[argument.normalizedName] {
        found.append(finding(argument, line, instead: correction))
      } else if argument.normalizedName == "movablecore", argument.value == "acpi" {
        found.append(finding(argument, line, instead: "movable_node"))
      }
    }
    return found
  }

  private static func finding(
    _ argument: KernelArgument,
    _ line: ArgumentContext,
    instead: String
  ) -> Finding {
    Finding(
      Self.self,
      .warning,
      message: "\(argument.asWritten) means nothing to this kernel",
      evidence: [line.evidence(argument).description],
      remedy: "write \(instead)",
      location: line.place(of: argument)
    )
  }

  private static func nearest(_ name: String) -> String {
    let letters = name.lowercased()
    if letters.contains("node") { return "movable_node" }
    return letters.hasPrefix("kernel") ? "kernelcore=" : "movablecore="
  }
}
