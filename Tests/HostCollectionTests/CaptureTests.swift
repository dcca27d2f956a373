internal import Foundation
internal import HostCollection
internal import HostModel
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Captures")
struct CaptureTests {
  private func source(_ path: String?) throws -> any HostSource {
    guard case .host(let source) = try SourceFinder.find(path) else {
      throw CollectionError.notASource(path ?? "")
    }
    return source
  }

  @Test(
    "a capture is the host that it was taken of, field by field",
    arguments: Roots.all + Roots.packed
  )
  func roots(root: String) throws {
    let folder = try TemporaryFolder()
    for name in ["host.tar.gz", "host.tar"] {
      let path = folder.path(name)
      _ = try Capture.write(try source(root), to: path, Capture.Request(tool: "test"))
      var captured = try ArchiveSourceTests.collect(path)
      var whole = try ArchiveSourceTests.collect(root)
      // A capture's name says which machine it was; what stood in for files is in it as those files.
      captured.substitutes = []
      whole.substitutes = []
      #expect(captured == whole)
    }
  }

  @Test("A capture of a capture is as old as the first, as is its bundle")
  func taken() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("first.tar.gz")
    _ = try Capture.write(try source(Roots.all[0]), to: path, Capture.Request(tool: "test"))
    let first = try #require(try source(path).taken)
    // A manifest of long ago, so that no clock can be right by chance.
    let (line, _) = try Capture.bundle(try source(path), Capture.Request(tool: "test"))
    let old = String(decoding: line, as: UTF8.self).replacingOccurrences(
      of: CivilTime(seconds: first).timestamp,
      with: "2001-02-03T04:05:06Z"
    )
    let bundle = try folder.write("old.json", Array(old.utf8)).path
    let again = folder.path("again.tar.gz")
    var request = Capture.Request(tool: "test")
    request.isSlim = true
    request.isRedacted = true
    _ = try Capture.write(try source(bundle), to: again, request)
    for path in [bundle, again] {
      let taken = try #require(try source(path).taken)
      #expect(CivilTime(seconds: taken).timestamp == "2001-02-03T04:05:06Z")
    }
  }

  /// What does not change while a machine runs, of what was read of it.
  private func steady(_ snapshot: HostSnapshot, _ path: String) -> HostSnapshot {
    var snapshot = ArchiveSourceTests.nameless(snapshot, path)
    func names(_ table: CounterTable) -> CounterTable {
      var names = CounterTable()
      for index in table.entries.indices { names.append(name: table.name(at: index), value: 0) }
      return names
    }
    snapshot.meminfo = snapshot.meminfo.map { Meminfo(names($0.table)) }
    snapshot.vmstat = snapshot.vmstat.map { MemoryCounters(names($0.table)) }
    snapshot.buddyinfo = snapshot.buddyinfo.map { info in
      BuddyInfo(rows: info.rows.map { BuddyInfo.Row(node: $0.node, kind: $0.kind, freeBlocks: []) })
    }
    snapshot.pagetypeinfo = snapshot.pagetypeinfo.map { info in
      PageTypeInfo(pageBlockOrder: info.pageBlockOrder, pagesPerBlock: info.pagesPerBlock)
    }
    snapshot.zoneinfo = snapshot.zoneinfo.map { info in
      var info = info
      for node in info.nodes.indices {
        info.nodes[node].counterTable = names(info.nodes[node].counterTable)
        for zone in info.nodes[node].zones.indices {
          info.nodes[node].zones[zone].counterTable = names(
            info.nodes[node].zones[zone].counterTable
          )
          info.nodes[node].zones[zone].pages = names(info.nodes[node].zones[zone].pages)
          info.nodes[node].zones[zone].protection = []
          info.nodes[node].zones[zone].pagesets = []
          info.nodes[node].zones[zone].trailer = names(info.nodes[node].zones[zone].trailer)
        }
      }
      return info
    }
    snapshot.nodes = snapshot.nodes.map { nodes in
      nodes.map { node in
        var node = node
        node.meminfo = node.meminfo.map { Meminfo(names($0.table)) }
        node.vmstat = node.vmstat.map { MemoryCounters(names($0.table)) }
        node.numastat = node.numastat.map(names)
        return node
      }
    }
    snapshot.swaps = snapshot.swaps.map { areas in
      areas.map {
        SwapArea(path: $0.path, type: $0.type, size: $0.size, used: 0, priority: $0.priority)
      }
    }
    snapshot.devices.zram = snapshot.devices.zram.map { _ in [] }
    snapshot.pins = PinStatistics()
    snapshot.processes = .unknown(.undetermined("changes"))
    return snapshot
  }

  @Test("a capture of this host is this host, but for what changes while it runs")
  func live() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("live.tar.gz")
    let root = try #require(Capture.liveRoot)
    _ = try Capture.write(root, to: path, Capture.Request(tool: "test"))
    let captured = steady(try HostCollector.collect(from: try source(path)), path)
    let live = steady(try HostCollector.collect(from: try source(nil)), "")
    #expect(captured.unread == live.unread)
    #expect(captured.devices == live.devices)
    #expect(captured.onlining == live.onlining && captured.virtualMemory == live.virtualMemory)
    #expect(captured.nodes == live.nodes)
    #expect(captured.memoryBlocks == live.memoryBlocks)
    #expect(captured == live)
  }

  @Test(
    "the script's capture is zonewise's",
    .needs("busybox"),
    arguments: [["sh"], ["busybox", "sh"]]
  )
  func script(shell: [String]) throws {
    let script = Fixtures.checkout.appending(path: "Integrations/capture.sh").path
    let folder = try TemporaryFolder()
    let path = folder.path("script.tar.gz")
    let result = try ProgramRun(shell + [script, path])
    #expect(result.status == 0)
    let captured = steady(try HostCollector.collect(from: try source(path)), path)
    let live = steady(try HostCollector.collect(from: try source(nil)), "")
    #expect(captured.unread == live.unread)
    #expect(captured.devices == live.devices)
    #expect(captured.onlining == live.onlining && captured.virtualMemory == live.virtualMemory)
    #expect(captured == live)
  }

  @Test("the script is POSIX sh, by shellcheck", .needs("shellcheck"))
  func shellcheck() throws {
    let script = Fixtures.checkout.appending(path: "Integrations/capture.sh").path
    let result = try ProgramRun(["shellcheck", "-s", "sh", script])
    #expect(result.status == 0, "\(result.text)")
  }

  @Test("a redacted capture has no trace of the host's name, and the same verdict's numbers")
  func redacted() throws {
    let folder = try TemporaryFolder()
    let root = folder.path("root")
    try FileManager.default.copyItem(atPath: Roots.all[0], toPath: root)
    let write = { (name: String, text: String) in
      let url = URL(filePath: root).appending(path: name)
      try? FileManager.default.removeItem(at: url)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: url)
    }
    try write("proc/sys/kernel/hostname", "secretname\n")
    try write(
      "proc/cmdline",
      "kernelcore=2G ip=10.1.2.3::10.1.2.1 root=/dev/secretname hugepages=4 BOOTIF=aa-bb -- --secretname"
    )
    try write("proc/7/status", "Name:\tsecretname\nVmPin:\t      8 kB\nGroups:\t1000\n")
    try write(
      "proc/swaps",
      "Filename Type Size Used Priority\n/home/secretname/swap file 1024 0 -2\n"
    )
    var request = Capture.Request(tool: "test")
    request.isRedacted = true
    request.collection.readProcesses = true
    let path = folder.path("redacted.tar")
    _ = try Capture.write(try source(root), to: path, request)
    let bundle = try folder.write(
      try Capture.bundle(try source(root), request).line,
      "redacted.json"
    )
    for path in [path, bundle] {
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.range(of: Data("secretname".utf8)) == nil)
      #expect(bytes.range(of: Data("10.1.2".utf8)) == nil)
      let captured = try HostCollector.collect(from: try source(path), options: request.collection)
      #expect(captured.hostName.value == "redacted")
      #expect(
        captured.commandLine.value
          == "kernelcore=2G ip=redacted root=redacted hugepages=4 BOOTIF=redacted"
      )
      #expect(captured.processes.value?.pinned == .kibibytes(8))
      #expect(captured.swaps.value?.first?.size == .kibibytes(1024))
    }
  }

  @Test("a link in the file's place is refused, and nothing is left behind")
  func atomic() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write([1, 2, 3], "target")
    let link = folder.path("link.tar.gz")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let root = try source(Roots.all[0])
    #expect(throws: CollectionError.self) {
      try Capture.write(root, to: link, Capture.Request(tool: "test"))
    }
    #expect(try Data(contentsOf: URL(filePath: target)) == Data([1, 2, 3]))
    #expect(throws: CollectionError.self) {
      try Capture.write(root, to: folder.path("no/such.tar"), Capture.Request(tool: "test"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
  }
}
