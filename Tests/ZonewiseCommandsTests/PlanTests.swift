internal import Foundation
internal import TestSupport
internal import Testing

/// What booted kernels did with hot-added memory, recorded by Lab/growth.py.
private struct GrowthFixture: CustomTestStringConvertible, Sendable {
  static let all: [GrowthFixture] = ["5.10", "6.1", "6.12", "7.x"].flatMap { series in
    Fixtures.names(in: "Growth/\(series)").filter { $0.hasSuffix(".tar.gz") }.map {
      GrowthFixture(name: String($0.dropLast(7)), series: series)
    }
  }

  var name: String
  var series: String
  var testDescription: String { name }
  /// The machine before it grew.
  var source: String { Fixtures.path("Growth/\(series)/\(name).tar.gz") }

  func facts() throws -> [String: String] {
    let text = try Fixtures.text("Growth/\(series)/\(name).tsv")
    var facts: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      facts[String(fields[0])] = fields.count > 1 ? String(fields[1]) : ""
    }
    return facts
  }

  /// Rows of a table with a heading.
  static func rows(_ file: String) throws -> [[String: String]] {
    let text = try Fixtures.text("Growth/\(file)")
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }
}

private struct PlanAnswer: Decodable {
  struct Blocks: Decodable {
    var count: Int
    var zone: String?
  }
  struct Step: Decodable {
    var memmapBytes: UInt64
    var wastedBytes: UInt64
    var memmapPaidBy: String
    var blocks: [Blocks]
  }
  var steps: [Step]
  var physicalLimitBytes: UInt64?
}

@Suite("zonewise plan")
struct PlanTests {
  private func answer(_ arguments: [String]) throws -> PlanAnswer {
    let run = try CommandRun(["plan"] + arguments + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(PlanAnswer.self, from: Data(run.output.utf8))
  }

  @Test("--grow and --horizon stand in for the profile's growth, and the plan says so")
  func growth() throws {
    struct Plan: Decodable {
      struct Step: Decodable { var kernelHeadroomBytes: Int64 }
      var steps: [Step]
      var maxSafeTotalBytes: UInt64
      var assumptions: [String]
    }
    func plan(_ options: [String]) throws -> Plan {
      let run = try CommandRun(
        ["plan", "--boot", "4GiB", "--max", "64GiB", "--format", "json"] + options
      )
      #expect(run.status < 2, "\(run.errors)")
      return try JSONDecoder().decode(Plan.self, from: Data(run.output.utf8))
    }
    let plain = try plan([])
    let grown = try plan(["--grow", "page-tables=9x", "--grow", "all=3x", "--horizon", "180d"])
    #expect(!plain.assumptions.contains { $0.contains("% of today's") })
    for words in ["every other term at 300 %", "page tables at 900 %", "a horizon of 180 days"] {
      #expect(grown.assumptions.contains { $0.contains(words) }, "\(grown.assumptions)")
    }
    #expect(try CommandRun(["plan", "--boot", "4GiB", "--grow", "all"]).status == 64)
  }

  @Test("A host of which everything doubles has less room for devices")
  func growthOfAHost() throws {
    struct Plan: Decodable { var maxSafeTotalBytes: UInt64 }
    func safe(_ options: [String]) throws -> UInt64 {
      let run = try CommandRun(
        ["plan", "6.1-ramfs-after.tar.gz", "--add", "dimm:1GiB", "--format", "json"]
          + options,
        in: CommandRun.roots
      )
      #expect(run.status < 2, "\(run.errors)")
      let plan = try JSONDecoder().decode(Plan.self, from: Data(run.output.utf8))
      return plan.maxSafeTotalBytes
    }
    #expect(try safe(["--grow", "all=9x"]) < (try safe([])))
  }

  @Test("there are at least 20 recorded sequences over four kernels")
  func fixtures() {
    #expect(GrowthFixture.all.count >= 20)
    #expect(Set(GrowthFixture.all.map { $0.name.prefix { $0 != "-" } }).count == 4)
  }

  @Test("every block goes where booted kernels put it", arguments: GrowthFixture.all)
  fileprivate func zones(fixture: GrowthFixture) throws {
    let facts = try fixture.facts()
    let adds = (facts["add"] ?? "").split(separator: " ").flatMap { ["--add", String($0)] }
    let answer = try answer([fixture.source] + adds)
    var runs: [(zone: String, count: Int)] = []
    for blocks in answer.steps.flatMap(\.blocks) {
      let zone = blocks.zone ?? "offline"
      if runs.last?.zone == zone {
        runs[runs.count - 1].count += blocks.count
      } else {
        runs.append((zone, blocks.count))
      }
    }
    #expect(runs.map { "\($0.count)×\($0.zone)" }.joined(separator: " ") == facts["blocks"])
    let held = answer.steps.filter { $0.memmapPaidBy == "device" }
      .reduce(0) { $0 + $1.memmapBytes + $1.wastedBytes }
    #expect("\(held / 4096)" == facts["heldPages"])
  }

  @Test("the limit in one piece is within 10 percent of the first failure that was measured")
  func limits() throws {
    let rows = try GrowthFixture.rows("limits.tsv")
    #expect(rows.count >= 12)
    for row in rows {
      let boot = try #require(row["boot"].flatMap(UInt64.init))
      let fails = try #require(row["fails"].flatMap(UInt64.init))
      let limit = try #require(
        try answer([
          "--boot", "\(boot >> 20)MiB", "--max", "512GiB", "--default-state", "online_movable",
        ]).physicalLimitBytes
      )
      let difference = limit > fails ? limit - fails : fails - limit
      #expect(difference * 10 <= fails, "\(row)")
    }
  }

  @Test(
    "what can't be is refused with the reason",
    arguments: [
      (["--add", "dimm:1GiB@9"], Int32(2), "no node 9"),
      (["--add", "dimm:1000MiB@0"], 2, "is no multiple of the memory block"),
      (["--add", "dimm:9999TiB@0"], 2, "64.0 TiB"),
      (["--add", "cxl:64MiB@0"], 2, "holds no whole memory block"),
      (["--add", "ram:1GiB@0"], 64, "is no kind of device"),
      (["--add", "dimm:x@0"], 64, "is no size"), (["--add", "dimm"], 64, "KIND:SIZE@NODE"),
      ([], 64, "--add"),
    ]
  )
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let host = CommandRun.roots.appending(path: "7.x-hot-added-auto-movable").path
    let run = try CommandRun(["plan", host] + arguments)
    #expect(run.status == status)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test(
    "a machine that can't be is refused with the reason",
    arguments: [
      (["--max", "8GiB"], "--boot"), (["--boot", "1GiB"], "--max"),
      (["--boot", "8GiB", "--max", "1GiB"], "more than"),
      (["--boot", "1M", "--max", "1GiB"], "128"),
      (["--boot", "1GiB", "--max", "99999TiB"], "64.0 TiB"),
      (["--boot", "1GiB", "--max", "64GiB", "--step", "1MiB"], "4096"),
      (["--boot", "1GiB", "--max", "64GiB", "--step", "200MiB"], "no multiple"),
      (["--boot", "1GiB", "--max", "64GiB", "--device", "pmem"], "--device"),
      (["--boot", "1GiB", "--max", "2GiB", "--online-policy", "movable"], "contig-zones"),
      (["--boot", "1GiB", "--max", "2GiB", "--add", "dimm:1GiB@0"], "--add"),
    ]
  )
  func badMachines(arguments: [String], message: String) throws {
    let run = try CommandRun(["plan"] + arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("the text fits 80 columns", arguments: CommandRun.bootedHosts)
  func width(host: String) throws {
    let adds = ["dimm:1GiB@0", "virtio-mem:2GiB@0", "pmem,map=mem:768GiB@0"]
    let options = adds.flatMap { ["--add", $0] }
    let run = try CommandRun(["plan", host] + options, in: CommandRun.roots)
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }
}
