package import HostModel

/// The kernel's own rules for how much memory it keeps free.
package enum MinimumFree {
  /// Where `min_free_kbytes` comes from.
  package enum Origin: Hashable, Sendable {
    /// The kernel works it out at boot and whenever memory is added: by the root of what ordinary
    /// kernel allocations can have, raised by khugepaged where huge pages are on.
    case computed(raisedForHugePages: Bool)
    /// Somebody wrote it (`vm.min_free_kbytes`), and most likely does so at the next boot.
    case written(ByteCount)
  }

  /// `min_free_kbytes` (mm/page_alloc.c), raised by khugepaged where the machine has 512 MiB.
  ///
  /// - Parameters:
  ///   - managed: What the page allocator has in the kernel zones.
  ///   - kernelZones: How many of them are populated.
  ///   - pageblockSize: The unit that keeps pages of one mobility together.
  ///   - machine: What it has in all zones, Movable included (`hugepage_init`, mm/huge_memory.c).
  /// - Returns: Bytes over all kernel zones.
  package static func bytes(
    managed: ByteCount,
    kernelZones: UInt64,
    pageblockSize: ByteCount,
    machine: ByteCount
  ) -> ByteCount {
    let plain = plain(managed: managed)
    guard machine >= .mebibytes(512) else { return plain }
    // set_recommended_min_free_kbytes (mm/khugepaged.c): two pageblocks a zone, and one for each pair
    // of mobilities, but no more than 5 %.
    let recommended = pageblockSize * (kernelZones * (2 + 9))
    return max(plain, min(recommended, managed.scaled(by: 1, over: 20)))
  }

  /// `calculate_min_free_kbytes`: without khugepaged.
  package static func plain(managed: ByteCount) -> ByteCount {
    let root = squareRoot((managed.count >> 10) * 16)
    return ByteCount.kibibytes(min(max(root, 128), 262_144))
  }

  /// What a value under known zones must have come from.
  ///
  /// - Parameters:
  ///   - value: `min_free_kbytes` as it is.
  ///   - managed: What the page allocator has in the kernel zones.
  ///   - kernelZones: How many of them are populated.
  ///   - pageblockSize: The unit that keeps pages of one mobility together.
  ///   - machine: What it has in all zones.
  /// - Returns: The kernel's own arithmetic where that gives the value to within 3 %: it leaves high
  ///   watermarks out, which are known only later.
  package static func origin(
    of value: ByteCount,
    managed: ByteCount,
    kernelZones: UInt64,
    pageblockSize: ByteCount,
    machine: ByteCount
  ) -> Origin {
    func isNear(_ own: ByteCount) -> Bool {
      let difference = max(own, value).subtractingOrZero(min(own, value))
      return difference * 100 <= own * 3
    }
    let raised = bytes(
      managed: managed,
      kernelZones: kernelZones,
      pageblockSize: pageblockSize,
      machine: machine
    )
    if isNear(raised) { return .computed(raisedForHugePages: true) }
    return isNear(plain(managed: managed)) ? .computed(raisedForHugePages: false) : .written(value)
  }

  /// Whether a zone has a part of `min_free_kbytes` by its size (`__setup_per_zone_wmarks`).
  ///
  /// HighMem never has, nor has Movable that was cut from it; elsewhere Movable had up to 6.5.
  package static func isShared(by zone: ZoneKind, under kernel: Kernel, is64Bit: Bool) -> Bool {
    switch zone {
    case .highMem, .device: false
    case .movable: is64Bit && !kernel.hasOrAssumed(.movableKeepsNoMinimum)
    default: true
    }
  }

  /// What a zone keeps that has no part: 1/1024 of it, from 32 to 128 pages.
  package static func token(of managed: PageCount) -> PageCount {
    min(max(managed.scaled(by: 1, over: 1024), 32), 128)
  }

  /// `int_sqrt`: the largest number whose square is not above `value`.
  static func squareRoot(_ value: UInt64) -> UInt64 {
    guard value > 1 else { return value }
    var low: UInt64 = 1
    var high: UInt64 = 1 << UInt64((64 - value.leadingZeroBitCount + 1) / 2)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if middle <= value / middle { low = middle } else { high = middle }
    }
    return low
  }
}
