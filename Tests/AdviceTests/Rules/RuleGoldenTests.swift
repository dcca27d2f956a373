internal import Advice
internal import Foundation
internal import HostModel
internal import TestSupport
internal import Testing

/// Files that are made from the rules; `UPDATE_GOLDEN=1` writes them anew.
@Suite("Files made from the rules")
struct RuleGoldenTests {
  @Test("Documentation/rules.md says what the rules say")
  func documentation() throws {
    try Golden.expect(RuleDocumentation.markdown, in: "Documentation/rules.md")
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
        text += "    = \(Self.values(of: finding))\n"
      }
      text += "\n"
    }
    try Golden.expect(text, in: "Tests/Golden/rule-findings.txt")
  }

  /// What programs read: `node 0, size 65536 bytes`.
  private static func values(of finding: Finding) -> String {
    let subject = finding.subject
    let amounts = finding.amounts.elements.map { element in
      let value =
        switch element.amount {
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .pages(let pages): "\(pages.count) pages"
        case .count(let count): "\(count)"
        case .percent(let percent): "\(percent) %"
        case .ratio(let ratio): "\(ratio)"
        }
      return "\(element.name) \(value)"
    }
    let name = subject.name.map { " \($0)" } ?? ""
    return ([subject.kind + name] + amounts).joined(separator: ", ")
  }
}
