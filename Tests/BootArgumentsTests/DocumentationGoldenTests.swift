import BootArguments
import Foundation
import Testing

/// Tables that are made from the registries; `UPDATE_GOLDEN=1` writes them anew.
@Suite("Tables in the documentation")
struct DocumentationGoldenTests {
  @Test("Documentation/boot-targets.md has the targets' own rows")
  func targets() throws { try compare(BootTargets.table, with: "Documentation/boot-targets.md") }

  @Test("Documentation/config-files.md has the formats' own rows")
  func formats() throws {
    try compare(KernelArgumentFormats.table, with: "Documentation/config-files.md")
  }

  private func compare(_ table: [String], with path: String) throws {
    let file = Consumer.root.appending(path: path)
    var lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    .map { String($0) }
    let start = try #require(table.first.flatMap { lines.firstIndex(of: $0) })
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else {
      #expect(
        Array(lines[start..<end]) == table,
        "\(path) is out of date: UPDATE_GOLDEN=1 swift test writes it anew"
      )
      return
    }
    lines.replaceSubrange(start..<end, with: table)
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
  }
}
