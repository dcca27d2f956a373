internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import TestSupport
internal import Testing

@Suite("A real sosreport of this machine")
struct SOSReportTests {
  private func assess(_ path: String?) throws -> Assessment {
    guard case .host(let source) = try SourceFinder.find(path) else {
      throw CollectionError.notASource(path ?? "")
    }
    let text = try #require(EmbeddedProfiles.text("general"))
    return try Advisor.assess(
      try HostCollector.collect(from: source),
      profile: try ProfileReader.read(text, file: "general"),
      chosenBy: .default
    )
  }

  @Test(
    "gives the verdict that the machine itself gives",
    .needs("sos"),
    .needs("root's rights", isInDebian: false) { getuid() == 0 },
    .timeLimit(.minutes(5))
  )
  func verdict() throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun([
      "sos", "report", "--batch", "--quiet", "--only-plugins", "memory,kernel,numa,host",
      "--tmp-dir", folder.url.path,
    ])
    let archive = try #require(
      try folder.names()
        .first { $0.contains(".tar") && !$0.hasSuffix(".md5") && !$0.hasSuffix(".sha256") },
      "\(run.errors)"
    )
    let fromReport = try assess(folder.path(archive))
    let live = try assess(nil)
    #expect(fromReport.current.verdict == live.current.verdict)
    #expect(fromReport.current.kernel == live.current.kernel)
    #expect(fromReport.current.movable == live.current.movable)
    #expect(fromReport.recommendation.method == live.recommendation.method)
    #expect(fromReport.snapshot.hostName == live.snapshot.hostName)
    #expect(fromReport.snapshot.kernel == live.snapshot.kernel)
    #expect(fromReport.demand.value != nil)
    let found = fromReport.findings.filter { $0.severity > .note }.map(\.code)
    #expect(found == live.findings.filter { $0.severity > .note }.map(\.code))
    // What the report lacks is named, with what stood in for it.
    #expect(fromReport.snapshot.substitutes.contains { $0.from.contains("zoneinfo") })
  }
}
