/// What the pages of one memory block are, counted from /proc/kpageflags (root reads it).
package struct PageTally: Hashable, Sendable {
  /// Frames without a page: a hole.
  package var absent: UInt64 = 0
  /// PG_reserved: kernel image, boot tables, memmap. Never offlined.
  package var reserved: UInt64 = 0
  /// In the buddy allocator's free lists.
  package var free: UInt64 = 0
  /// Slab and page tables: kernel memory that can't move.
  package var kernel: UInt64 = 0
  /// On LRU lists or mapped by processes: these move.
  package var user: UInt64 = 0
  /// HugeTLB pages, tail pages included.
  package var huge: UInt64 = 0
  /// Used, without a flag that tells by whom: kernel memory, or free pages on a cpu's own list.
  package var unclear: UInt64 = 0
  package var poisoned: UInt64 = 0

  package init() {}

  /// Counts one page by its flags (include/uapi/linux/kernel-page-flags.h).
  package mutating func add(flags: UInt64) {
    func has(_ bit: UInt64) -> Bool { flags >> bit & 1 == 1 }
    // NOPAGE, RESERVED, HWPOISON, BUDDY, SLAB or PGTABLE, HUGE, and the flags that only user pages
    // and page cache have: UPTODATE, LRU, MMAP, ANON, SWAPCACHE, SWAPBACKED, UNEVICTABLE, MLOCKED.
    if has(20) {
      absent += 1
    } else if has(32) {
      reserved += 1
    } else if has(19) {
      poisoned += 1
    } else if has(10) {
      free += 1
    } else if has(7) || has(26) {
      kernel += 1
    } else if has(17) {
      huge += 1
    } else if [3, 5, 11, 12, 13, 14, 18, 33].contains(where: has) {
      user += 1
    } else {
      unclear += 1
    }
  }

  package var total: UInt64 {
    absent + reserved + free + kernel + user + huge + unclear + poisoned
  }
}
