/// HugeTLB as the host shows it: its pools, and what the kernel does with their pages.
package struct HugePageReadings: Hashable, Sendable {
  /// The host's pools (node nil).
  package var pools: Reading<[HugePagePool]>
  /// `vm.movable_gigantic_pages`: gigantic pages may come from ZONE_MOVABLE (since 7.0).
  package var movableGigantic: Reading<Bool>
  /// `vm.hugetlb_optimize_vmemmap`: most page descriptors of a huge page are given back.
  package var optimizesVmemmap: Reading<Bool>

  /// Nothing has been read yet.
  package init() {
    pools = .unknown(.missing(input: "/sys/kernel/mm/hugepages"))
    movableGigantic = .unknown(.missing(input: SettingPath.movableGigantic))
    optimizesVmemmap = .unknown(.missing(input: SettingPath.optimizesVmemmap))
  }
}
