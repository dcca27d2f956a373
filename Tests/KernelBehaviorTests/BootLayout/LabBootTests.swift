internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Kernels that were booted: their own messages in, every zone of every node compared.
@Suite("Booted kernels")
struct LabBootTests {
  /// One recorded boot.
  struct Boot: Sendable, CustomTestStringConvertible {
    var folder: URL
    var testDescription: String { folder.lastPathComponent }

    func inputs() throws -> BootLayoutInputs {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "boot.log")))
      let log = try BootLogText.parse(bytes.span, file: testDescription)
      let columns = try #require(try fact("buddy_columns").flatMap { UInt8($0) })
      return try BootLayoutInputs(log: log, overrides: .init(maxOrder: columns - 1))
    }

    private func table(_ name: String) throws -> [[String]] {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return text.split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
    }

    func fact(_ name: String) throws -> String? {
      try table("facts.tsv").first { $0.first == name }?.last
    }

    /// The zones that /proc/zoneinfo showed.
    func zones() throws -> Set<ZoneRow> {
      Set(
        try table("zones.tsv").dropFirst().map { row in
          ZoneRow(
            node: try #require(UInt32(row[0])),
            name: row[1],
            start: try #require(UInt64(row[2])),
            spanned: try #require(UInt64(row[3])),
            present: try #require(UInt64(row[4]))
          )
        }
      )
    }
  }

  struct ZoneRow: Hashable {
    var node: UInt32
    var name: String
    var start: UInt64
    var spanned: UInt64
    var present: UInt64
  }

  static let boots: [Boot] =
    Fixtures.names(in: "Lab").flatMap { series in
      Fixtures.names(in: "Lab/\(series)").map {
        Boot(folder: Fixtures.url("Lab/\(series)/\($0)"))
      }
    }

  @Test("recorded boots are there")
  func recorded() {
    #expect(Self.boots.count >= 100)
  }

  @Test("start, spanned and present of every zone are the kernel's own", arguments: boots)
  func zones(_ boot: Boot) throws {
    let inputs = try boot.inputs()
    let layout = try inputs.predict(inputs.arguments(try #require(inputs.commandLine)))
    let predicted = layout.nodes.flatMap { node in
      node.zones.map {
        ZoneRow(
          node: node.id.number,
          name: $0.kind.name,
          start: $0.frames.start.number,
          spanned: $0.spanned.count,
          present: $0.present.count
        )
      }
    }
    #expect(Set(predicted) == (try boot.zones()))
    #expect(inputs.agrees(layout) == true)
    #expect(inputs.isExact, "\(inputs.assumptions)")
  }

  @Test("page size and largest order are read or assumed right", arguments: boots)
  func pageSizeAndOrder(_ boot: Boot) throws {
    let inputs = try boot.inputs()
    #expect(try boot.fact("page_size") == String(inputs.map.pageSize.bytes.count))
    let usual = inputs.map.architecture.usualMaxOrder(inputs.map.pageSize)
    #expect(inputs.map.maxOrder == usual)
  }
}
