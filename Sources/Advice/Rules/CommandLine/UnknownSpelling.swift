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

  /// What was meant by a word that looks right and isn't.
  private enum Correction {
    /// The same value under another name.
    case name(String)
    case word(String)
    /// What can't be had by a word of the command line, or not on every kernel.
    case advice(String)
  }

  private static let corrections: [String: Correction] = [
    "online_policy": .name("memory_hotplug.online_policy"),
    "auto_movable_ratio": .name("memory_hotplug.auto_movable_ratio"),
    "auto_movable_numa_aware": .name("memory_hotplug.auto_movable_numa_aware"),
    "memmap_on_memory": .name("memory_hotplug.memmap_on_memory"),
    "memhp_default_online_type": .name("memhp_default_state"),
    "memhp_default": .name("memhp_default_state"),
    "memhp_auto_online": .word("memhp_default_state=online"),
    "auto_online_blocks": .name("memhp_default_state"),
    "movablemem_map": .advice("movable_node, where the firmware marks hot-pluggable memory"),
    "hugepages_treat_as_movable": .advice("vm.movable_gigantic_pages on kernels that have it"),
    "sysctl.vm.hugepages_treat_as_movable": .advice(
      "sysctl.vm.movable_gigantic_pages=1 since 7.0"
    ),
    "hugetlb_optimize_vmemmap": .word("hugetlb_free_vmemmap=on"),
    "auto_movable": .word("memory_hotplug.online_policy=auto-movable"),
  ]

  package struct Detail: FindingDetail {
    package var argument: String
    /// Its name with `_` for `-`.
    package var name: String
    package var value: String?
    package var amounts: FindingAmounts { [:] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .warning }

  package static func words(for detail: Detail) -> FindingText {
    FindingText("\(detail.argument) means nothing to this kernel")
  }

  package static func remedy(for detail: Detail) -> Remedy {
    let correction = corrections[detail.name] ?? nearest(detail)
    func written(_ word: String) -> Remedy {
      .change([.remove(argument: detail.name), .set(word: word)])
    }
    switch correction {
    case .name(let name):
      guard let value = detail.value, !value.isEmpty else {
        return .action("write \(name)= with a value")
      }
      return written("\(name)=\(value)")
    case .word(let word): return written(word)
    case .advice(let text): return .action("write \(text)")
    }
  }

  /// What a word that resembles one of the three was probably meant for.
  private static func nearest(_ detail: Detail) -> Correction {
    // movablecore=acpi was only ever proposed.
    if detail.name == "movablecore" { return .advice("movable_node") }
    let letters = detail.name.lowercased()
    if letters.contains("node") {
      return detail.value == nil ? .word("movable_node") : .advice("movable_node")
    }
    return .name(letters.hasPrefix("kernel") ? "kernelcore" : "movablecore")
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
        Detail(
          argument: argument.asWritten,
          name: argument.normalizedName,
          value: argument.value
        ),
        argument
      )
    }
  }
}
