internal import Foundation
internal import HostCollection
internal import HostModel
internal import SystemIO
internal import TestSupport
internal import Testing

@Suite("Roots: copied and mounted trees")
struct DirectoryRootTests {
  /// A tree that is removed with the value that owns it.
  private final class Tree {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "zonewise-root-\(UUID().uuidString)")
    var root: String { url.appending(path: "root").path }

    init() throws {
      try write("root/proc/zoneinfo", "")
      try write("secret", "outside\n")
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ path: String, _ text: String) throws {
      let file = url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }

    func link(_ path: String, to target: String) throws {
      let file = url.appending(path: path).path
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: target)
    }

    func source() throws -> DirectoryRoot { try #require(DirectoryRoot(path: root)) }

    func read(_ path: String, limit: Int = 1 << 20) throws -> String {
      var buffer: [UInt8] = []
      try source().read(path, limit: limit, into: &buffer)
      return String(decoding: buffer, as: UTF8.self)
    }
  }

  @Test("a link that stays inside is followed")
  func insideLink() throws {
    let tree = try Tree()
    try tree.write("root/usr/lib/os-release", "NAME=x\n")
    try FileManager.default.createDirectory(
      atPath: tree.root + "/etc",
      withIntermediateDirectories: true
    )
    try tree.link("root/etc/os-release", to: "../usr/lib/os-release")
    #expect(try tree.read("/etc/os-release") == "NAME=x\n")
  }

  @Test(
    "a link that leads out is refused, for files and directories",
    arguments: [
      "/etc/passwd", "../../secret", "../../../../../../etc/passwd", "/proc/self/environ",
    ]
  )
  func outsideLink(target: String) throws {
    let tree = try Tree()
    try tree.link("root/proc/meminfo", to: target)
    #expect(throws: ReadFailure.outside) { try tree.read("/proc/meminfo") }
    try tree.link("root/sys", to: "/sys")
    #expect(throws: ReadFailure.outside) { try tree.source().names(in: "/sys/devices") }
  }

  @Test("a directory whose name begins like the root's is outside too")
  func sibling() throws {
    let tree = try Tree()
    try tree.write("root-of-another/meminfo", "MemTotal: 1 kB\n")
    try tree.link("root/proc/meminfo", to: "../../root-of-another/meminfo")
    #expect(throws: ReadFailure.outside) { try tree.read("/proc/meminfo") }
  }

  @Test("a link to nowhere and a loop of links are missing, not followed for ever")
  func brokenLink() throws {
    let tree = try Tree()
    try tree.link("root/proc/meminfo", to: "nowhere")
    try tree.link("root/proc/vmstat", to: "vmstat")
    #expect(throws: ReadFailure.self) { try tree.read("/proc/meminfo") }
    #expect(throws: ReadFailure.self) { try tree.read("/proc/vmstat") }
  }

  @Test("a FIFO is refused without waiting for a writer")
  func fifo() throws {
    let tree = try Tree()
    let path = tree.root + "/proc/meminfo"
    try #require(unsafe mkfifo(path, 0o600) == 0)
    #expect(throws: ReadFailure.notAFile) { try tree.read("/proc/meminfo") }
  }

  @Test("a directory in a file's place is refused, and so is a file in a directory's")
  func wrongKind() throws {
    let tree = try Tree()
    try tree.write("root/proc/meminfo/file", "")
    #expect(throws: ReadFailure.notAFile) { try tree.read("/proc/meminfo") }
    #expect(throws: ReadFailure.missing) { try tree.source().names(in: "/proc/zoneinfo") }
  }

  @Test("a file above its limit is refused, one at its limit is read")
  func limit() throws {
    let tree = try Tree()
    try tree.write("root/proc/meminfo", String(repeating: "x", count: 1000))
    #expect(try tree.read("/proc/meminfo", limit: 1000).count == 1000)
    #expect(throws: ReadFailure.tooLarge(limit: 999)) {
      try tree.read("/proc/meminfo", limit: 999)
    }
  }

  @Test("the root may be in the one folder of the directory that was named")
  func nested() throws {
    let tree = try Tree()
    try FileManager.default.removeItem(atPath: tree.url.appending(path: "secret").path)
    #expect(DirectoryRoot(path: tree.url.path) != nil)
    try tree.write("other/proc/zoneinfo", "")
    #expect(DirectoryRoot(path: tree.url.path) == nil, "two hosts in one directory")
  }

  @Test("a directory that holds neither proc nor sys is no root")
  func notARoot() throws {
    let tree = try Tree()
    #expect(DirectoryRoot(path: tree.root + "/proc") == nil)
    #expect(DirectoryRoot(path: tree.root + "/nothing") == nil)
  }

  @Test("memory tiers are read with their nodes, and one that can't be read makes them unknown")
  func memoryTiers() throws {
    let tree = try Tree()
    let zones = try Fixtures.text("Roots/6.12-two-nodes-kernelcore/proc/zoneinfo")
    try tree.write("root/proc/zoneinfo", zones)
    #expect(try HostCollector.collect(from: tree.source()).memoryTiers.value == nil)
    let folder = "root/sys/devices/virtual/memory_tiering"
    try tree.write(folder + "/memory_tier4/nodelist", "0-1\n")
    try tree.write(folder + "/memory_tier22/nodelist", "2\n")
    try tree.write(folder + "/uevent", "")
    try tree.write("root/sys/kernel/mm/numa/demotion_enabled", "true\n")
    let snapshot = try HostCollector.collect(from: tree.source())
    let tiers = try #require(snapshot.memoryTiers.value).sorted { $0.number < $1.number }
    #expect(tiers.map(\.number) == [4, 22])
    #expect(tiers.map(\.nodes) == [[0, 1], [2]])
    #expect(snapshot.virtualMemory.demotes.value == true)
    try tree.write(folder + "/memory_tier22/nodelist", "two\n")
    #expect(try HostCollector.collect(from: tree.source()).memoryTiers.value == nil)
  }
}
