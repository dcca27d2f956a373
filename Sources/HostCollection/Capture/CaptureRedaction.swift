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
    buffer = Array(redact(String(decoding: buffer, as: UTF8.self)).utf8)
  }

  private static func redaction(of path: String) -> ((String) -> String)? {
    switch path {
    case HostInput.hostName.path: { _ in "redacted\n" }
    case HostInput.commandLine.path: { commandLine($0) + "\n" }
    case HostInput.version.path: version
    case HostInput.swaps.path: swaps
    case _ where path.hasPrefix("/proc/") && path.hasSuffix("/status"): processStatus
    case _ where path.hasSuffix(".rules"): udevRules
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
  private static let keptPrefixes = ["memory_hotplug.", "hugetlb", "zswap.", "dax", "cxl", "nd_"]

  /// Keeps every name and the values that decide about memory; what is meant for init goes.
  static func commandLine(_ line: String) -> String {
    KernelCommandLineText.arguments(line).compactMap { argument -> String? in
      let name = argument.normalizedName
      guard let value = argument.value else {
        // A bare word that is no option's name could be anything.
        return argument.name.utf8.count <= 32 && argument.name.utf8.allSatisfy(isPlain)
          ? argument.name : nil
      }
      if kept.contains(name) || keptPrefixes.contains(where: { name.hasPrefix($0) }) {
        return value.contains(" ") ? "\(argument.name)=\"\(value)\"" : "\(argument.name)=\(value)"
      }
      return "\(argument.name)=redacted"
    }.joined(separator: " ")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || byte - 0x30 < 10 || byte == 0x5F || byte == 0x2D || byte == 0x2E
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

  /// Rules about memory stay on their lines, all others are left out.
  static func udevRules(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.contains("memory") || $0.hasSuffix("\\") ? String($0) : "" }
      .joined(separator: "\n")
  }

  private static func processStatus(_ text: String) -> String {
    text.split(separator: "\n").compactMap { line -> String? in
      if line.hasPrefix("Name:") { return "Name:\tredacted" }
      return line.hasPrefix("Vm") || line.hasPrefix("Rss") || line.hasPrefix("Hugetlb")
        ? String(line) : nil
    }.joined(separator: "\n") + "\n"
  }
}
