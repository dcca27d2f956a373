internal import Foundation
internal import HostModel
internal import KernelText
internal import TestSupport
internal import Testing

/// The files of a test-data folder beside the project, where there is one.
@Suite("Corpus: texts of many kernels", .needsCorpus)
struct CorpusTextTests {
  /// Regular files whose path names the format, as `…/proc/meminfo` or `meminfo-5.10.txt` do.
  private static func files(of format: String) -> [URL] {
    Corpus.files()
      .filter { $0.lastPathComponent.contains(format) || $0.path.contains("/\(format)/") }
  }

  /// Parses every file and prints those that were refused.
  private func walk(
    _ format: String,
    _ parse: (Span<UInt8>, String) throws(ParseError) -> Int
  ) throws {
    var taken = 0
    var refused: [ParseError] = []
    for file in Self.files(of: format) {
      let bytes = [UInt8](try Data(contentsOf: file))
      do throws(ParseError) {
        let count = try parse(bytes.span, file.path)
        #expect(count > 0, "\(file.path) was taken and is empty")
        taken += 1
      } catch {
        refused.append(error)
      }
    }
    print("corpus: \(format): \(taken) taken, \(refused.count) refused")
    #expect(taken > 0)
  }

  @Test("every zoneinfo is taken whole, comes back from its own text, or is refused")
  func zoneinfo() throws {
    try walk("zoneinfo") { text, file throws(ParseError) in
      let info = try ZoneInfoText.parse(text, file: file)
      let bytes = Array(ZoneInfoText.render(info).utf8)
      let again = try ZoneInfoText.parse(bytes.span, file: file + ", printed")
      #expect(again.zones.map(\.pages) == info.zones.map(\.pages), "\(file)")
      return info.zones.count
    }
  }

  @Test("every meminfo is taken or refused")
  func meminfo() throws {
    try walk("meminfo") { text, file throws(ParseError) in
      // A node's file has the same name; its lines tell.
      if let node = try? NodeMeminfoText.parse(text, file: file) {
        return node.counters.entries.count
      }
      return try MeminfoText.parse(text, file: file).entries.count
    }
  }

  @Test("every vmstat is taken or refused")
  func vmstat() throws {
    try walk("vmstat") { text, file throws(ParseError) in
      try VmstatText.parse(text, file: file).entries.count
    }
  }

  @Test("every buddyinfo is taken or refused")
  func buddyinfo() throws {
    try walk("buddyinfo") { text, file throws(ParseError) in
      try BuddyInfoText.parse(text, file: file).rows.count
    }
  }

  @Test("every pagetypeinfo is taken or refused")
  func pagetypeinfo() throws {
    try walk("pagetypeinfo") { text, file throws(ParseError) in
      try PageTypeInfoText.parse(text, file: file).freeRows.count
    }
  }
}
