internal import Foundation
internal import TestSupport
internal import Testing

/// What strangers hand over: refused with file and line, with nothing on standard output.
@Suite("Bad input")
struct BadInputTests {
  private static let good = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore")

  /// Advice on a root that holds only this zoneinfo.
  private func advise(zoneinfo: some Sequence<UInt8>) throws -> CommandRun {
    let folder = try TemporaryFolder()
    try folder.write("host/proc/zoneinfo", zoneinfo)
    return try CommandRun(["advise", "host"], in: folder.url)
  }

  private func expectRefusal(_ run: CommandRun, _ message: String) {
    #expect(run.status == 2)
    #expect(run.output.isEmpty, "a partial verdict: \(run.output)")
    #expect(run.errors.hasPrefix("zonewise: " + message), "\(run.errors)")
  }

  /// Zones are listed, and neither a ratio nor a verdict is made of them.
  private func expectParts(_ run: CommandRun, _ reason: String) {
    #expect(run.status == 0)
    let text = run.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(text.contains("NOT KNOWN. This is a part of /proc/zoneinfo"), "\(run.output)")
    #expect(text.contains(reason), "\(run.output)")
    #expect(!text.contains(" : kernel is"), "\(run.output)")
  }

  private static func zoneinfo() throws -> Data {
    try Data(contentsOf: good.appending(path: "proc/zoneinfo"))
  }

  @Test("a directory that isn't a root")
  func notARoot() throws {
    let folder = try TemporaryFolder()
    try folder.write("host/notes.txt", "hello".utf8)
    let run = try CommandRun(["advise", "host"], in: folder.url)
    expectRefusal(run, "host: neither a host's root")
  }

  @Test("an empty zoneinfo")
  func empty() throws {
    expectRefusal(try advise(zoneinfo: []), "host/proc/zoneinfo:1: the file is empty")
  }

  @Test("a binary file")
  func binary() throws {
    let bytes = try Data(contentsOf: CommandRun.executable).prefix(100_000)
    expectRefusal(try advise(zoneinfo: bytes), "host/proc/zoneinfo:1: this is not text")
  }

  @Test("a text that ends in the middle of a zone, wherever that is")
  func truncated() throws {
    let whole = try Self.zoneinfo()
    for share in [0.3, 0.55, 0.8, 0.97] {
      let part = whole.prefix(Int(Double(whole.count) * share))
      let lines = part.count { $0 == 0x0A }
      let run = try advise(zoneinfo: part)
      expectParts(run, "host/proc/zoneinfo:")
      let place = try #require(run.output.range(of: "host/proc/zoneinfo:"))
      let line = Int(run.output[place.upperBound...].prefix { $0.isNumber })
      #expect(line.map { $0 >= 1 && $0 <= lines + 1 } == true)
      // Other commands have nothing to say of parts.
      let folder = try TemporaryFolder()
      try folder.write("zoneinfo", part)
      expectRefusal(try CommandRun(["plan", "zoneinfo"], in: folder.url), "zoneinfo:")
    }
  }

  @Test("a text that ends in front of the first size")
  func nothingRead() throws {
    let text = try Self.zoneinfo()
    expectRefusal(try advise(zoneinfo: text.prefix(200)), "host/proc/zoneinfo:")
  }

  @Test("a text that lost its header")
  func headerLost() throws {
    let rest = try Self.zoneinfo().drop { $0 != 0x0A }.dropFirst()
    expectParts(try advise(zoneinfo: rest), "host/proc/zoneinfo:1: expected a line")
  }

  @Test("a text without one of the host's nodes, though whole in itself")
  func nodeMissing() throws {
    let text = String(decoding: try Self.zoneinfo(), as: UTF8.self)
    let second = try #require(text.range(of: "Node 1, zone"))
    let folder = try TemporaryFolder()
    let root = folder.url.appending(path: "host")
    try FileManager.default.copyItem(at: Self.good, to: root)
    try folder.write("host/proc/zoneinfo", text[..<second.lowerBound].utf8)
    let run = try CommandRun(["advise", "host"], in: folder.url)
    expectParts(run, "node 1 has memory and is not in it")
    // Without the list of nodes, meminfo still tells that memory is missing.
    try FileManager.default.removeItem(at: root.appending(path: "sys/devices/system/node"))
    let other = try CommandRun(["advise", "host"], in: folder.url)
    expectParts(other, "its zones hold")
  }

  @Test("a file of 1 GiB, refused without being read")
  func huge() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("host/proc/zoneinfo", [])
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 1 << 30)
    try handle.close()
    // Reading it whole would not fit.
    let run = try CommandRun(
      ["advise", "host"],
      in: folder.url,
      through: ["/bin/sh", "-c", "ulimit -v 1000000; exec \"$0\" \"$@\""]
    )
    expectRefusal(run, "host/proc/zoneinfo: larger than 64 MiB")
    let direct = try CommandRun(["advise", file.path], in: folder.url)
    expectRefusal(direct, "\(file.path): larger than 256 MiB")
  }

  @Test("a file that is named itself is named as it is")
  func singleFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("notes.txt", "hello\n".utf8)
    let run = try CommandRun(["advise", "notes.txt"], in: folder.url)
    expectRefusal(run, "notes.txt: neither a host's root")
    #expect(FileManager.default.fileExists(atPath: file.path))
  }

  @Test(
    "a profile that breaks the schema, with line and column",
    arguments: [
      ("schema: 1\nname: x\ntitle: t\nfoo: 1\n", "4:1: unknown key foo"),
      ("schema: 2\nname: x\ntitle: t\n", "1:9: schema must be"),
      ("schema: 1\nname: x\ntitle: t\nmargin:\n  percent: many\n  why: w\n", "5:12: percent must"),
      ("schema: 1\nname: x\n  title: t\n", "3:"), ("", "1:1: the file is empty"),
      ("schema: 1\nname: &a x\ntitle: *a\n", "2:7: anchors and aliases"),
    ]
  )
  func profile(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine.yaml", text.utf8)
    let run = try CommandRun(["advise", "--profile", "mine.yaml"], in: folder.url)
    expectRefusal(run, "mine.yaml:" + message)
    let check = try CommandRun(["profiles", "validate", "mine.yaml"], in: folder.url)
    expectRefusal(check, "mine.yaml:" + message)
  }

  @Test("a profile that is not there")
  func profileMissing() throws {
    expectRefusal(try CommandRun(["--profile", "none.yaml"]), "none.yaml: not there")
  }
}
