package import KernelText

/// Who holds a page that stood in the way of a block, as far as the kernel showed it.
package enum PageHolder: String, Hashable, Sendable, CaseIterable {
  /// Reserved at boot: memmap, hash tables, per-cpu areas, firmware's.
  case reserved
  case slab
  case pageTable = "page-table"
  /// Lent to a balloon or a device that plugs memory (PageOffline).
  case balloon
  case hugeTLB = "hugetlb"
  case cma
  case poisoned
  /// References beyond those of page tables and caches: a device, or I/O that is under way.
  case pinned
  case anonymous
  case file
  /// The kernel's, of no kind that the dump names.
  case kernel
  case unknown

  /// By what `dump_page` prints (mm/debug.c), in the order in which the kernel checks
  /// (mm/page_isolation.c, `has_unmovable_pages`).
  package init(_ page: DumpedPage) {
    let type = page.pageType ?? ""
    if page.flags.isEmpty, page.type.isEmpty, page.references == nil {
      self = .unknown
    } else if page.isCMA, page.reason.hasPrefix("unmovable") {
      self = .cma
    } else if page.has("reserved") {
      self = .reserved
    } else if page.has("hwpoison") {
      self = .poisoned
    } else if page.has("slab") || type.contains("slab") {
      self = .slab
    } else if type.contains("table") {
      self = .pageTable
    } else if type.contains("offline") {
      self = .balloon
    } else if type.contains("hugetlb") {
      self = .hugeTLB
    } else if Self.isPinned(page) {
      self = .pinned
    } else if page.type.hasPrefix("anon") || page.type.hasPrefix("ksm") {
      self = .anonymous
    } else if page.file != nil || page.has("lru") {
      self = .file
    } else {
      self = .kernel
    }
  }

  /// Whether a page that should have moved has more references than a page table, a cache and
  /// whoever tried to move it account for.
  private static func isPinned(_ page: DumpedPage) -> Bool {
    guard !page.reason.hasPrefix("unmovable") else { return false }
    if let pins = page.pins, pins > 0 { return true }
    guard let references = page.references, let mapped = page.mapped else { return false }
    // A page of a cache has one reference of it, and one of private data.
    // The swap cache of an anonymous page goes by the flag's general name.
    let isCached = page.file != nil || page.has("swapcache") || page.has("owner_priv_1")
    let expected = mapped + 1 + (isCached ? 1 : 0) + (page.has("private") ? 1 : 0)
    return references > expected
  }

  /// Whether it may ever let go.
  package enum Prospect: String, Hashable, Sendable {
    case never
    /// Once whoever holds it gives it back.
    case whenFreed = "when-freed"
    /// A later attempt may do.
    case later
    case unknown
  }

  package var prospect: Prospect {
    switch self {
    case .reserved: .never
    case .slab, .pageTable, .balloon, .cma, .kernel, .pinned, .poisoned: .whenFreed
    case .hugeTLB, .anonymous, .file: .later
    case .unknown: .unknown
    }
  }
}
