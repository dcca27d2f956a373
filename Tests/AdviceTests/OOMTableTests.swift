internal import Advice
internal import Foundation
internal import TestSupport
internal import Testing

/// The table of booted kernels in Documentation/oom.md is made from what zonewise says of them;
/// `UPDATE_GOLDEN=1` writes it anew.
@Suite("Golden: table of booted OOM reports")
struct OOMTableTests {
  private static let begin = "<!-- made by OOMTableTests -->\n"
  private static let end = "<!-- end -->"

  @Test("the documentation's table is what zonewise says")
  func table() throws {
    let file = Fixtures.checkout.appending(path: "Documentation/oom.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let first = try #require(text.firstRange(of: Self.begin))
    let last = try #require(text.firstRange(of: Self.end))
    let table = try Self.rendered()
    let whole = text[..<first.upperBound] + table + text[last.lowerBound...]
    try Golden.expect(String(whole), in: "Documentation/oom.md")
  }

  /// One row for each way of running out of memory, with the kernels that were asked.
  private static func rendered() throws -> String {
    var rows: [String] = []
    var asked = 0
    var right = 0
    var seen: Set<String> = []
    for report in OOMBooted.all where seen.insert(report.done).inserted {
      let same = OOMBooted.all.filter { $0.done == report.done }
      var said: [String] = []
      for one in same {
        let cause = try OOMBooted.diagnose(one.text).cause
        asked += 1
        right += cause == one.cause ? 1 : 0
        said.append(cause.rawValue)
      }
      let kernels = same.map {
        $0.file.prefix { $0 != "-" } + ($0.file.contains("arm64") ? " (arm64)" : "")
      }
      let hits = said.filter { $0 == report.cause.rawValue }.count
      rows.append(
        "| \(report.done) | \(kernels.joined(separator: ", ")) | \(report.cause.rawValue) "
          + "| \(hits) of \(same.count) |"
      )
    }
    return """
      | what was done | kernels | cause | said |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      \(right) of \(asked) reports.

      """
  }
}
