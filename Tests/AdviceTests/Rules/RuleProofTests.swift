internal import Advice
internal import HostModel
internal import Testing

/// Machines that were booted, looked at, put under load and looked at again.
@Suite("On booted kernels")
struct RuleProofTests {
  struct Proof: Sendable, CustomTestStringConvertible {
    var machine: String
    var code: String
    /// What the kernel's own counters say has happened, in bytes.
    var moved: @Sendable (HostSnapshot, HostSnapshot) -> UInt64?
    /// The amount of the finding that has to be as large.
    var amount = "size"

    var testDescription: String { "\(machine) \(code)" }
  }

  static let proofs: [Proof] = [
    Proof(machine: "6.1-page-tables", code: "ZW106", moved: rise(.pageTables)),
    Proof(machine: "6.1-ramfs", code: "ZW112", moved: rise(.unevictable)),
    Proof(machine: "7.x-block-cache", code: "ZW111", moved: rise(.buffers)),
    Proof(machine: "6.12-hot-added-offline", code: "ZW108", moved: fall(.memFree)),
    Proof(machine: "7.x-gigantic-pages", code: "ZW104", moved: rise(.hugeTLB)),
    Proof(machine: "7.x-anonymous-spills", code: "ZW114", moved: kernelZones(\.free)),
    Proof(machine: "5.10-pin", code: "ZW406", moved: outstandingPins),
    Proof(machine: "6.12-pin", code: "ZW401", moved: kernelZones(\.free)),
    Proof(machine: "6.1-balloon", code: "ZW203", moved: fall(.memTotal), amount: "held"),
    Proof(machine: "7.x-balloon", code: "ZW203", moved: fall(.memTotal), amount: "held"),
    Proof(machine: "6.1-balloon", code: "ZW203", moved: kernelZones(\.managed)),
    Proof(machine: "7.x-balloon", code: "ZW203", moved: kernelZones(\.managed)),
    Proof(machine: "6.1-i386-unmovable-hugepages", code: "ZW105", moved: taken),
    Proof(machine: "7.x-secret", code: "ZW112", moved: taken),
    Proof(machine: "7.x-locked", code: "ZW113", moved: taken),
    Proof(machine: "7.x-zram-swap", code: "ZW115", moved: taken),
    Proof(machine: "6.12-min-free", code: "ZW116", moved: reserved),
    Proof(machine: "7.x-optimized-hugepages", code: "ZW118", moved: descriptorsFreed),
    Proof(machine: "7.x-cma", code: "ZW109", moved: rise(.cmaTotal)),
    Proof(machine: "6.12-slub-debug", code: "ZW110", moved: rise(.slab)),
    Proof(machine: "7.x-pmem-legacy", code: "ZW205", moved: taken),
    Proof(machine: "7.x-pmem-map-mem", code: "ZW205", moved: taken),
    Proof(machine: "5.10-device-dax", code: "ZW205", moved: taken),
    Proof(machine: "6.1-device-dax", code: "ZW205", moved: taken),
    Proof(machine: "6.12-device-dax", code: "ZW205", moved: taken),
    Proof(machine: "7.x-device-dax", code: "ZW205", moved: taken),
    Proof(machine: "7.x-dax-kmem", code: "ZW206", moved: taken),
    Proof(machine: "7.x-hot-added-8G", code: "ZW207", moved: taken),
    Proof(machine: "7.x-virtio-mem", code: "ZW207", moved: taken),
    Proof(machine: "7.x-generic-rdma-pin", code: "ZW401", moved: taken),
    Proof(machine: "7.x-generic-vfio-pin", code: "ZW401", moved: taken),
    Proof(machine: "7.x-pipes", code: "ZW903", moved: taken),
  ]

  @Test("a rule tells within 5 % what the kernel's counters moved by", arguments: proofs)
  func size(proof: Proof) throws {
    let before = try #require(RuleFixture.named(proof.machine + "-before")).snapshot()
    let after = try #require(RuleFixture.named(proof.machine + "-after")).snapshot()
    let moved = try #require(proof.moved(before, after))
    let findings = try #require(RuleFixture.findings[proof.machine + "-after"])
      .filter { $0.code == proof.code }
    let amounts = findings.flatMap { [$0.amounts] + $0.elsewhere.map(\.amounts) }
    let told = amounts.compactMap { $0.bytes(proof.amount) }.total().count
    let difference = told > moved ? told - moved : moved - told
    #expect(difference * 20 <= moved, "told \(told), moved \(moved): \(findings.map(\.message))")
  }

  @Test("a rule is silent before anything has happened", arguments: proofs)
  func silence(proof: Proof) throws {
    let findings = try #require(RuleFixture.findings[proof.machine + "-before"])
    #expect(!findings.contains { $0.code == proof.code })
  }

  @Test(
    "what describes itself costs the kernel zones nothing, and no rule says so",
    arguments: [
      ("7.x-pmem-map-dev", "ZW205"), ("7.x-dax-kmem-described-on-itself", "ZW206"),
      ("7.x-offline-described-on-itself", "ZW207"),
    ]
  )
  func describedElsewhere(machine: String, code: String) throws {
    let before = try #require(RuleFixture.named(machine + "-before")).snapshot()
    let after = try #require(RuleFixture.named(machine + "-after")).snapshot()
    // Devices and slab of drivers; descriptors would be 16 MiB or 64 MiB.
    #expect(try #require(Self.taken(before, after)) < 4 << 20)
    let findings = try #require(RuleFixture.findings[machine + "-after"])
    #expect(!findings.contains { $0.code == code })
  }

  // MARK: The kernel's counters

  private static func rise(_ field: MeminfoField)
    -> @Sendable (HostSnapshot, HostSnapshot) -> UInt64?
  {
    { before, after in
      guard let old = meminfo(before, field), let new = meminfo(after, field) else { return nil }
      return new &- old
    }
  }

  private static func fall(_ field: MeminfoField)
    -> @Sendable (HostSnapshot, HostSnapshot) -> UInt64?
  {
    { before, after in rise(field)(after, before) }
  }

  private static let outstandingPins: @Sendable (HostSnapshot, HostSnapshot) -> UInt64? = {
    before,
    after in
    guard let old = before.pins.system.value, let new = after.pins.system.value else { return nil }
    return new.subtracting(old).map { $0.count << 12 }
  }

  /// What kernel zones have lost, pages that wait on per-cpu lists counted as free.
  private static let taken: @Sendable (HostSnapshot, HostSnapshot) -> UInt64? = { before, after in
    func free(_ snapshot: HostSnapshot) -> UInt64? {
      snapshot.zoneinfo.value?.nodes.flatMap(\.kernelZones)
        .reduce(0) { $0 + ($1.free.value ?? .zero).count + $1.perCPUFree.count }
    }
    guard let old = free(before), let new = free(after), old > new else { return nil }
    return (old - new) << 12
  }

  /// What was asked for with vm.min_free_kbytes, all of which the kernel zones have to hold back.
  private static let reserved: @Sendable (HostSnapshot, HostSnapshot) -> UInt64? = { _, after in
    after.virtualMemory.minFree.value?.count
  }

  /// Page descriptors that there were before and are no more.
  private static let descriptorsFreed: @Sendable (HostSnapshot, HostSnapshot) -> UInt64? = {
    before,
    after in
    func descriptors(_ snapshot: HostSnapshot) -> UInt64? {
      (snapshot.vmstat.bootMemmap + snapshot.vmstat.memmap).value?.count
    }
    guard let old = descriptors(before), let new = descriptors(after) else { return nil }
    return (old - new) << 12
  }

  private static func meminfo(_ snapshot: HostSnapshot, _ field: MeminfoField) -> UInt64? {
    snapshot.meminfo.value?[field].value?.count
  }

  /// What the zones that the kernel uses have lost.
  private static func kernelZones(
    _ size: any KeyPath<ZoneSnapshot, Reading<PageCount>> & Sendable
  ) -> @Sendable (HostSnapshot, HostSnapshot) -> UInt64? {
    { before, after in
      func sum(_ snapshot: HostSnapshot) -> UInt64? {
        snapshot.zoneinfo.value?.nodes.flatMap(\.kernelZones)
          .compactMap { $0[keyPath: size].value }.total().count
      }
      guard let old = sum(before), let new = sum(after), old > new else { return nil }
      return (old - new) << 12
    }
  }
}
