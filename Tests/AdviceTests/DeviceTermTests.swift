internal import Advice
internal import HostModel
internal import Profiles
internal import Testing

/// Rule device-memmap and the account of the kernel zones speak of the same memory.
@Suite("Page descriptors of DAX devices in the account")
struct DeviceTermTests {
  /// Hosts, and their descriptors in kernel zones.
  static let hosts: [(String, ByteCount)] = [
    ("7.x-pmem-legacy-after", .mebibytes(64)),
    // A page-map device ends before its namespace does.
    ("7.x-pmem-map-mem-after", .kibibytes(65_504)),
    ("5.10-device-dax-after", .kibibytes(65_504)),
    ("6.1-device-dax-after", .kibibytes(16_376)),
    ("6.12-device-dax-after", .kibibytes(16_376)),
    ("7.x-device-dax-after", .kibibytes(16_376)),
    // These lie on the device itself.
    ("7.x-pmem-map-dev-after", .zero),
    // A device that became RAM is hot-added memory.
    ("7.x-dax-kmem-after", .zero),
  ]

  @Test("bear the device's name, not that of hot-added memory", arguments: hosts)
  func term(host: String, size: ByteCount) throws {
    let assessment = try #require(RuleFixture.named(host)).assess()
    let terms = try #require(assessment.demand.value).terms
    #expect(Self.size(of: .memmapDevice, in: terms) == size)
    // The counter has the rest of the namespace too.
    let added = Self.size(of: .memmapHotAdded, in: terms)
    #expect((added >= .mebibytes(2)) == (host == "7.x-dax-kmem-after"), "\(added)")
    #expect(assessment.findings.contains { $0.rule == "device-memmap" } == (size > 0))
  }

  private static func size(of id: TermID, in terms: [DemandTerm]) -> ByteCount {
    terms.filter { $0.id == id }.map(\.now).total()
  }
}
