internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise report, what if")
struct ReportWhatIfTests {
  private static let hosts = ["6.12-node-without-kernel-memory", "5.10-one-node-no-movable"]

  private func report(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(["report", "--date", "2026-11-23"] + arguments, in: CommandRun.roots)
  }

  @Test("What falls farthest comes first, however well it stands today")
  func fallFirst() throws {
    // Of three hosts only one is shown; the one that falls is the best of them today.
    let run = try report([
      "6.12-node-without-kernel-memory", "7.x-generic-rdma-without-room.tar.gz",
      "7.x-generic-rdma-pin-after.tar.gz", "6.1-ramfs-after.tar.gz", "--add", "dimm:1GiB", "--grow",
      "all=2x", "--worst", "2",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let text = run.output
    let worse = try #require(text.range(of: "Hosts that would be worse"))
    let better = try #require(text.range(of: "Hosts that would be better"))
    let rows = text[worse.upperBound..<better.lowerBound].split(separator: "\n").filter {
      $0.hasPrefix("| lab")
    }
    #expect(rows.count == 2)
    #expect(rows.first?.contains("rdma-pin-after") == true)
    #expect(rows.last?.contains("ramfs-after") == true)
    #expect(text[better.upperBound...].contains("rdma-without-room"))
  }

  @Test("all=2x is every term twice; one that is named keeps its own factor")
  func growAll() throws {
    let terms = [
      "slab-unreclaimable", "slab-reclaimable", "page-tables", "secondary-page-tables",
      "kernel-stacks", "percpu", "vmalloc", "block-device-cache", "gigantic-pages",
      "unmovable-hugepages", "pinned", "balloon", "memmap-hot-added", "memmap-offline",
      "memmap-device", "memmap-hugepages", "debug-metadata", "unevictable-kernel",
      "stuck-user-pages",
    ]
    for host in Self.hosts {
      func needed(_ options: [String]) throws -> (before: Double?, after: Double?) {
        let run = try report([host, "--grow", "page-tables=7x", "--format", "json"] + options)
        let row = try JSON(run.output)["hosts"].list.first
        return (row?["neededKernelBytes"].number, row?["whatIf"]["neededKernelBytes"].number)
      }
      let single = try needed(
        terms.filter { $0 != "page-tables" }.flatMap { ["--grow", "\($0)=2x"] }
      )
      let all = try needed(["--grow", "all=2x"])
      #expect(all.after != nil && all.after == single.after && all.after != all.before)
    }
    let refused = try report([Self.hosts[0], "--grow", "everything=2x"])
    #expect(refused.status == 64 && refused.errors.contains("there are all, slab-unreclaimable"))
  }
}
