internal import Advice
internal import HostModel
internal import Testing

@Suite("Rules that can't look")
struct UnknownOutcomeTests {
  @Test(
    "say so instead of passing",
    arguments: [
      "unmovable-balloon", "balloon-migration-off", "device-memmap", "kmem-memmap",
      "onliner-conflict", "pin-headroom", "pin-migration-cost",
    ]
  )
  func devices(slug: String) throws {
    // A root without /sys/bus, /sys/class and udev's rules.
    let outcome = try #require(RuleFixture.outcomes["6.1-two-nodes-kernelcore"])[slug]
    guard case .unknown(let input)? = outcome else {
      Issue.record("\(slug): \(String(describing: outcome))")
      return
    }
    #expect(!input.input.isEmpty && !input.reason.isEmpty && !input.effect.isEmpty)
  }

  @Test(
    "say so where counters are missing",
    arguments: ["page-table-growth", "block-device-cache", "pinned-memory"]
  )
  func counters(slug: String) throws {
    let outcome = try #require(RuleFixture.outcomes["without-counters"])[slug]
    guard case .unknown? = outcome else {
      Issue.record("\(slug): \(String(describing: outcome))")
      return
    }
  }

  @Test("are listed once for each input and reason")
  func merged() throws {
    let unknown = try #require(RuleFixture.named("6.1-two-nodes-kernelcore")).assess().unknown
    let keys = unknown.map { $0.input + ": " + $0.reason }
    #expect(Set(keys).count == keys.count)
  }
}
