internal import Foundation
internal import HostCollection
internal import HostModel
internal import SourceText
internal import SystemIO
internal import TestSupport
internal import Testing

@Suite("Bundles")
struct BundleTests {
  private func source(_ path: String?) throws -> any HostSource { try SourceFinder.source(path) }

  private func bundle(_ root: String) throws -> [UInt8] {
    try Capture.bundle(try source(root), Capture.Request(tool: "test")).line
  }

  private func collect(_ line: [UInt8]) throws(CollectionError) -> HostSnapshot {
    try HostCollector.collect(
      from: try BundleSource(line, path: "host.json", name: "host.json")
    )
  }

  /// The host in a bundle, but for where it came from.
  private func nameless(_ line: [UInt8]) throws -> HostSnapshot {
    let snapshot = try collect(line)
    #expect(snapshot.source == SourceDescription(kind: .snapshot, path: "host.json"))
    return ArchiveSourceTests.nameless(snapshot, "host.json:1:")
  }

  @Test(
    "a host reads back from its bundle as from its files",
    arguments: Roots.all + Roots.packed
  )
  func roundTrip(root: String) throws {
    var request = Capture.Request(tool: "test")
    request.collection.readProcesses = true
    let host = try source(root)
    let whole = ArchiveSourceTests.nameless(
      try HostCollector.collect(from: host, options: request.collection),
      root
    )
    let line = try Capture.bundle(host, request).line
    #expect(line.filter { $0 == 0x0A }.count == 1 && line.last == 0x0A)
    #expect(try nameless(line) == whole)
    // A bundle of a bundle is the same host again.
    let again = try Capture.bundle(
      try BundleSource(line, path: "host.json", name: "host.json"),
      request
    )
    #expect(try nameless(again.line) == whole)
  }

  @Test("a slim bundle is the same host for advice, in fewer bytes")
  func slim() throws {
    for root in Roots.all {
      var request = Capture.Request(tool: "test")
      let whole = try Capture.bundle(try source(root), request).line
      request.isSlim = true
      let slim = try Capture.bundle(try source(root), request).line
      #expect(slim.count < 40_000 && slim.count < whole.count, "\(root): \(slim.count)")
      let (full, short) = (try collect(whole), try collect(slim))
      #expect(short.unread == full.unread)
      #expect(short.memoryBlocks == full.memoryBlocks)
      #expect(short.devices == full.devices)
      #expect(short.modules == full.modules)
      for (zone, other) in zip(
        full.zoneinfo.value?.zones ?? [],
        short.zoneinfo.value?.zones ?? []
      ) {
        #expect(zone.counters == other.counters && zone.pages == other.pages)
        #expect(zone.perCPUFree == other.perCPUFree)
      }
    }
  }

  @Test("65,536 memory blocks are a few lines")
  func manyBlocks() throws {
    let folder = try TemporaryFolder()
    let line = try bundle(try #require(Roots.all.first { $0.contains("6.12-two-nodes") }))
    var text = String(decoding: line, as: UTF8.self)
    let start = try #require(text.range(of: "\"/zonewise/memory-blocks\":\""))
    let end = try #require(text[start.upperBound...].firstIndex(of: "\""))
    text.replaceSubrange(
      start.upperBound..<end,
      with: "0-32767 online Normal node0\\n32768-65535 online Movable node1\\n"
    )
    let path = try folder.write("host.json", text).path
    let host = try HostCollector.collect(from: try source(path))
    let blocks = try #require(host.memoryBlocks.value).blocks
    #expect(blocks.count == 65_536)
    #expect(blocks.last?.nodes == [1] && blocks.last?.zone == .movable)
    let again = try Capture.bundle(try source(path), Capture.Request(tool: "test"))
    #expect(again.line.count < text.utf8.count + 100)
    #expect(try HostCollector.collect(from: try source(path)) == host)
  }

  @Test("a bundle that was cut anywhere is refused, with its line and column")
  func cut() throws {
    let line = try bundle(try #require(Roots.all.first))
    for end in stride(from: 0, to: line.count - 2, by: max(1, line.count / 211)) {
      do throws(CollectionError) {
        _ = try collect(Array(line[..<end]))
        Issue.record("taken up to \(end)")
      } catch {
        guard case .bundle(let json) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(json.place.line == 1)
        #expect(json.place.column <= end + 1)
      }
    }
  }

  @Test("a bundle whose zoneinfo lost its end is refused as that file is")
  func incomplete() throws {
    let line = String(decoding: try bundle(try #require(Roots.all.first)), as: UTF8.self)
    let start = try #require(line.range(of: "\"/proc/zoneinfo\":\""))
    let end = try #require(line[start.upperBound...].firstIndex(of: "\""))
    let text = line[start.upperBound..<end]
    let cut = line.replacingCharacters(
      in: start.upperBound..<end,
      with: text.components(separatedBy: "\\n").dropLast(3).joined(separator: "\\n") + "\\n"
    )
    do throws(CollectionError) {
      _ = try collect(Array(cut.utf8))
      Issue.record("taken")
    } catch {
      #expect(error.description.hasPrefix("host.json:1:/proc/zoneinfo:"), "\(error)")
    }
  }

  @Test(
    "what is wrong is named where it stands",
    arguments: [
      ("{\"schemaVersion\":3}", "host.json:1:19: schemaVersion is not 2: a later"),
      (
        "{\n \"schemaVersion\":2,\n \"schemaVersion\":2}",
        "host.json:3:2: \"schemaVersion\" stands"
      ),
      ("{\"schemaVersion\":1,\"command\":\"predict\"}", "the answer of another command"),
      (
        "{\"schemaVersion\":1,\"command\":\"capture\",\"zoneinfo\":{}}",
        "capture the host again with this version"
      ),
      ("{\"kind\":\"image\"}", "something else"), ("{}", "no bundle"), ("[]", "expected an object"),
      ("{\"schemaVersion\":2,\"kind\":\"bundle\"}", "no bundle"),
      ("{\"schemaVersion\":2} x", "behind the end"),
      ("{\"schemaVersion\":01}", "expected a number"), ("{\"schemaVersion\":1.0}", "whole number"),
      ("{\"files\":{\"/x\":\"\\ud800\"}}", "surrogate"),
      ("{\"files\":{\"/x\":\"\\q\"}}", "an escape"),
      ("{\"files\":{\"/x\":7}}", "expected a string"),
      ("{\"files\":{\"x\":\"\"}}", "not a path"),
      ("{\"files\":{\"/x\":\"\n\"}}", "control character"),
      ("{\"files\":{\"/x\":\"", "ends early"), ("{\"files\":{\"/x\":\"a\\", "ends early"),
      ("{\"listings\":{\"/x\":[\"../y\"]}}", "not a name"),
      (String(repeating: "{\"a\":", count: 40), "nested too deeply"),
    ]
  )
  func errors(text: String, message: String) {
    do throws(CollectionError) {
      _ = try collect(Array(text.utf8))
      Issue.record("taken")
    } catch {
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("bytes that are not UTF-8 are refused, and so are too many paths")
  func hostile() {
    let head = Array("{\"schemaVersion\":2,\"kind\":\"bundle\",\"files\":{\"/x\":\"".utf8)
    #expect(throws: CollectionError.self) { try collect(head + [0xC3, 0x28] + Array("\"}}".utf8)) }
    let names = (0...100_000).map { "\"\($0)\"" }.joined(separator: ",")
    let many =
      "{\"schemaVersion\":2,\"kind\":\"bundle\",\"files\":{},\"listings\":{\"/x\":[\(names)]}}"
    #expect(throws: CollectionError.self) { try collect(Array(many.utf8)) }
  }

  @Test("files, directories and what could not be read are what they were")
  func files() throws {
    let text = """
      {"schemaVersion": 2, "kind": "bundle", "machine": "aarch64", "later": [1.5, {"x": null}],
       "files": {"/b/dax0": "1\\u00e9\\ud83d\\ude00\\n", "/b/dax0.0/size": "2", "/b/dax0/size": "3"},
       "unread": {"/p": "permission denied", "/q": "larger than 1 MiB"},
       "listings": {"/empty": [], "/b": ["dax1"]},
       "substitutes": [{"input": "/b", "from": "c"}]}
      """
    let source = try BundleSource(Array(text.utf8), path: "-", name: "standard input")
    var buffer: [UInt8] = []
    try source.read("/b/dax0", limit: 100, into: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == "1é😀\n")
    try source.read("/proc/sys/kernel/arch", limit: 100, into: &buffer)
    #expect(buffer == Array("aarch64\n".utf8))
    #expect(try source.names(in: "/b").sorted() == ["dax0", "dax0.0", "dax1"])
    #expect(try source.names(in: "/empty") == [])
    #expect(source.substitutes == [Substitute(input: "/b", from: "c")])
    for (path, failure) in [
      ("/p", ReadFailure.denied), ("/q", .failed("larger than 1 MiB")), ("/none", .missing),
      ("/b/dax1", .notAFile), ("/b/dax0.0/size", .tooLarge(limit: 0)),
    ] {
      #expect(throws: failure) { try source.read(path, limit: 0, into: &buffer) }
    }
    #expect(throws: ReadFailure.missing) { try source.names(in: "/none") }
    #expect(throws: ReadFailure.denied) { try source.names(in: "/p") }
    #expect(source.displayPath("/proc/zoneinfo") == "standard input:1:/proc/zoneinfo")
  }

  @Test("a stream gives its hosts one after the other, and goes on behind a broken line")
  func stream() throws {
    let first = try #require(Roots.all.first)
    let last = try #require(Roots.all.last)
    let broken = Array("{\"schemaVersion\":2,\"files\":7}\n\n".utf8)
    let folder = try TemporaryFolder()
    let hostLines = try bundle(first) + broken + (try bundle(last))
    let path = try folder.write("hosts.ndjson", hostLines).path
    var stream = try BundleStream(path: path)
    let hosts = try [first, last].map { try HostCollector.collect(from: try source($0)) }
    #expect(try stream.nextLine()?.snapshot().zoneinfo == hosts[0].zoneinfo)
    do throws(CollectionError) {
      _ = try stream.nextLine()?.snapshot()
      Issue.record("taken")
    } catch {
      #expect(error.description.contains("hosts.ndjson:2:"))
    }
    #expect(try stream.nextLine()?.snapshot().zoneinfo == hosts[1].zoneinfo)
    #expect(stream.line == 4)
    #expect(try stream.nextLine() == nil)
    // One source is one host.
    #expect(throws: CollectionError.self) { try SourceFinder.find(path) }
  }
}
