package import HostModel

/// What a log says of memory that would not go offline (mm/memory_hotplug.c, mm/page_isolation.c,
/// mm/debug.c, and the drivers that asked for it).
package struct OffliningLog: Hashable, Sendable {
  /// The pages that stood in the way, in order, as the kernel showed them.
  package var pages: [DumpedPage] = []
  /// What else was said of attempts that failed.
  package var failures: [Failure] = []
  /// Blocks that went offline, by their pages.
  package var offlined: [PageCount] = []

  package init() {}

  package var isEmpty: Bool { pages.isEmpty && failures.isEmpty }

  /// The line of the first thing that was said.
  package var line: Int { (pages.map(\.line) + failures.map(\.line)).min() ?? 1 }

  /// An attempt that failed, in the words of whoever made it.
  package struct Failure: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// `memory memory20: Offline failed.`
      case block(UInt64)
      /// `memory offlining [mem 0x138000000-0x13fffffff] failed due to unmovable page`
      case range(firstByte: UInt64, lastByte: UInt64, reason: String)
      /// `migrating pfn 13ff00 failed ret:1`
      case migration(frame: UInt64, result: Int64)
      /// `failed to isolate pfn 13ff00`
      case isolation(frame: UInt64)
      /// arm64: `Boot memory [138000000 140000000] offlining attempted`
      case bootMemory(firstByte: UInt64, endByte: UInt64)
      /// pseries, ACPI and others: `Memory hot-remove failed, adding LMB's back`
      case hotRemove(String)
    }

    package var line: Int
    package var kind: Kind
  }
}

/// A page as `dump_page` shows it.
package struct DumpedPage: Hashable, Sendable {
  /// Line of the log on which it begins.
  package var line: Int
  package var frame: UInt64?
  /// References of all kinds, and how many of them are page tables of processes.
  package var references: Int64?
  package var mapped: Int64?
  /// Long-term pins, which the kernel counts for compound pages.
  package var pins: Int64?
  /// log2 of the pages of a compound page.
  package var order: UInt8?
  /// What the kernel puts in front of the flags: `anon`, `ksm`; empty for others.
  package var type = ""
  package var flags: [String] = []
  package var node: UInt32?
  /// The zone's place among those of the kernel.
  package var zone: UInt8?
  package var isCMA = false
  /// What it is instead of a page of data: `slab`, `hugetlb`, `offline`, `guard`, `table`.
  package var pageType: String?
  /// The file that it belongs to: `aops:xfs_address_space_operations ino:1f dentry name:"libc.so"`.
  package var file: String?
  /// `unmovable page`, `migration failure`, `isolation failed`.
  package var reason = ""
  /// Who allocated it, where page_owner= was on: the innermost functions.
  package var owner: [String] = []

  package init(line: Int) { self.line = line }

  package func has(_ flag: String) -> Bool { flags.contains(flag) }
}
