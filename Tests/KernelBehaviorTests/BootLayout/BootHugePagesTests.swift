internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Gigantic pages of the command line")
struct BootHugePagesTests {
  private func pages(
    _ line: String,
    on map: MemoryMap,
    kernel release: String = "6.12"
  ) throws -> BootHugePages {
    let kernel = Kernel(
      version: KernelVersion(release: release),
      architecture: map.architecture
    )
    let inputs = BootLayoutInputs(map: map, kernel: kernel)
    let layout = try inputs.predict(inputs.arguments(line))
    return BootHugePages(line, on: map, layout: layout, kernel: kernel)
  }

  @Test("they come from the top of the node, where ZONE_MOVABLE is")
  func top() throws {
    let found = try pages("movablecore=4G hugepagesz=1G hugepages=6", on: Machines.pc(16))
    let pool = try #require(found.pools.first)
    #expect(pool.count == 6)
    // The topmost GiB holds the node's own data; the boundary lies inside one of them.
    #expect(pool.inMovable == 3)
  }

  @Test("without a node they are spread; a full node leaves them to others")
  func spread() throws {
    let even = try pages("hugepagesz=1G hugepages=4", on: Machines.pc(8, 8))
    #expect(even.count(of: .gibibytes(1), on: 0) == 2)
    #expect(even.count(of: .gibibytes(1), on: 1) == 2)
    let full = try pages("hugepagesz=1G hugepages=12", on: Machines.pc(4, 16))
    #expect(full.count(of: .gibibytes(1)) == 12)
    #expect(full.count(of: .gibibytes(1), on: 0) < 4)
  }

  @Test("by node where the line says so; no more than there is")
  func byNode() throws {
    let found = try pages("hugepagesz=1G hugepages=1:3", on: Machines.pc(8, 8))
    #expect(found.count(of: .gibibytes(1), on: 0) == 0)
    #expect(found.count(of: .gibibytes(1), on: 1) == 3)
    let most = try pages("hugepagesz=1G hugepages=1:99", on: Machines.pc(8, 8))
    #expect((5...8).contains(most.count(of: .gibibytes(1), on: 1)))
  }

  @Test("beside hugetlb_cma= the kernel makes none; smaller pages are no matter of boot memory")
  func none() throws {
    let left = try pages("hugetlb_cma=2G hugepagesz=1G hugepages=2", on: Machines.pc(16))
    #expect(left.areLeftToAreas)
    #expect(left.pools.isEmpty)
    #expect(try pages("hugepagesz=2M hugepages=64", on: Machines.pc(16)).pools.isEmpty)
  }

  @Test("sizes are those of the architecture and its pages")
  func sizes() {
    #expect(HugePageSize.sizes(.x86_64, .kib4) == [.mebibytes(2), .gibibytes(1)])
    #expect(HugePageSize.sizes(.arm64, .kib64)?.contains(.gibibytes(1)) == false)
    #expect(HugePageSize.sizes(.arm64, .kib64)?.contains(.mebibytes(512)) == true)
    #expect(HugePageSize.sizes(.m68k, .kib4) == nil)
  }
}
