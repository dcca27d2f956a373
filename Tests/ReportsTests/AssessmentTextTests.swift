internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Reports
internal import TestSupport
internal import Testing

@Suite("Advice as text")
struct AssessmentTextTests {
  private static let root = Fixtures.path("Roots/6.12-node-without-kernel-memory")

  private func render(_ style: TextStyle) throws -> String {
    let profile = try #require(try EmbeddedProfiles.profile("general"))
    let snapshot = try HostCollector.collect(from: try SourceFinder.source(Self.root))
    let assessment = try Advisor.assess(snapshot, profile: profile, chosenBy: .default)
    return AssessmentText.render(assessment, style: style)
  }

  @Test("shows nothing beyond ASCII where the locale can't")
  func ascii() throws {
    let text = try render(TextStyle(usesUnicode: false, isVerbose: true))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(try render(TextStyle(isVerbose: true)).utf8.contains { $0 >= 0x80 })
  }

  @Test("says the same with colour as without")
  func colour() throws {
    let colored = try render(TextStyle(usesColor: true, isVerbose: true))
    let plain = try render(TextStyle(usesColor: false, isVerbose: true))
    #expect(colored != plain)
    #expect(colored.replacing(#/\u{1B}\[[0-9]+m/#, with: "") == plain)
  }

  @Test("is not wider than the terminal", arguments: [80, 100, 160])
  func width(columns: Int) throws {
    let text = try render(TextStyle(width: columns, isVerbose: true))
    for line in text.split(separator: "\n") { #expect(line.count <= columns, "\(line)") }
  }
}
