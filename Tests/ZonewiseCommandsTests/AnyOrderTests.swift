internal import Foundation
internal import TestSupport
internal import Testing

/// What is written depends on what is read, and not on the order in which it is named, found or judged.
@Suite("Any order of inputs, any number of threads")
struct AnyOrderTests {
  private static let hosts = [
    "5.10-generic-rdma.tar.gz", "6.1-cxl-auto-movable.tar.gz", "6.12-huge-pages-after.tar.gz",
    "6.1-size-in-bytes.tar.gz", "6.12-two-nodes-kernelcore", "6.12-node-without-kernel-memory",
  ]
  private static let epoch = ["SOURCE_DATE_EPOCH": "1780000000"]

  /// The hosts as they are, backwards, and twice by chance.
  private static func orders(_ names: [String]) -> [[String]] {
    var random = SeededGenerator()
    return [names, names.reversed()] + (0..<2).map { _ in names.shuffled(using: &random) }
  }

  private func run(
    _ words: [String],
    in folder: URL = CommandRun.roots,
    cores: String? = nil
  ) throws -> CommandRun {
    let launcher = cores.map { ["taskset", "-c", $0] } ?? []
    return try CommandRun(words, in: folder, environment: Self.epoch, through: launcher)
  }

  /// A folder with config files, a spec and captures.
  private static func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("b/grub", "GRUB_CMDLINE_LINUX=\"kernelcore=2G movablecore=90%\"\n")
    try folder.write("a/cmdline.txt", "ro movable-core=1G hugepages=x\n")
    try folder.write(
      "fleet.yaml",
      """
      schema: 1
      defaults: {arch: x86_64, kernel: ["5.10", "6.12"]}
      classes:
        - {name: pair, nodes: [{memory: 16GiB}, {memory: 16GiB}], cmdline: "kernelcore=1G"}
        - {name: single, nodes: [{memory: 8GiB}], cmdline: "movablecore=7G"}

      """
    )
    for host in hosts.prefix(3) {
      try FileManager.default.copyItem(
        atPath: Fixtures.path("Roots/\(host)"),
        toPath: folder.path(host)
      )
    }
    return folder
  }

  /// What a command writes in each of these formats.
  private func outputs(
    _ words: [String],
    _ formats: [String],
    in folder: URL,
    cores: String?
  ) throws -> [String] {
    let files = try TemporaryFolder()
    let options = formats.flatMap { ["--output", "\($0)=\(files.path($0))"] }
    let run = try run(words + options, in: folder, cores: cores)
    #expect(run.status == 0, "\(run.errors)")
    return try formats.map(files.read)
  }

  @Test(
    "check writes the same bytes for any order of what it is given",
    .needs("taskset"),
    .seeded(31)
  )
  func check() throws {
    let folder = try Self.repository()
    let names = ["a", "b/grub", "fleet.yaml#single", "fleet.yaml#pair"] + Self.hosts.prefix(3)
    let formats = ["text", "json", "sarif", "junit", "markdown"]
    var all: Set<[String]> = []
    for (index, order) in Self.orders(names).enumerated() {
      let words = ["check", "--fail-on", "never"] + order
      all.insert(try outputs(words, formats, in: folder.url, cores: index == 1 ? "0" : nil))
    }
    #expect(all.count == 1)
    #expect(all.first?.allSatisfy { $0.contains("grub") && $0.contains("pair") } == true)
  }

  @Test(
    "report has the worst first or the hosts as they are given, each with the same bytes",
    .needs("taskset"),
    .seeded(32)
  )
  func report() throws {
    let folder = try TemporaryFolder()
    let older = ["report", "--format", "json"] + Self.hosts.dropLast()
    try folder.write("older", try run(older).output)
    let formats = ["html", "markdown", "csv", "json"]
    var (worstFirst, diffs): (Set<[String]>, Set<String>) = ([], [])
    var first: [[Substring]] = []
    for (index, order) in Self.orders(Self.hosts).enumerated() {
      let cores = index == 1 ? "0" : nil
      let written = try outputs(["report"] + order, formats, in: CommandRun.roots, cores: cores)
      worstFirst.insert(Array(written[..<2]))
      let rows = rows(written[2])
      if index == 0 { first = rows }
      #expect(try rows == order.map { first[try #require(Self.hosts.firstIndex(of: $0))] })
      try folder.write("newer", written[3])
      let diff = try run(["diff", "older", "newer"], in: folder.url)
      #expect(diff.status == 0 && !diff.output.isEmpty, "\(diff.errors)")
      diffs.insert(diff.output)
    }
    #expect(worstFirst.count == 1 && diffs.count == 1)
    #expect(first.count == Self.hosts.count)
  }

  /// The lines of each host in CSV: one for it, and one for each of its nodes.
  private func rows(_ table: String) -> [[Substring]] {
    let rows = table.split(separator: "\r\n").dropFirst()
    let starts = rows.indices.filter { index in
      index == rows.startIndex || source(rows[index]) != source(rows[index - 1])
    }
    return starts.enumerated().map { place, start in
      Array(rows[start..<(place + 1 < starts.count ? starts[place + 1] : rows.endIndex)])
    }
  }

  private func source(_ row: Substring) -> Substring { row.prefix { $0 != "," } }

  @Test("fleet keeps the same of any order of hosts, and merges parts in any order", .seeded(34))
  func fleet() throws {
    let folder = try TemporaryFolder()
    var kept: Set<String> = []
    var lines: [Substring] = []
    for (index, order) in Self.orders(Self.hosts).enumerated() {
      let run = try run(["fleet", "--partial", folder.path("whole.json")] + order)
      let own = run.output.split(separator: "\n")
      if index == 0 { lines = own }
      #expect(try own == order.map { lines[try #require(Self.hosts.firstIndex(of: $0))] })
      kept.insert(try folder.read("whole.json"))
    }
    for (index, host) in Self.hosts.enumerated() {
      _ = try run(["fleet", "--quiet", "--partial", folder.path("\(index)"), host])
    }
    for order in Self.orders(Self.hosts.indices.map { "\($0)" }) {
      kept.insert(try run(["fleet", "--merge"] + order, in: folder.url).output)
    }
    #expect(kept.count == 1)
  }

  @Test("advise answers each of several as it answers it alone, in any order", .seeded(35))
  func advise() throws {
    let folder = try TemporaryFolder()
    let hosts = Array(Self.hosts.prefix(4))
    let bundles = try hosts.map { try run(["capture", $0, "-o", "-"]).output }
    let indices = Array(hosts.indices)
    func answers(_ order: [Int]) throws -> [String] {
      try folder.write("hosts.ndjson", order.map { bundles[$0] }.joined())
      let run = try run(["advise", "hosts.ndjson", "--format", "json"], in: folder.url)
      let value = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      let object = try #require(value as? [String: Any])
      return try #require(object["answers"] as? [[String: Any]]).map { answer in
        let own = try #require(answer["answer"] as? [String: Any])
        let bytes = try JSONSerialization.data(
          withJSONObject: own["current"] ?? [:],
          options: .sortedKeys
        )
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    let first = try answers(indices)
    #expect(Set(first).count == hosts.count)
    var random = SeededGenerator()
    for order in [indices.reversed(), indices.shuffled(using: &random)] {
      #expect(try answers(order) == order.map { first[$0] })
    }
  }

  @Test("A folder's files are judged in the order of their names, however they came into it")
  func folders() throws {
    var outputs: Set<String> = []
    for names in [["a", "b", "c", "d"], ["d", "b", "a", "c"]] {
      let folder = try TemporaryFolder()
      for name in names {
        try folder.write("\(name)/cmdline.txt", "ro kernelcore=\(name.utf8.count)G movablecore=x\n")
        try folder.write("\(name).conf", "title x\noptions movable-core=\(name)\n")
      }
      let run = try run(["check", ".", "--fail-on", "never", "--format", "json"], in: folder.url)
      #expect(run.output.contains("d/cmdline.txt"), "\(run.errors)")
      outputs.insert(run.output)
    }
    #expect(outputs.count == 1)
  }
}
