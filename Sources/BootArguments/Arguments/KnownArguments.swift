/// What zonewise knows about kernel arguments by name.
package enum KnownArguments {
  /// Names of the arguments that decide where memory goes: these zonewise may replace or remove.
  package static let ours: Set<String> = [
    "kernelcore", "movablecore", "movable_node", "memhp_default_state",
    "memory_hotplug.online_policy", "memory_hotplug.auto_movable_ratio",
    "memory_hotplug.auto_movable_numa_aware", "memory_hotplug.memmap_on_memory",
  ]

  static let searchedNames: [[UInt8]] = searched.map { Array($0.utf8) }

  /// Those without a value.
  static let flags: [[UInt8]] = [Array("movable_node".utf8)]

  /// Names that other programs have too.
  static let mistakable: [[UInt8]] = ["cma", "hugepages", "hugepagesz"].map { Array($0.utf8) }

  /// Names that tell a kernel command line from other text, wherever it stands: what decides where
  /// memory goes, and what takes memory at boot.
  static let searched: [String] =
    ours.sorted() + [
      "default_hugepagesz", "hugepagesz", "hugepages", "hugetlb_cma", "cma",
    ]

  /// Names that a command line may carry several times, each time with an effect of its own.
  private static let repeatable: Set<String> = [
    "console", "earlycon", "hugepages", "hugepagesz", "memmap", "ip", "ifname", "nameserver",
    "pci", "video", "acpi_osi", "dyndbg", "modprobe.blacklist", "module_blacklist", "crashkernel",
    "systemd.setenv", "systemd.mask", "systemd.wants", "fbcon", "netconsole", "blkdevparts",
  ]

  /// The name with `_` for every `-`: the kernel takes the two for equal.
  package static func key(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// Whether it is an argument that decides where memory goes, or takes memory at boot.
  package static func isKnown(_ name: String) -> Bool {
    searched.contains { key($0) == key(name) } || ["mem", "memmap", "crashkernel"].contains(name)
  }

  static func mayRepeat(_ key: String) -> Bool {
    repeatable.contains(key) || key.hasPrefix("rd.") || key.hasSuffix(".dyndbg")
  }
}
