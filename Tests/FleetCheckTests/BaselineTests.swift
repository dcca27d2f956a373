internal import FleetCheck
internal import SourceText
internal import Testing

@Suite("Baselines")
struct BaselineTests {
  @Test("With a baseline only new findings are open, wherever the old ones have moved")
  func onlyNew() async throws {
    let fixture = try CheckFixture(["grub": PolicyTests.grub])
    let first = try await fixture.check()
    let known = try #require(first.session.newBaseline)
    #expect(known.count == 2)
    try fixture.write("# moved\n\n" + PolicyTests.grub, to: "grub")
    let moved = try await fixture.check(baseline: known)
    #expect(moved.findings.allSatisfy { $0.isInBaseline })
    #expect(moved.session.summary.inBaseline == 2)
    try fixture.write("GRUB_CMDLINE_LINUX=\"kernelcore=2GB kernelcore=4GB\"\n", to: "grub")
    let more = try await fixture.check(baseline: known)
    #expect(more.findings.contains { $0.isOpen })
  }

  @Test("A baseline is read back as it was written")
  func roundTrip() async throws {
    let fixture = try CheckFixture(["grub": PolicyTests.grub])
    let known = try #require(try await fixture.check().session.newBaseline)
    try fixture.write(String(decoding: known.bytes, as: UTF8.self), to: "baseline.json")
    let read = try Baseline.read(fixture.path + "baseline.json")
    #expect(read.bytes == known.bytes)
  }

  @Test(
    "What is no baseline is refused with its place",
    arguments: ["{", "[]", "{\"schemaVersion\": 2}", "{\"x\": 1}"]
  )
  func noBaseline(text: String) throws {
    let fixture = try CheckFixture(["baseline.json": text])
    let path = fixture.path + "baseline.json"
    #expect(throws: LocatedError.self) { try Baseline.read(path) }
  }
}
