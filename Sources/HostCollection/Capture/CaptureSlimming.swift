internal import HostModel
internal import KernelText
package import SystemIO

/// Leaves out of a host's files what advice never needs: lists of each cpu's pages, counters of events,
/// options of the kernel that are not about memory. What is left reads as the whole files do.
package struct CaptureSlimming: RewrittenSource {
  let base: any HostSource

  package init(_ base: any HostSource) { self.base = base }

  package func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    try base.read(path, limit: limit, into: &buffer)
    if path == HostInput.config.path {
      // What can't be unpacked stays as it is, for its reader to refuse.
      buffer = Gunzip.unpackedIfPacked(buffer, limit: limit) ?? buffer
    }
    guard let slim = Self.slimming(of: path) else { return }
    let text = String(decoding: buffer, as: UTF8.self)
    guard let shorter = slim(text) else { throw .missing }
    buffer = Array(shorter.utf8)
  }

  /// What makes the file shorter; it answers nil where nothing of the file is needed.
  private static func slimming(of path: String) -> ((String) -> String?)? {
    switch path {
    case HostInput.zoneinfo.path: return zoneinfo
    case HostInput.vmstat.path: return counters
    case HostInput.meminfo.path: return squeezed
    case HostInput.pagetypeinfo.path: return pageTypes
    case HostInput.modules.path: return modules
    case HostInput.iomem.path: return memoryMap
    case HostInput.osRelease.path: return systemName
    case HostInput.config.path: return config
    case "/proc/1/limits": return pinLimit
    default: break
    }
    if path.hasPrefix("/boot/config-") { return config }
    if path.hasSuffix(".rules") { return udevRules }
    guard path.hasPrefix(HostInput.nodes.path + "/") else { return nil }
    if path.hasSuffix("/vmstat") { return counters }
    return path.hasSuffix("/meminfo") ? { squeezed($0) } : nil
  }

  // MARK: Files

  /// With the pages on all cpus' lists as those of one. What is not whole stays as it is, for its
  /// reader to refuse.
  private static func zoneinfo(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard var info = try? ZoneInfoText.parse(bytes.span, file: "") else { return text }
    for node in info.nodes.indices {
      for zone in info.nodes[node].zones.indices {
        let lists = info.nodes[node].zones[zone].pagesets
        guard var first = lists.first else { continue }
        first.count = info.nodes[node].zones[zone].perCPUFree.count
        info.nodes[node].zones[zone].pagesets = [first]
      }
    }
    return squeezed(ZoneInfoText.render(info))
  }

  /// How much there is of what, and what the balloon did; not how often anything happened.
  private static func counters(_ text: String) -> String? {
    keep(text) { $0.hasPrefix("nr_") || $0.hasPrefix("balloon_") }
  }

  /// The blocks of each type, and of the lists of free pages one row a zone, which shows that the
  /// zone is there.
  private static func pageTypes(_ text: String) -> String? {
    var zones: Set<Substring> = []
    return keep(text) { line in
      guard let type = line.firstRange(of: ", type ") else { return true }
      return zones.insert(line[..<type.lowerBound]).inserted
    }
  }

  private static func systemName(_ text: String) -> String? {
    keep(text) { $0.hasPrefix("PRETTY_NAME=") }
  }

  private static func pinLimit(_ text: String) -> String? {
    keep(text) { $0.hasPrefix("Max locked memory") }
  }

  /// Names without sizes and users.
  private static func modules(_ text: String) -> String? {
    text.split(separator: "\n").map { line in
      "\(line.prefix { $0 != " " }) 0\n"
    }.joined()
  }

  /// The outermost ranges, and those inside them that are memory or the kernel's.
  private static func memoryMap(_ text: String) -> String? {
    keep(text) { line in
      !line.hasPrefix(" ")
        || ["System RAM", "Kernel ", "Crash kernel"].contains { line.contains(" : \($0)") }
    }
  }

  /// Parts of the names of options that are about memory, or tell the architecture.
  private static let options = [
    "MEM", "MHP", "PAGE", "HUGE", "MIGRATION", "BALLOON", "COMPACTION", "KASAN", "KMSAN", "KFENCE",
    "KCSAN", "SLUB", "SLAB", "CMA", "ZRAM", "ZSWAP", "ZSMALLOC", "SWAP", "VMAP", "NUMA", "DAX",
    "CXL",
    "HOTPLUG", "HOTREMOVE", "X86_64=", "X86_32=", "ARM64=", "ARM=", "PPC64=", "S390=", "LOONGARCH=",
    "RISCV=", "NR_CPUS", "PREEMPT_RT", "LRU", "KEXEC", "CRASH", "SECRET", "GUEST", "XEN",
  ]

  private static func config(_ text: String) -> String? {
    keep(text) { line in
      line.contains("CONFIG_") && options.contains { line.contains($0) }
    }
  }

  /// Rules about memory on the lines where they stand; a file without any is not needed.
  private static func udevRules(_ text: String) -> String? {
    text.contains("memory") ? CaptureRedaction.udevRules(text) : nil
  }

  // MARK: Lines

  private static func keep(_ text: String, _ isNeeded: (Substring) -> Bool) -> String {
    text.split(separator: "\n").filter(isNeeded).map { $0 + "\n" }.joined()
  }

  /// Without blanks that only line up columns.
  private static func squeezed(_ text: String) -> String? {
    text.split(separator: "\n").map { line in
      line.split(separator: " ").joined(separator: " ") + "\n"
    }.joined()
  }
}
