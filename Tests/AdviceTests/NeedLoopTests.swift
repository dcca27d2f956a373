internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import TestSupport
internal import Testing

/// What is promised of needs is what the arguments give, on every booted host.
@Suite("Needs on booted hosts")
struct NeedLoopTests {
  private static let budgets = [
    ["hugetlb:1GiB=1"], ["hugetlb:2MiB=64", "pin=128MiB"], ["cma=256MiB"],
    ["hugetlb:1GiB=64", "pin=1TiB"], ["hugetlb:1GiB=2@1", "cma=128MiB@1"],
  ]

  @Test("are met by the arguments that are advised, or not met", arguments: AdviceLoopTests.hosts)
  func holds(_ name: String) throws {
    let host = try HostCollector.collect(
      from: try SourceFinder.source(Fixtures.path("Roots/\(name)"))
    )
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    for budget in Self.budgets {
      let assessment = try Advisor.assess(
        host,
        profile: profile,
        chosenBy: .default,
        needing: try budget.map { try MemoryNeed(text: $0) }
      )
      guard let needs = assessment.needs else { continue }
      #expect(needs.all.map(\.need.text) == budget)
      for answer in needs.all {
        #expect(
          answer.isMet || !answer.limits.isEmpty,
          "\(answer.need.text): a NO without a reason"
        )
        #expect(answer.atRunTime + answer.there <= answer.need.bytes, "\(answer.need.text)")
        #expect(answer.way != .none || !answer.isMet)
      }
      guard needs.isMet, !needs.arguments.isEmpty else { continue }
      #expect(assessment.recommendation.method != .none, "\(budget)")
      #expect(assessment.recommendation.rebootNeeded, "\(budget)")
      let predicted = try #require(assessment.recommendation.predicted, "\(budget)")
      for word in needs.arguments {
        #expect(assessment.recommendation.arguments.contains(word), "\(budget): \(word)")
      }
      #expect(predicted.reservations.failures.isEmpty, "\(budget): \(predicted.commandLine)")
      let words = HugeTLBArguments(
        KernelCommandLineText.arguments(predicted.commandLine),
        defaultSize: .mebibytes(2)
      )
      #expect(words.words.allSatisfy { $0.fault == nil }, "\(budget): \(predicted.commandLine)")
    }
  }
}
