internal import Advice
internal import FleetCheck
internal import Foundation
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Whole repositories")
struct RepositoryProofTests {
  /// What came of one repository.
  private struct Row {
    var name: String
    var files: Int
    var read: Int
    var unread: Int
    var skipped: Int
    var planted: Int
    var found: Int
    var missed: [String]
    var falseAlarms: [String]

    var text: String {
      let cells: [Any] = [
        name, files, read, skipped, unread, planted, found, missed.count, falseAlarms.count,
      ]
      return "| " + cells.map { "\($0)" }.joined(separator: " | ") + " |"
    }
  }

  /// Errors and warnings by file against what was planted in it; an input that could not be judged is
  /// a false alarm.
  private func row(_ plan: RepositoryPlan, seed: UInt64) async throws -> Row {
    let files = plan.files(seed: seed)
    let fixture = try CheckFixture()
    for file in files { try fixture.write(file.text, to: file.path) }
    let answer = try await fixture.check()
    var codes: [String: Set<String>] = [:]
    for found in answer.findings where found.finding.severity > .note {
      let path = String(found.location.file.dropFirst(fixture.path.count))
      codes[path, default: []].insert(found.finding.code)
    }
    var row = Row(
      name: plan.name,
      files: files.count,
      read: Set(answer.subjects.map(\.place.file)).count,
      unread: answer.session.summary.unread,
      skipped: answer.skipped,
      planted: files.map(\.planted.count).reduce(0, +),
      found: 0,
      missed: [],
      falseAlarms: answer.failures.map { "\($0)" }
    )
    for file in files {
      let found = codes[file.path] ?? []
      row.found += found.intersection(file.planted).count
      row.missed += file.planted.subtracting(found).map { "\(file.path): \($0) in\n\(file.text)" }
      row.falseAlarms += found.subtracting(file.planted).map {
        "\(file.path): \($0) in\n\(file.text)"
      }
    }
    return row
  }

  @Test("Twenty repositories: every mistake is found, nothing else is")
  func twenty() async throws {
    var lines = [
      "# Whole repositories",
      "",
      "`zonewise check` over twenty repositories such as people publish, made by a test from the forms that",
      "[config-files.md](config-files.md) lists, with mistakes planted in some files and many files that are",
      "none of ours: documents and programs that quote arguments, specs and zoneinfo, test data, logs, patches,",
      "pictures, packed files. Found are errors and warnings; a false alarm is one that was not planted, or an",
      "input that was called an error.",
      "",
      "| repository | files | read | skipped | quoting, not read | planted | found | missed | false alarms |",
      "|---|---|---|---|---|---|---|---|---|",
    ]
    var sum = Row(
      name: "all",
      files: 0,
      read: 0,
      unread: 0,
      skipped: 0,
      planted: 0,
      found: 0,
      missed: [],
      falseAlarms: []
    )
    for (number, plan) in RepositoryPlan.all.enumerated() {
      let row = try await row(plan, seed: 100 + UInt64(number))
      #expect(row.missed == [], "\(plan.name)")
      #expect(row.falseAlarms == [], "\(plan.name)")
      lines.append(row.text)
      sum.files += row.files
      sum.read += row.read
      sum.unread += row.unread
      sum.skipped += row.skipped
      sum.planted += row.planted
      sum.found += row.found
      sum.missed += row.missed
      sum.falseAlarms += row.falseAlarms
    }
    lines.append(sum.text)
    try Golden.expect(
      lines.joined(separator: "\n") + "\n",
      in: "Documentation/repositories.md"
    )
  }

  @Test("So it is with other seeds", .seeded(17))
  func otherSeeds() async throws {
    var random = SeededGenerator()
    for _ in 0..<5 {
      let plan = try #require(RepositoryPlan.all.randomElement(using: &random))
      let row = try await row(plan, seed: random.next())
      #expect(row.missed == [], "\(plan.name)")
      #expect(row.falseAlarms == [], "\(plan.name)")
    }
  }
}
