internal import Advice
internal import FleetCheck
internal import Testing

@Suite("Huge pages that can't be had")
struct HugePagesOutOfReachTests {
  /// 32 GiB with 12 GiB of kernel zones, and gigantic pages wished for at run time.
  private func codes(
    _ keys: String,
    count: Int = 16,
    when: String = "runtime"
  ) async throws -> CheckFixture.Answer {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      classes:
        - name: guest-host
          arch: x86_64
          nodes: [{memory: 32GiB, cpus: 8}]
          hugepages: [{size: 1GiB, count: \(count), when: \(when)}]
          \(keys)
      """
    ])
    return try await fixture.check()
  }

  @Test("pages that don't fit into the kernel zones are an error that names what would give them")
  func runtime() async throws {
    let answer = try await codes("kernel: \"6.12\"\n    cmdline: \"movablecore=20G\"")
    let found = answer.findings.filter { $0.finding.code == "ZW604" }
    #expect(found.count == 1)
    let finding = try #require(found.first?.finding)
    #expect(finding.severity == .error)
    #expect(finding.amounts["asked"] == .count(16))
    #expect(finding.remedy.contains("hugepages=16"))
    #expect(finding.remedy.contains("hugetlb_cma=16G"))
    #expect(!answer.codes(of: "guest-host").contains("ZW104"))
  }

  @Test(
    "the same pages can be had where something lets them",
    arguments: [
      "kernel: \"7.0\"\n    sysctl: {vm.movable_gigantic_pages: 1}\n    cmdline: \"movablecore=20G\"",
      "kernel: \"6.12\"\n    cmdline: \"hugetlb_cma=16G\"",
      "kernel: \"6.12\"\n    cmdline: \"quiet\"",
    ]
  )
  func cured(keys: String) async throws {
    #expect(try await !codes(keys).codes(of: "guest-host").contains("ZW604"))
  }

  @Test("at boot they come from the top of the node, ZONE_MOVABLE or not")
  func boot() async throws {
    let keys = "kernel: \"6.12\"\n    cmdline: \"movablecore=20G\""
    #expect(try await !codes(keys, when: "boot").codes(of: "guest-host").contains("ZW604"))
    #expect(
      try await codes(keys, count: 64, when: "boot").codes(of: "guest-host").contains("ZW604")
    )
  }
}
