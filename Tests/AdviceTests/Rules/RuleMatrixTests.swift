internal import Advice
internal import HostModel
internal import Testing

@Suite("Every rule")
struct RuleMatrixTests {
  @Test("has a code and a name of its own, in order")
  func codes() {
    let rules = RuleRegistry.descriptions
    #expect(Set(rules.map(\.code)).count == rules.count)
    #expect(Set(rules.map(\.slug)).count == rules.count)
    #expect(rules.map(\.code) == rules.map(\.code).sorted())
  }

  @Test("about a host has an example")
  func examples() {
    #expect(RuleExample.all.map(\.code) == RuleRegistry.host.map { $0.about.code })
  }

  @Test("names a host that shows it and one that doesn't", arguments: RuleExample.all)
  func hasBoth(example: RuleExample) {
    #expect(!example.shownBy.isEmpty && !example.absentFrom.isEmpty)
    for name in example.shownBy + example.absentFrom {
      #expect(RuleFixture.named(name) != nil, "\(example.code): no fixture \(name)")
    }
  }

  @Test("was seen on a booted kernel, or says why it can't be", arguments: RuleExample.all)
  func booted(example: RuleExample) {
    let recorded = Set(RuleFixture.recorded)
    for name in example.shownBy + example.absentFrom {
      #expect(RuleExample.isRecorded(name) == recorded.contains(name), "\(name)")
    }
    let edited = example.shownBy.filter { !recorded.contains($0) }
    #expect(edited.isEmpty == example.unbooted.isEmpty, "\(example.code): \(edited)")
  }

  @Test("says what it is about in full sentences", arguments: RuleRegistry.descriptions)
  func texts(rule: RuleDescription) {
    #expect(rule.why.count > 60 && rule.why.hasSuffix("."))
    #expect(!rule.remedy.isEmpty && !rule.observes.isEmpty && !rule.severity.text.isEmpty)
    #expect(!rule.reference.isEmpty && !rule.kernels.isEmpty)
    #expect(rule.title.count <= 72)
  }

  @Test("fires where the risk is", arguments: RuleExample.all)
  func positive(example: RuleExample) throws {
    for name in example.shownBy {
      let found = try #require(RuleFixture.findings[name]).filter { $0.code == example.code }
      #expect(!found.isEmpty, "\(example.code) is silent on \(name)")
    }
  }

  @Test("is silent where the risk is not, and has looked", arguments: RuleExample.all)
  func negative(example: RuleExample) throws {
    for name in example.absentFrom {
      let rule = try #require(RuleRegistry.find(example.code))
      let outcome = try #require(RuleFixture.outcomes[name])[rule.slug]
      switch outcome {
      case .passed, .notApplicable: break
      default: Issue.record("\(rule.code) on \(name): \(String(describing: outcome))")
      }
    }
  }

  @Test("gives findings that people can use", arguments: RuleFixture.all.map(\.name))
  func findings(name: String) throws {
    for finding in try #require(RuleFixture.findings[name]) {
      #expect(finding.about.severity.levels.contains(finding.severity), "\(finding.code)")
      // Findings of one rule are told apart by their kind: an enum has to name it.
      let isEnum = Mirror(reflecting: finding.detail).displayStyle == .enum
      #expect(!isEnum || !finding.detail.kind.isEmpty, "\(finding.code)")
      #expect(Set(finding.amounts.elements.map(\.name)).count == finding.amounts.elements.count)
      #expect(Self.lines(finding.message, width: 69) <= 2, "\(finding.code): \(finding.message)")
      #expect(!finding.evidence.isEmpty && !finding.remedy.isEmpty)
      #expect(!finding.message.contains("\n"))
      // Text is indented by 11 columns of 80 and never broken inside a word.
      for text in [finding.message, finding.remedy] + finding.evidence.map({ "seen: \($0)" }) {
        #expect(text.split(separator: " ").allSatisfy { $0.count <= 69 }, "\(text)")
      }
    }
  }

  @Test("gives the same answer for the same host", arguments: ["cxl-node", "7.x-metadata-bound"])
  func determinism(name: String) throws {
    let fixture = try #require(RuleFixture.named(name))
    #expect(try fixture.assess().findings == fixture.assess().findings)
  }

  @Test("raises no error and no warning on a clean boot", arguments: cleanBoots)
  func cleanBoot(name: String) throws {
    let findings = try #require(RuleFixture.findings[name])
    #expect(findings.filter { $0.severity > .note }.map(\.message) == [])
  }

  /// Machines with nothing wrong, and those of the proofs before anything was done to them.
  private static let cleanBoots =
    [
      "5.10-one-node-no-movable", "5.10-two-nodes-kernelcore", "6.1-two-nodes-kernelcore",
      "6.12-one-node-no-movable", "6.12-two-nodes-kernelcore", "7.x-two-nodes-kernelcore",
      "7.x-hot-added-auto-movable", "6.1-hot-added-movable",
    ] + RuleFixture.recorded.filter { $0.hasSuffix("-before") && !unclean.contains($0) }

  /// Little kernel memory is what these are about, or they are built without NUMA and hot-plug.
  private static let unclean: Set = [
    "6.1-i386-unmovable-hugepages-before", "7.x-metadata-bound-until-oom-before",
    "7.x-optimized-hugepages-before",
  ]

  /// How many lines a text takes, broken at blanks.
  private static func lines(_ text: String, width: Int) -> Int {
    var count = 1
    var length = 0
    for word in text.split(separator: " ") {
      if length > 0, length + 1 + word.count > width {
        count += 1
        length = 0
      }
      length += (length > 0 ? 1 : 0) + word.count
    }
    return count
  }
}
