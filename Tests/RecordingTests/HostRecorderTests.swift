internal import Advice
internal import Foundation
internal import History
internal import HostModel
internal import Profiles
internal import TestSupport
internal import Testing

@testable internal import Recording

@Suite("what is recorded")
struct HostRecorderTests {
  private static let headroom = HistoryKey(.headroom)
  private static let slab = HistoryKey(.term(.slabUnreclaimable), node: 1)

  private func observation(
    _ time: Int64,
    host: String = "db1",
    _ headroom: UInt64 = 1 << 30,
    verdict: Verdict = .balanced,
    boot: String = "a"
  ) -> HostObservation {
    HostObservation(
      host: host,
      time: time,
      boot: HostObservation.Boot(id: boot, time: time - 100),
      kernel: "6.12.1",
      arguments: "kernelcore=2G",
      samples: [
        (Self.headroom, ByteCount(headroom)), (Self.slab, ByteCount(headroom / 4)),
        (HistoryKey(.needed), ByteCount(.max)),
      ],
      verdict: verdict,
      nodeVerdicts: [(1, verdict)]
    )
  }

  @Test("What was recorded is read again, host by host, in the order of time")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    for (time, host) in [(300, "db2"), (100, "db1"), (200, "db1")] as [(Int64, String)] {
      try recorder.record(observation(time, host: host, UInt64(time) << 20))
    }
    // Read while the recorder is still at it.
    let histories = try RecordedHistories.read(path)
    #expect(histories.map(\.host) == ["db1", "db2"])
    let series = try #require(histories[0][Self.headroom])
    #expect(Array(series.times) == [100, 200])
    #expect(Array(series.values) == [100 << 20, 200 << 20])
    #expect(histories[0][Self.slab]?.last?.value == ByteCount(50 << 20))
    #expect(histories[0].boots == [0])
    // A size that SQLite has no integer for is of a damaged file.
    #expect(histories[0][HistoryKey(.needed)] == nil)
    try recorder.close()
  }

  @Test("Of two looks in the same second the first stays")
  func sameSecond() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    try recorder.record(observation(100, 1 << 20))
    try recorder.record(observation(100, 2 << 20))
    let series = try #require(try RecordedHistories.read(path)[0][Self.headroom])
    #expect(Array(series.values) == [1 << 20])
  }

  @Test("A verdict is written down where it changes, a boot where it is another")
  func changes() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    for (time, verdict) in [
      (100, .balanced), (200, .balanced), (300, .tight), (400, .balanced),
    ] as [(Int64, Verdict)] {
      try recorder.record(observation(time, verdict: verdict, boot: time < 300 ? "a" : "b"))
    }
    let database = try Database(path, mayCreate: false)
    let rows = try database.prepare(
      "SELECT time, verdict FROM verdict WHERE node = 1 ORDER BY time"
    )
    var read: [String] = []
    while try rows.step() { read.append("\(rows.number(0)) \(rows.text(1))") }
    #expect(read == ["100 balanced", "300 tight", "400 balanced"])
    #expect(try database.number("SELECT count(*) FROM verdict") == 6)
    #expect(try RecordedHistories.read(path)[0].boots == [0, 200])
  }

  @Test("Old looks become hours with minimum, mean and maximum, however often it is done")
  func compaction() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    for minute in 0..<180 {
      try recorder.record(observation(Int64(minute * 60), UInt64(1000 + minute)))
    }
    // The third hour is not over at its 30th minute.
    var done = try recorder.compact(detail: 2 * 3600 + 1800, retain: 0)
    #expect(done == HostRecorder.Compaction(samples: 240, hours: 0))
    done = try recorder.compact(detail: 2 * 3600 + 1800, retain: 0)
    #expect(done == HostRecorder.Compaction(samples: 0, hours: 0))
    // A look that comes late joins its hour.
    try recorder.record(observation(3599, 5000))
    done = try recorder.compact(detail: 2 * 3600 + 1800, retain: 0)
    #expect(done.samples == 2)
    let database = try Database(path, mayCreate: false)
    let hours = try database.prepare(
      """
      SELECT time, samples, minimum, mean, maximum FROM hour
      WHERE series = (SELECT id FROM series WHERE quantity = 'headroom') ORDER BY time
      """
    )
    var read: [[Int64]] = []
    while try hours.step() { read.append((0..<5).map { hours.number($0) }) }
    // (60 × 1029.5 + 5000) / 61, from the rounded mean of the first fold.
    #expect(read == [[0, 61, 1000, 1095, 5000], [3600, 60, 1060, 1090, 1119]])
    let series = try #require(try RecordedHistories.read(path)[0][Self.headroom])
    #expect(series.count == 62)
    #expect(series.first == SampleSeries.Sample(time: 1800, value: ByteCount(1095)))

    #expect(try recorder.compact(detail: 0, retain: 3600).hours == 2)
    #expect(try RecordedHistories.read(path)[0][Self.headroom]?.count == 61)
  }

  @Test("What is no database of ours is refused and left as it was")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write(
      "text",
      Array("not a database, but long enough to be read as one".utf8)
    )
    #expect(throws: DatabaseError.self) { try HostRecorder(text.path) }
    #expect(try String(contentsOf: text, encoding: .utf8).hasPrefix("not a database"))

    let foreign = folder.url.appending(path: "foreign").path
    try Database(foreign, mayCreate: true).run("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    var error = try #require(throws: DatabaseError.self) { try HostRecorder(foreign) }
    #expect(error.reason.contains("not a database that zonewise record made"))
    #expect(try Database(foreign, mayCreate: false).number("SELECT x FROM t") == 1)

    let newer = folder.url.appending(path: "newer").path
    _ = try HostRecorder(newer)
    try Database(newer, mayCreate: true).run("PRAGMA user_version = 99")
    error = try #require(throws: DatabaseError.self) { try HostRecorder(newer) }
    #expect(error.reason.contains("newer zonewise"))

    error = try #require(throws: DatabaseError.self) {
      try RecordedHistories.read(folder.url.appending(path: "nowhere").path)
    }
    #expect(error.reason.contains("can't be opened"))
  }

  @Test("A migration happens once, and one that fails leaves the database as it was")
  func migrations() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    try recorder.record(observation(100))
    try recorder.close()
    let next = RecordSchema.migrations + ["ALTER TABLE host ADD COLUMN label TEXT"]
    #expect(throws: DatabaseError.self) {
      try RecordSchema.open(path, mayCreate: true, migrations: next + ["NO SQL"])
    }
    #expect(try RecordedHistories.read(path).count == 1)
    for _ in 0..<2 {
      let database = try RecordSchema.open(path, mayCreate: true, migrations: next)
      #expect(try database.number("PRAGMA user_version") == 2)
      #expect(try database.number("SELECT count(label IS NULL) FROM host") == 1)
    }
  }

  @Test("A full file system keeps what was there, and says so")
  func full() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "h.db").path
    let recorder = try HostRecorder(path)
    try recorder.record(observation(1))
    try recorder.limit(pages: 0)
    let error = try #require(throws: DatabaseError.self) {
      for time in 2..<100_000 as Range<Int64> { try recorder.record(observation(time)) }
    }
    #expect(error.reason.contains("no room left"))
    #expect(try RecordedHistories.read(path)[0][Self.headroom]?.first?.time == 1)
  }
}

extension HostRecorder {
  /// Lets the database grow no further, as a full disk would.
  func limit(pages: Int) throws { try database.run("PRAGMA max_page_count = \(max(1, pages))") }
}
