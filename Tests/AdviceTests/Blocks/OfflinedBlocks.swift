internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

/// A booted machine on which every block was really taken offline, and what the kernel said.
struct OfflinedBlocks: CustomTestStringConvertible {
  /// What a user may read.
  enum View: String, CaseIterable {
    /// /proc/kpageflags too.
    case everyPage = "every page"
    case root
    /// No /proc/iomem, no /proc/pagetypeinfo.
    case unprivileged
  }

  let folder: URL
  /// The kernel's answer by block: `ok`, or the error's name.
  let answers: [UInt64: String]

  var testDescription: String { folder.lastPathComponent }

  /// All of Fixtures/Offlining, and the pairs of Fixtures/Roots that were recorded for it.
  static var all: [OfflinedBlocks] {
    let offlining = folders(in: "Offlining").compactMap { folder in
      answers(folder.appending(path: "lab/offline.tsv"), columns: (0, 1)).map {
        OfflinedBlocks(folder: folder, answers: $0)
      }
    }
    let pairs = folders(in: "Roots").compactMap {
      folder -> OfflinedBlocks? in
      let name = folder.lastPathComponent
      guard name.hasSuffix("-before") else { return nil }
      let after = folder.deletingLastPathComponent()
        .appending(path: name.dropLast("-before".count) + "-after/lab/results.tsv")
      return answers(after, columns: (1, 2)).map { OfflinedBlocks(folder: folder, answers: $0) }
    }
    return offlining + pairs
  }

  /// Every machine in every view for which it has what the view shows.
  static var viewed: [(OfflinedBlocks, View)] {
    all.flatMap { machine in
      View.allCases.filter { $0 != .everyPage || machine.hasPages }.map { (machine, $0) }
    }
  }

  /// Whether its architecture reserves at the top of each node, and nowhere else.
  var reservesAtTop: Bool {
    !testDescription.contains("s390x") && !testDescription.contains("ppc64el")
  }

  /// Whether the pages of each block were recorded.
  var hasPages: Bool { FileManager.default.fileExists(atPath: pages.path) }

  private var pages: URL { folder.appending(path: "lab/pages.tsv") }

  private static func folders(in group: String) -> [URL] {
    Fixtures.names(in: group).map { Fixtures.url("\(group)/\($0)") }
  }

  /// Lines of `block, errno` or of `offline, memoryN, errno`; nil where there are none.
  private static func answers(_ file: URL, columns: (Int, Int)) -> [UInt64: String]? {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    var answers: [UInt64: String] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count > columns.1, columns.0 == 0 || fields[0] == "offline" else { continue }
      let name = fields[columns.0]
      guard let block = UInt64(name.hasPrefix("memory") ? String(name.dropFirst(6)) : name)
      else { continue }
      answers[block] = fields[columns.1]
    }
    return answers.isEmpty ? nil : answers
  }

  // MARK: The machine as somebody sees it

  /// Nil where the fixture does not have what this view shows.
  func report(_ view: View) throws -> BlockReport? {
    let root = try SourceFinder.source(folder.path())
    var snapshot = try HostCollector.collect(from: root)
    switch view {
    case .everyPage:
      guard let tallies = tallies() else { return nil }
      snapshot.memoryBlocks = snapshot.memoryBlocks.map { table in
        var table = table
        table.pageTallies = .known(tallies)
        return table
      }
    case .root:
      break
    case .unprivileged:
      snapshot.iomem = .unknown(.unreadable(input: "/proc/iomem", cause: "permission denied"))
      snapshot.pagetypeinfo = .unknown(
        .unreadable(input: "/proc/pagetypeinfo", cause: "permission denied")
      )
    }
    return try BlockAdvisor.report(snapshot)
  }

  /// lab/pages.tsv: each block's pages as /proc/kpageflags had them.
  private func tallies() -> [UInt64: PageTally]? {
    guard let text = try? String(contentsOf: pages, encoding: .utf8) else { return nil }
    var tallies: [UInt64: PageTally] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let numbers = line.split(separator: "\t").compactMap { UInt64($0) }
      guard numbers.count == 8 else { continue }
      var tally = PageTally()
      tally.absent = numbers[1]
      tally.reserved = numbers[2]
      tally.free = numbers[3]
      tally.kernel = numbers[4]
      tally.user = numbers[5]
      tally.huge = numbers[6]
      tally.unclear = numbers[7]
      tallies[numbers[0]] = tally
    }
    return tallies
  }
}
