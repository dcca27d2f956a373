internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Reports
internal import TestSupport
internal import Testing

/// What `capture --slim` leaves out is never needed: every answer is the same without it.
@Suite("Slim bundles")
struct SlimBundleTests {
  private static let hosts: [String] = ["Roots", "Offlining"].flatMap { name in
    Fixtures.names(in: name).map { Fixtures.path("\(name)/\($0)") }
  }

  private func host(_ path: String, isSlim: Bool) throws -> HostSnapshot {
    var request = Capture.Request(tool: "test")
    request.isSlim = isSlim
    let line = try Capture.bundle(try SourceFinder.source(path), request).line
    let bundle = try BundleSource(line, path: "host.json", name: "host.json")
    return try HostCollector.collect(from: bundle)
  }

  @Test("advice, blocks and suggestions are those of the whole host")
  func answers() throws {
    #expect(Self.hosts.count > 100)
    let profile = try #require(try EmbeddedProfiles.profile("general"))
    let all = try EmbeddedProfiles.names.compactMap { try EmbeddedProfiles.profile($0) }
    for path in Self.hosts {
      let (whole, slim) = (try host(path, isSlim: false), try host(path, isSlim: true))
      let (advice, slimAdvice) = try (
        Advisor.assess(whole, profile: profile, chosenBy: .default, wish: .max),
        Advisor.assess(slim, profile: profile, chosenBy: .default, wish: .max)
      )
      let style = TextStyle(isVerbose: true)
      #expect(
        AssessmentText.render(advice, style: style)
          == AssessmentText.render(slimAdvice, style: style),
        "\(path)"
      )
      #expect(AssessmentJSON.render(advice) == AssessmentJSON.render(slimAdvice), "\(path)")
      #expect(
        ProfileSuggester.best(all, for: whole)?.profile.name
          == ProfileSuggester.best(all, for: slim)?.profile.name
      )
      guard let blocks = try? BlockAdvisor.report(whole) else {
        #expect(throws: (any Error).self) { try BlockAdvisor.report(slim) }
        continue
      }
      #expect(
        BlocksJSON.render(blocks) == BlocksJSON.render(try BlockAdvisor.report(slim)),
        "\(path)"
      )
    }
  }
}
