internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
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

  @Test("gives the verdict that the machine itself gives", .timeLimit(.minutes(5)))
  func verdict() throws {
    let program = ["/usr/bin/sos", "/usr/sbin/sos"].first(where: FileManager.default.fileExists)
    guard let program, getuid() == 0 else {
      print("\n*** NOT TESTED: no sosreport here (apt-get install sosreport, and root).\n")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "sos-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "report", "--batch", "--quiet", "--only-plugins", "memory,kernel,numa,host", "--tmp-dir",
      folder.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let archive = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .first { $0.contains(".tar") && !$0.hasSuffix(".md5") && !$0.hasSuffix(".sha256") }
    )
    let fromReport = try assess(folder.appending(path: archive).path)
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
