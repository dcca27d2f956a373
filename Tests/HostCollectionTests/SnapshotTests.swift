internal import Foundation
internal import HostCollection
internal import HostModel
internal import Testing

@Suite("Snapshots")
struct SnapshotTests {
  private func snapshot(_ root: String) throws -> HostSnapshot {
    var options = CollectionOptions()
    options.readProcesses = true
    guard case .host(let source) = try SourceFinder.find(root) else {
      throw CollectionError.notASource(root)
    }
    return try HostCollector.collect(from: source, options: options)
  }

  @Test("a snapshot reads back as it was written", arguments: Roots.all + Roots.packed + [""])
  func roundTrip(root: String) throws {
    let snapshot = try snapshot(root)
    let line = SnapshotWriter.line(snapshot, tool: "test")
    #expect(!line.contains(0x0A))
    let read = try SnapshotReader.read(line, file: "host.json")
    #expect(read == snapshot)
    #expect(SnapshotWriter.line(read, tool: "test") == line)
  }

  @Test("what no real host has reads back too")
  func odd() throws {
    var snapshot = HostSnapshot(source: SourceDescription(kind: .spec, path: "ü\u{0}\"\\\n"))
    snapshot.hostName = .known("\u{10FFFF}\u{7F}")
    var table = CounterTable(of: .meminfo)
    let name: [UInt8] = [0xFF, 0x41]
    table.append(
      name: 0..<2,
      of: name.span,
      value: .max,
      state: .wrappedNegative,
      isKibibytes: true
    )
    table.append(name: "same", value: 0)
    table.append(name: "same", value: 1)
    snapshot.meminfo = .known(Meminfo(table))
    snapshot.zoneinfo = .known(ZoneInfo())
    snapshot.kernelConfig = .known(
      KernelConfig(options: ["A": .text("y"), "B": .yes, "C": .module, "D": .no], input: "x")
    )
    snapshot.onlining.policy = .unknown(.rejected(input: "a", field: "b", why: "c"))
    snapshot.virtualMemory.minFree = .unknown(.notReported(input: "a", field: "b"))
    snapshot.lockLimit = .unknown(.undetermined("why"))
    snapshot.pins.perNode[3] = .unknown(.unreadable(input: "a", cause: "b"))
    snapshot.devices.udevRules = .known([
      UdevMemoryRule(file: "f", line: 1, action: "online", isConditional: true)
    ])
    var section = DaxctlSection(file: "f", name: "n")
    section.mode = "system-ram"
    snapshot.devices.daxctl = .known([section])
    snapshot.devices.balloons = .known([BalloonDevice(driver: .xen, seenAt: "x")])
    snapshot.devices.dax = .known([DAXDevice(name: "dax0.0", driver: .kmem)])
    snapshot.devices.persistentMemory = .known([PersistentMemoryDevice(name: "p", kind: .pfn)])
    snapshot.devices.pinners = .known([PinningDevice(kind: .sev, name: "n", seenAt: "s")])
    snapshot.devices.zram = .known([
      ZRAMDevice(name: "z", diskSize: 1, stored: .known(2), used: .unknown(.undetermined("w")))
    ])
    let line = SnapshotWriter.line(snapshot, tool: "test")
    #expect(try SnapshotReader.read(line, file: "host.json") == snapshot)
  }

  @Test("a snapshot that was cut anywhere is refused, with its line and column")
  func cut() throws {
    let line = SnapshotWriter.line(try snapshot(try #require(Roots.all.first)), tool: "test")
    for end in stride(from: 0, to: line.count, by: max(1, line.count / 211)) {
      do throws(JSONError) {
        _ = try SnapshotReader.read(Array(line[..<end]), file: "host.json")
        Issue.record("taken up to \(end)")
      } catch {
        #expect(error.line == 1)
        #expect(error.column <= end + 1)
      }
    }
  }

  @Test(
    "what is wrong is named where it stands",
    arguments: [
      ("{\"schemaVersion\":2}", "host.json:1:19: schemaVersion is not 1"),
      (
        "{\n \"schemaVersion\":1,\n \"schemaVersion\":1}",
        "host.json:3:2: \"schemaVersion\" stands"
      ),
      ("{\"command\":\"predict\"}", "the answer of another command"),
      ("{}", "no schemaVersion"), ("[]", "expected an object"),
      ("{\"schemaVersion\":1} x", "behind the end"),
      ("{\"schemaVersion\":01}", "expected a number"), ("{\"schemaVersion\":1.0}", "whole number"),
      ("{\"x\":\"\\ud800\"}", "surrogate"), ("{\"x\":\"\\q\"}", "an escape"),
      (String(repeating: "{\"a\":", count: 40), "nested too deeply"),
    ]
  )
  func errors(text: String, message: String) {
    do throws(JSONError) {
      _ = try SnapshotReader.read(Array(text.utf8), file: "host.json")
      Issue.record("taken")
    } catch {
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("a stream gives its hosts one after the other, and goes on behind a broken line")
  func stream() throws {
    let first = try snapshot(try #require(Roots.all.first))
    let last = try snapshot(try #require(Roots.all.last))
    var bytes = SnapshotWriter.line(first, tool: "test") + [0x0A]
    bytes += Array("{\"schemaVersion\":1,\"zoneinfo\":7}\n\n".utf8)
    bytes += SnapshotWriter.line(last, tool: "test")
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, "hosts.ndjson")
    var stream = try SnapshotStream(path: path)
    #expect(try stream.next()?.zoneinfo == first.zoneinfo)
    do throws(CollectionError) {
      _ = try stream.next()
      Issue.record("taken")
    } catch {
      #expect(error.description.contains("hosts.ndjson:2:"))
    }
    #expect(try stream.next()?.zoneinfo == last.zoneinfo)
    #expect(stream.line == 4)
    #expect(try stream.next() == nil)
    // One source is one host.
    #expect(throws: CollectionError.self) { try SourceFinder.find(path) }
  }

  @Test("a file with one host is that host")
  func file() throws {
    let snapshot = try snapshot(try #require(Roots.all.first))
    let folder = try TemporaryFolder()
    let path = try folder.write(SnapshotWriter.line(snapshot, tool: "test") + [0x0A], "host.json")
    guard case .snapshot(let found) = try SourceFinder.find(path) else {
      Issue.record("not found to be a snapshot")
      return
    }
    #expect(found.source == SourceDescription(kind: .snapshot, path: path))
    #expect(found.zoneinfo == snapshot.zoneinfo)
  }
}
