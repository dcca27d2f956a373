internal import Advice
internal import FleetCheck
internal import HostModel
internal import Profiles
internal import SourceText
internal import Testing

/// Needs as specs and profiles say them.
@Suite("Needs in specs and profiles")
struct NeedSpecTests {
  @Test("check holds a class to its needs, and points at them")
  func check() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      defaults: {arch: x86_64, kernel: "6.12", nodes: [{memory: 64GiB, cpus: 16}]}
      classes:
        - name: lacks
          cmdline: movablecore=40G
          needs: ["hugetlb:1GiB=32"]
        - name: has
          cmdline: movablecore=40G hugepagesz=1G hugepages=32
          needs: ["hugetlb:1GiB=32"]
        - name: never
          needs: ["pin=80GiB"]
      """
    ])
    let answer = try await fixture.check()
    let found = answer.findings.filter { $0.finding.code == "ZW605" }
    #expect(found.map(\.location.line) == [6, 11])
    #expect(found.first?.finding.remedy == "boot with hugepagesz=1G hugepages=32")
    #expect(answer.codes(of: "has").allSatisfy { $0 != "ZW605" })
  }

  @Test(
    "what is wrong in a spec is refused with its place",
    arguments: [
      ("needs: [\"hugetlb:1GiB\"]", 13, "lacks its amount"),
      ("needs: [\"pin=1GiB\", \"pin=2GiB\"]", 25, "asked for twice"),
      ("needs: [\"pin=1GiB\", \"pin=2GiB@0\"]", 25, "on one node and on any"),
      ("needs: 3", 12, "needs must be a list"), ("needs: [{a: b}]", 13, "a need is a text"),
    ]
  )
  func garbage(keys: String, column: Int, message: String) async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": """
      schema: 1
      classes:
        - name: a
          arch: x86_64
          nodes: [{memory: 64GiB}]
          \(keys)
      """
    ])
    let failure = try #require(try await fixture.check().failures.first)
    #expect(failure.message.contains(message), "\(failure)")
    #expect(failure.place.line == 6)
    #expect(failure.place.column == column, "\(failure)")
  }

  @Test("a profile's needs are asked for of every host, each with its reason")
  func profile() throws {
    let head = "schema: 1\nname: mine\ntitle: Mine\nextends: general\n"
    let profile = try ProfileReader.read(
      head + "needs:\n- {need: \"pin=8GiB\", why: 8 GiB of guests.}\n",
      file: "mine.yaml"
    )
    #expect(profile.needs.map(\.text) == ["pin=8GiB"])
    #expect(profile.rationale.contains("need pin=8GiB: 8 GiB of guests."))
    for (text, message) in [
      ("needs:\n- {need: \"pin=8GiB\"}\n", "why"), ("needs:\n- {need: pin, why: x}\n", "amount"),
      ("needs: {}\n", "list"),
      ("needs:\n- {need: cma=1G, why: x}\n- {need: cma=2G, why: x}\n", "twice"),
    ] {
      let error = #expect(throws: LocatedError.self) {
        try ProfileReader.read(head + text, file: "mine.yaml")
      }
      #expect(error?.message.contains(message) == true, "\(text): \(error?.message ?? "")")
    }
  }
}
