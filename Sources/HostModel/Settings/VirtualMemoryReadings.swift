/// The `vm.` sysctls that decide about zones.
package struct VirtualMemoryReadings: Hashable, Sendable {
  /// `min_free_kbytes`: what the min watermarks of all zones add up to.
  package var minFree: Reading<ByteCount>
  /// Distance between watermarks in fractions of 10,000.
  package var watermarkScale: Reading<UInt64>
  /// `lowmem_reserve_ratio`, one divisor for each zone but the highest.
  package var lowmemReserve: Reading<[UInt64]>
  /// `compact_unevictable_allowed`: mlocked pages move too.
  package var compactsUnevictable: Reading<Bool>
  /// `overcommit_memory`: 0 guesses, 1 always, 2 never.
  package var overcommit: Reading<UInt64>
  package var swappiness: Reading<UInt64>
  /// `mem_profiling`: each allocation is accounted to its place in the code (since 6.10).
  package var profilesAllocations: Reading<Bool>
  /// `lru_gen/enabled`: user pages are aged in generations, which are evicted from the highest zone
  /// first (since 6.1).
  package var multiGenerationalLRU: Reading<Bool>
  /// `demotion_enabled`: reclaim moves user pages to nodes of slower tiers (since 5.15).
  package var demotes: Reading<Bool>

  /// Nothing has been read yet.
  package init() {
    minFree = .unknown(.missing(input: SettingPath.minFree))
    watermarkScale = .unknown(.missing(input: SettingPath.watermarkScale))
    lowmemReserve = .unknown(.missing(input: SettingPath.lowmemReserve))
    compactsUnevictable = .unknown(.missing(input: SettingPath.compactsUnevictable))
    overcommit = .unknown(.missing(input: SettingPath.overcommit))
    swappiness = .unknown(.missing(input: SettingPath.swappiness))
    profilesAllocations = .unknown(.missing(input: SettingPath.profilesAllocations))
    multiGenerationalLRU = .unknown(.missing(input: SettingPath.multiGenerationalLRU))
    demotes = .unknown(.missing(input: SettingPath.demotion))
  }
}
