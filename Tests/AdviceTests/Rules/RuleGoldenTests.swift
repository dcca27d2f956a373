internal import Advice
internal import Foundation
internal import HostModel
internal import Testing

/// Files that are made from the rules; `UPDATE_GOLDEN=1` writes them anew.
@Suite("Files made from the rules")
struct RuleGoldenTests {
  @Test("Documentation/rules.md says what the rules say")
  func documentation() throws {
    try compare(RuleDocumentation.markdown, with: "Documentation/rules.md")
  }

  @Test("every finding on every host is as it was")
  func findings() throws {
    var text = ""
    for fixture in RuleFixture.all {
      text += "\(fixture.name)"
      if !fixture.change.isEmpty { text += " = \(fixture.root): \(fixture.change)" }
      text += "\n"
      for finding in RuleFixture.findings[fixture.name] ?? [] {
        text += "  \(finding.severity.rawValue) \(finding.code) \(finding.message)\n"
        text += "    → \(finding.remedy)\n"
      }
      text += "\n"
    }
    try compare(text, with: "Tests/Golden/rule-findings.txt")
  }

  private func compare(_ text: String, with path: String, file: String = #filePath) throws {
    let root = file.split(separator: "/").dropLast(4).joined(separator: "/")
    let place = URL(fileURLWithPath: "/\(root)/\(path)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: place)
      return
    }
    let kept = try String(contentsOf: place, encoding: .utf8)
    #expect(kept == text, "\(path) is out of date: UPDATE_GOLDEN=1 swift test writes it anew")
  }
}
