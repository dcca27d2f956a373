import BootArguments
import Foundation
import TestSupport
import Testing

/// Tables of the documentation that are made from the registries.
@Suite("Tables in the documentation")
struct DocumentationGoldenTests {
  @Test("Documentation/boot-targets.md has the targets' own rows")
  func targets() throws { try expect(BootTargets.table, in: "Documentation/boot-targets.md") }

  @Test("Documentation/config-files.md has the formats' own rows")
  func formats() throws {
    try expect(KernelArgumentFormats.table, in: "Documentation/config-files.md")
  }

  private func expect(_ table: [String], in path: String) throws {
    let file = Fixtures.checkout.appending(path: path)
    var lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    .map { String($0) }
    let start = try #require(table.first.flatMap { lines.firstIndex(of: $0) })
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    lines.replaceSubrange(start..<end, with: table)
    try Golden.expect(lines.joined(separator: "\n"), in: path)
  }
}
