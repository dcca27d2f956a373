internal import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import Testing

@Suite("Remedies that cure")
struct RemedyTests {
  @Test(
    "words of changes stand in one place",
    arguments: [
      (
        [Change.set(word: "kernelcore=3G"), .remove(argument: "movablecore")],
        "boot with kernelcore=3G instead of movablecore"
      ),
      ([.remove(argument: "kernelcore", value: "1G")], "boot without kernelcore=1G"),
      (
        [.write(path: "/proc/sys/vm/min_free_kbytes", value: "4096")],
        "set sysctl vm.min_free_kbytes=4096"
      ),
      ([.write(path: "/sys/a/b", value: "1")], "write 1 to /sys/a/b"),
      ([.reserve(pages: 4, of: .gibibytes(1))], "boot with hugepagesz=1G hugepages=4"),
      (
        [.set(word: "a=1"), .write(path: "/proc/sys/b/c", value: "2")],
        "boot with a=1, and set sysctl b.c=2"
      ),
    ]
  )
  func words(changes: [Change], text: String) {
    #expect(Remedy.change(changes).text == text)
    #expect(Remedy.change(changes, note: "why").text == text + ": why")
  }

  /// Findings whose remedy is a setting or an argument, applied to the host that was read.
  @Test("on every recorded host", arguments: RuleFixture.all.map(\.name))
  func hosts(name: String) throws {
    let fixture = try #require(RuleFixture.named(name))
    let host = try fixture.snapshot()
    let found = try #require(RuleFixture.findings[name])
    for finding in found where !finding.changes.isEmpty {
      let words = finding.changes.flatMap { $0.added + $0.removed }
      if words.contains(where: { $0.contains("core") || $0.hasPrefix("movable_node") }) {
        try layout(finding, host)
      } else {
        try settings(finding, host, found)
      }
    }
  }

  /// Another division of memory: predicted for the next boot.
  private func layout(_ finding: Finding, _ host: HostSnapshot) throws {
    let line = RemediedHost.commandLine(finding.changes, of: host)
    let inputs = try BootLayoutInputs(snapshot: host)
    let then = try Prediction(
      inputs,
      source: host.source,
      asked: line,
      blockSize: host.memoryBlocks.value?.blockSize
    )
    #expect(!then.findings.contains { $0.risk == finding.risk }, "\(finding.message): \(line)")
    let errors = then.findings.filter { $0.severity == .error }.map(\.message)
    #expect(errors == [], "\(finding.code): \(line)")
  }

  private func settings(_ finding: Finding, _ host: HostSnapshot, _ found: [Finding]) throws {
    let then = try fixtureAssessment(RemediedHost.snapshot(finding.changes, of: host)).findings
    // What was onlined before lies where it is until the next boot.
    let isOnlined = finding.asksForLayout || Self.measured.contains(finding.code)
    #expect(
      isOnlined || !then.contains { $0.risk == finding.risk },
      "\(finding.code) \(finding.message): \(finding.remedy)"
    )
    let old = Set(found.filter { $0.severity == .error }.map(\.risk))
    let new = then.filter { $0.severity == .error && !old.contains($0.risk) }
    #expect(new.map(\.message) == [], "\(finding.code): \(finding.remedy)")
  }

  /// These measure what a running kernel has done; classes show what another boot makes of it
  /// (`Remedies in specs`).
  private static let measured: Set = ["ZW104", "ZW116", "ZW120", "ZW207"]

  private func fixtureAssessment(_ snapshot: HostSnapshot) throws -> Assessment {
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    return try Advisor.assess(snapshot, profile: profile, chosenBy: .default)
  }

  @Test(
    "predict names an argument under which its finding is gone",
    arguments: AdviceLoopTests.hosts
  )
  func predictions(name: String) throws {
    guard let fixture = RuleFixture.all.first(where: { $0.root == name && $0.change.isEmpty }),
      let inputs = try? BootLayoutInputs(snapshot: fixture.snapshot())
    else { return }
    let block = try fixture.snapshot().memoryBlocks.value?.blockSize
    for line in ["kernelcore=64M", "movablecore=97%", "kernelcore=6%"] {
      guard
        var prediction = try? Prediction(
          inputs,
          source: fixture.snapshot().source,
          asked: line,
          blockSize: block
        )
      else { continue }
      prediction.decideLayouts()
      for finding in prediction.findings where finding.asksForLayout && !finding.changes.isEmpty {
        let words = finding.changes.flatMap(\.added).joined(separator: " ")
        let then = try Prediction(
          inputs,
          source: fixture.snapshot().source,
          asked: words,
          blockSize: block
        )
        #expect(!then.findings.contains { $0.risk == finding.risk }, "\(line): \(words)")
        #expect(then.findings.allSatisfy { $0.severity < .error }, "\(line): \(words)")
      }
    }
  }
}
