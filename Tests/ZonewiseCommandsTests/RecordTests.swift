internal import Foundation
internal import Glibc
internal import History
internal import HostModel
internal import Recording
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("record")
struct RecordTests {
  private static let capture = CommandRun.roots.appending(path: "6.12-pin-before.tar.gz").path

  /// A host's bundle, as if taken at these times.
  private func bundles(_ times: some Sequence<Int>) throws -> [UInt8] {
    let run = try CommandRun(["capture", Self.capture, "--slim", "-o", "-"])
    let line = run.output
    let key = "\"taken\":\""
    let start = try #require(line.range(of: key)?.upperBound)
    let end = line.index(start, offsetBy: "2026-11-23T10:34:47Z".count)
    return times.flatMap { time in
      Array("\(line[..<start])\(CivilTime(seconds: Int64(time)).timestamp)\(line[end...])".utf8)
    }
  }

  private func headroom(_ database: String) throws -> SampleSeries {
    let history = try #require(try RecordedHistories.read(database).first)
    return try #require(history[HistoryKey(.headroom)])
  }

  @Test("This host is looked at as often as was asked, and each look told")
  func live() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      ["record", "--database", "h.db", "--interval", "1s", "--count", "2", "--host", "me"],
      in: folder.url
    )
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains(" me ") }, "\(run.output)")
    // Closed well: nothing is left beside the database.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["h.db"])
    let histories = try RecordedHistories.read(folder.path("h.db"))
    #expect(histories.map(\.host) == ["me"])
    #expect(histories[0][HistoryKey(.headroom)]?.count == 2)
    #expect(histories[0].boots.count == 1)
  }

  @Test("Captures, bundles and folders of them become history by their own times")
  func captures() throws {
    let folder = try TemporaryFolder()
    try folder.write("captures/day.ndjson", try bundles([1_700_000_000, 1_700_086_400]))
    try folder.write("captures/later.json", try bundles([1_700_172_800]))
    try folder.write("captures/junk.txt", Array("junk".utf8))
    let run = try CommandRun(
      ["record", "--database", "h.db", "--from", "captures"],
      in: folder.url
    )
    #expect(run.status == 2 && run.errors.contains("junk.txt"), "\(run.errors)")
    #expect(run.output == "3 looks recorded in h.db, 1 refused\n")
    let series = try headroom(folder.path("h.db"))
    #expect(Array(series.times) == [1_700_000_000, 1_700_086_400, 1_700_172_800])
    let advise = try CommandRun(["advise", Self.capture, "--format", "json"])
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(advise.output.utf8)) as? [String: Any]
    )
    let current = try #require(whole["current"] as? [String: Any])
    #expect(current["kernelHeadroomBytes"] as? UInt64 == series.last?.value.count)
  }

  @Test("A capture that doesn't tell its time is refused with what does")
  func timeless() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      [
        "record", "--database", "h.db", "--from",
        CommandRun.roots.appending(path: "6.12-pin-before.tar.gz").path,
      ],
      in: folder.url
    )
    #expect(run.status == 2)
    #expect(run.errors.contains("does not tell when it was taken"), "\(run.errors)")
  }

  @Test(
    "A signal ends it between two looks, as the signal would",
    arguments: [SIGINT, SIGTERM, SIGHUP]
  )
  func ended(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let database = folder.path("h.db")
    let program = try RunningProgram(
      [CommandRun.executable.path, "record", "--database", database, "--interval", "1h"],
      in: folder.url
    )
    let end = Date(timeIntervalSinceNow: 60)
    // The first look may be in the journal, or not yet there.
    while ((try? RecordedHistories.read(database)) ?? []).isEmpty, Date() < end { usleep(20_000) }
    #expect(program.send(signal))
    #expect(program.wait() == .signal(signal))
    #expect(try headroom(database).count == 1)
  }

  @Test(
    "Killed a hundred times at any moment, it has lost no look that it told of, and none is half there"
  )
  func killed() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("h.db")
    let told = folder.path("told")
    var random = SeededGenerator(seed: 22)
    for run in 0..<100 {
      let first = 1_700_000_000 + run * 1000
      let stream = try folder.write("stream.ndjson", try bundles(first..<first + 12))
      let program = try RunningProgram(
        [
          "/bin/sh", "-c", "exec \"$0\" record -v --database \"$1\" --from \"$2\" >>\"$3\"",
          CommandRun.executable.path, database, stream.path, told,
        ],
        in: folder.url
      )
      usleep(UInt32.random(in: 5_000...250_000, using: &random))
      _ = program.send(SIGKILL)
      _ = program.wait()
    }
    let lines = try String(contentsOfFile: told, encoding: .utf8).split(separator: "\n")
    let times = lines.compactMap { CivilTime(text: $0.prefix(20)) }.map(\.seconds)
    #expect(times.count > 20, "only \(times.count) looks were told of: the test shows nothing")
    let history = try #require(try RecordedHistories.read(database).first)
    let recorded = Set(try #require(history[HistoryKey(.headroom)]).times)
    #expect(recorded.isSuperset(of: times))
    for key in history.keys {
      #expect(Set(try #require(history[key]).times) == recorded, "\(key) lacks looks")
    }
    let check = try Consumer.run(
      "/usr/bin/python3",
      [
        "-c",
        "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])",
        database,
      ]
    )
    #expect(check.output == "ok\n", "\(check.errors)")
  }

  @Test("Two recorders at one database wait for each other")
  func together() throws {
    let folder = try TemporaryFolder()
    let database = folder.path("h.db")
    let programs = try (0..<2).map { number in
      let first = 1_700_000_000 + number * 1000
      let stream = try folder.write("\(number).ndjson", try bundles(first..<first + 20))
      return try RunningProgram(
        [CommandRun.executable.path, "record", "--database", database, "--from", stream.path],
        in: folder.url
      )
    }
    for program in programs { #expect(program.wait() == .exit(0)) }
    #expect(try headroom(database).count == 40)
  }

  @Test(
    "Wrong usage says what is right",
    arguments: [
      (["--interval", "5"], "such as 10s"), (["--interval", "0s"], "such as 10s"),
      (["--count", "0"], "from 1"), (["--from", "x", "--count", "3"], "--from has its own times"),
      (["--detail", "90d", "--retain", "1d"], "longer than --retain"),
    ]
  )
  func usage(arguments: [String], words: String) throws {
    let run = try CommandRun(["record", "--database", "/nowhere/h.db"] + arguments)
    #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
  }

  @Test("The unit is one that systemd takes", .needs("systemd-analyze"))
  func unit() throws {
    let folder = try TemporaryFolder()
    for name in ["zonewise-record.service", "zonewise-metrics.service", "zonewise-metrics.timer"] {
      let source = Fixtures.checkout.appending(path: "Integrations/systemd/\(name)")
      let text = try String(contentsOf: source, encoding: .utf8)
      // systemd looks whether the program is there; an installed one need not be.
      let here = text.replacingOccurrences(
        of: "/usr/bin/zonewise",
        with: CommandRun.executable.path
      )
      try folder.write(name, Array(here.utf8))
    }
    for name in ["zonewise-record.service", "zonewise-metrics.timer"] {
      let path = folder.path(name)
      let run = try Consumer.run("systemd-analyze", ["verify", "--man=no", path])
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.output)\(run.errors)")
    }
  }
}
