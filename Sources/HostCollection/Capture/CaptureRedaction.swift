internal import HostModel
internal import KernelText
package import SystemIO

/// Takes out of a host's files what says whose host it is: its name, addresses, what else runs on
/// it. Sizes and counters stay as they are.
package struct CaptureRedaction: RewrittenSource {
  let base: any HostSource

  package init(_ base: any HostSource) { self.base = base }

  package func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    try base.read(path, limit: limit, into: &buffer)
    guard let redact = Self.redaction(of: path) else { return }
    if path == HostInput.config.path {
      // What can't be unpacked can't be looked through either; its reader refuses an empty one.
      buffer = Gunzip.unpackedIfPacked(buffer, limit: limit) ?? []
    }
    buffer = Array(redact(String(decoding: buffer, as: UTF8.self)).utf8)
  }

  private static func redaction(of path: String) -> ((String) -> String)? {
    switch path {
    case HostInput.hostName.path: { _ in "redacted\n" }
    case HostInput.commandLine.path: { commandLine($0) + "\n" }
    case HostInput.version.path: version
    case HostInput.swaps.path: swaps
    case HostInput.osRelease.path: systemName
    case HostInput.cpuinfo.path: processor
    case HostInput.config.path: kernelConfig
    case _ where path.hasPrefix("/boot/config-"): kernelConfig
    case _ where path.hasPrefix("/proc/") && path.hasSuffix("/status"): processStatus
    case _ where path.hasSuffix(".rules"): { udevRules(withoutRemarks($0)) }
    case _ where path.hasPrefix("/etc/daxctl.conf"): daxctl
    default: nil
    }
  }

  // MARK: The kernel's command line

  /// Arguments whose values decide about memory, and say nothing about whose host it is.
  private static let kept: Set<String> = [
    "kernelcore", "movablecore", "mem", "memmap", "memory_corruption_check", "hugepages",
    "hugepagesz", "default_hugepagesz", "hugetlb_cma", "hugetlb_cma_only", "cma", "cma_pernuma",
    "numa_cma", "crashkernel", "memhp_default_state", "numa", "numa_balancing",
    "numa_zonelist_order",
    "transparent_hugepage", "thp_anon", "thp_shmem", "swiotlb", "deferred_init", "kasan",
    "page_owner", "page_poison",
    "debug_pagealloc", "slub_debug", "slab_debug", "init_on_alloc", "init_on_free", "nr_cpus",
    "maxcpus", "possible_cpus", "iommu", "intel_iommu", "amd_iommu", "vmalloc", "percpu_alloc",
    "reserve_mem", "kfence.sample_interval", "efi", "hugetlb_free_vmemmap", "movable_node",
    "cgroup.memory", "swapaccount", "mitigations", "pti", "kho", "accept_memory",
  ]
  private static let keptPrefixes = [
    "memory_hotplug.", "hugetlb", "zswap.", "dax.", "dax_", "device_dax.", "cxl_", "nd_",
  ]

  /// The kernel's options that have no value. Any other word alone may be a name, an address or a token.
  private static let options: Set<String> = [
    "ro", "rw", "quiet", "debug", "splash", "rootwait", "nosmp", "nomodeset", "nokaslr", "kaslr",
    "noapic", "nolapic", "nopti", "nosmt", "nosmap", "nosmep", "noexec", "noinitrd", "nohz",
    "nofb", "nopat", "nopku", "nopv", "nopvspin", "nowatchdog", "nosoftlockup", "nomca", "nomce",
    "nohibernate", "noresume", "nospec_store_bypass_disable", "nospectre_v1", "nospectre_v2",
    "keepinitrd", "ignore_loglevel", "initcall_debug", "hashdist", "threadirqs", "single",
    "nvmem", "earlyprintk", "earlycon", "acpi_no_memhotplug", "nohugeiomap", "nohugevmalloc",
    "movable_node", "disable_mtrr_cleanup", "enable_mtrr_cleanup", "no_hash_pointers",
    "slab_nomerge", "slub_nomerge", "slab_merge", "slub_merge", "page_owner", "kmemleak",
  ]
  /// What a misspelt argument about memory has in it: a rule reads those.
  private static let parts = ["movable", "kernelcore", "hotplug", "memhp", "hugepage"]

  /// Keeps names and the values that decide about memory; what is meant for init goes.
  static func commandLine(_ line: String) -> String {
    KernelCommandLineText.arguments(line).map { argument -> String in
      let name = argument.normalizedName
      guard let value = argument.value else {
        let isKnown = options.contains(name) || kept.contains(name)
        let isNear = isName(name) && parts.contains { name.contains($0) }
        return isKnown || isNear ? argument.name : "redacted"
      }
      if kept.contains(name) || keptPrefixes.contains(where: { name.hasPrefix($0) }) {
        return value.contains(" ") ? "\(argument.name)=\"\(value)\"" : "\(argument.name)=\(value)"
      }
      return isName(name) ? "\(argument.name)=redacted" : "redacted=redacted"
    }.joined(separator: " ")
  }

  /// Whether a word may be the name of an argument: not an address, a number or a token.
  private static func isName(_ word: String) -> Bool {
    let bytes = word.utf8
    let isPlain = bytes.allSatisfy {
      (0x61...0x7A).contains($0 | 0x20) || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2E
    }
    let digits = bytes.count { $0 &- 0x30 < 10 }
    let isNumber =
      digits > 0
      && bytes.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || (0x61...0x66).contains($0 | 0x20) }
    return isPlain && !isNumber && bytes.count <= 48 && digits <= 4 && digits * 2 < bytes.count
  }

  // MARK: Other files

  /// Who built the kernel, and on which machine, goes.
  private static func version(_ text: String) -> String {
    text.split(separator: " ").prefix(3).joined(separator: " ") + "\n"
  }

  private static func swaps(_ text: String) -> String {
    var lines: [String] = []
    for (index, line) in text.split(separator: "\n").enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" }
      if index == 0 || words.count < 5 {
        lines.append(String(line))
      } else {
        lines.append(
          (["/redacted\(index)"] + words.suffix(4).map { String($0) }).joined(separator: "\t")
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rules about memory stay on their lines, all others are left out. A rule goes on behind a `\`.
  static func udevRules(_ text: String) -> String {
    var rule: [Substring] = []
    var kept: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rule.append(line)
      if line.hasSuffix("\\") { continue }
      kept += ofMemory(rule)
      rule = []
    }
    return (kept + ofMemory(rule)).joined(separator: "\n")
  }

  private static func ofMemory(_ rule: [Substring]) -> [String] {
    let isKept = rule.contains { $0.contains("memory") }
    return rule.map { isKept ? String($0) : "" }
  }

  /// Texts in quotes are names and paths of whoever built the kernel, and its own command line.
  private static func kernelConfig(_ text: String) -> String { lines(text) { !$0.contains("\"") } }

  /// What the system calls itself, without the addresses of whoever made it.
  private static func systemName(_ text: String) -> String {
    lines(text) {
      $0.hasPrefix("PRETTY_NAME=") || $0.hasPrefix("NAME=") || $0.hasPrefix("VERSION=")
    }
  }

  /// Some processors have a number of their own, which stands here.
  private static func processor(_ text: String) -> String {
    lines(text) { !$0.lowercased().hasPrefix("serial") }
  }

  /// What becomes of devices, and not which they are.
  private static func daxctl(_ text: String) -> String {
    let words = ["mode", "online", "movable", "no-online", "no-movable"]
    return withoutRemarks(text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        if line.hasPrefix("[") {
          // A section's own name is free.
          let words = line.dropFirst().prefix { $0 != "]" }.split(separator: " ")
          return words.first.map { "[\($0)]" } ?? ""
        }
        let name = line.prefix { $0 != "=" && $0 != " " && $0 != "\t" }
        return words.contains(String(name)) ? String(line) : ""
      }.joined(separator: "\n")
  }

  /// Without what somebody wrote beside the settings; lines stay where they are.
  private static func withoutRemarks(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") ? "" : String($0) }
      .joined(separator: "\n")
  }

  private static func lines(_ text: String, _ isKept: (Substring) -> Bool) -> String {
    text.split(separator: "\n").filter(isKept).map { $0 + "\n" }.joined()
  }

  private static func processStatus(_ text: String) -> String {
    text.split(separator: "\n").compactMap { line -> String? in
      if line.hasPrefix("Name:") { return "Name:\tredacted" }
      return line.hasPrefix("Vm") || line.hasPrefix("Rss") || line.hasPrefix("Hugetlb")
        ? String(line) : nil
    }.joined(separator: "\n") + "\n"
  }
}
