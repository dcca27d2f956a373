internal import Foundation
internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

@Suite("Archives")
struct ArchiveSourceTests {
  /// What a source is collected to, its own name aside.
  static func collect(_ path: String) throws -> HostSnapshot {
    guard case .host(let source) = try SourceFinder.find(path) else {
      throw CollectionError.notASource(path)
    }
    return nameless(try HostCollector.collect(from: source), path)
  }

  static func nameless(_ snapshot: HostSnapshot, _ path: String) -> HostSnapshot {
    var snapshot = snapshot
    snapshot.source = SourceDescription(kind: .archive, path: "")
    if case .known(var config, _) = snapshot.kernelConfig {
      config.input = config.input.replacingOccurrences(of: path, with: "")
      snapshot.kernelConfig = .known(config)
    }
    return snapshot
  }

  private static func problem(_ archive: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws
    -> String
  {
    let folder = try TemporaryFolder()
    let path = try folder.write(archive, "archive.tar")
    do throws(CollectionError) {
      guard case .host(let source) = try SourceFinder.find(path, limits: limits) else {
        return "not a host"
      }
      _ = try HostCollector.collect(from: source)
      return ""
    } catch {
      return error.description
    }
  }

  /// A small host in an archive, for tests that then spoil it.
  private static func host(_ top: String = "host") throws -> TarMaker {
    try Roots.tar(try #require(Roots.all.first), under: top)
  }

  @Test("a root is the same in a directory and in an archive", arguments: Roots.all)
  func roots(root: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(try Roots.tar(root).finished, "host.tar")
    #expect(try Self.collect(path) == Self.collect(root))
  }

  @Test("a packed root is the same when it is unpacked", arguments: Roots.packed)
  func unpacked(root: String) throws {
    let folder = try TemporaryFolder()
    let done = try ProgramRun(["tar", "xzf", root, "-C", folder.path("")])
    #expect(done.status == 0)
    #expect(try Self.collect(root) == Self.collect(folder.path("")))
  }

  @Test(
    "every packing gives the same",
    .needs("gzip", "xz", "bzip2", "zstd"),
    arguments: [["gzip", "-c"], ["xz", "-0", "-c"], ["bzip2", "-c"], ["zstd", "-q", "-c"]]
  )
  func packings(program: [String]) throws {
    let tar = try Self.host().finished
    let packed = try ProgramRun(program, input: tar)
    let folder = try TemporaryFolder()
    let plain = try folder.write(tar, "plain.tar")
    let path = try folder.write(packed.output, "packed")
    #expect(try Self.collect(path) == Self.collect(plain))
  }

  @Test(
    "a host's root may lie at the top, in a folder, or in a folder of that",
    arguments: ["", "sosreport-db-17", "insights-db-17/data", "db-17/fsroot", "db-17/rootfs"]
  )
  func layouts(top: String) throws {
    let root = try #require(Roots.all.first)
    let folder = try TemporaryFolder()
    let path = try folder.write(try Roots.tar(root, under: top).finished, "host.tar")
    #expect(try Self.collect(path) == Self.collect(root))
  }

  // MARK: Hostile archives

  @Test("names that lead out, and absolute ones, are refused by name")
  func names() throws {
    var tar = try Self.host()
    tar.add("host/../../etc/passwd", contents: [1])
    #expect(try Self.problem(tar.finished).contains("host/../../etc/passwd: a name that leads out"))
    tar = try Self.host()
    tar.add("/etc/passwd", contents: [1])
    #expect(try Self.problem(tar.finished).contains("/etc/passwd: an absolute name"))
  }

  @Test("links are followed inside the archive and never out of it")
  func links() throws {
    let target = "../../../../../../etc/passwd"
    for kind in [TarMaker.Kind.symbolicLink, .hardLink] {
      var tar = TarMaker()
      tar.add("host/proc/zoneinfo", kind, target: target)
      let problem = try Self.problem(tar.finished)
      #expect(problem.contains("host/proc/zoneinfo: a link out of the archive"), "\(problem)")
    }
    // An absolute link means the host's own root, never this machine's.
    var tar = TarMaker()
    tar.add("host/proc/zoneinfo", .symbolicLink, target: "/proc/zoneinfo")
    #expect(try Self.problem(tar.finished).contains("links in a circle"))
    tar = TarMaker()
    tar.add("host/proc/meminfo", .symbolicLink, target: "/etc/passwd")
    tar.add("host/proc/zoneinfo", .symbolicLink, target: "/etc/hostname")
    #expect(try !Self.problem(tar.finished).isEmpty)
  }

  @Test(
    "devices and pipes are not read",
    arguments: [TarMaker.Kind.characterDevice, .blockDevice, .pipe, .directory]
  )
  func devices(kind: TarMaker.Kind) throws {
    var tar = TarMaker()
    tar.add("host/proc/zoneinfo", kind)
    #expect(try Self.problem(tar.finished).contains("not a regular file"))
  }

  @Test("a file that claims 10 GiB is refused before it is unpacked")
  func claimedSize() throws {
    var tar = TarMaker()
    tar.add("host/var/log/huge", contents: [0], claimed: 10 << 30)
    #expect(try Self.problem(tar.finished).contains("host/var/log/huge: more than 8192 MiB"))
    tar = TarMaker()
    tar.add("host/proc/zoneinfo", contents: [UInt8](repeating: 0, count: 4096), claimed: 7 << 30)
    #expect(try Self.problem(tar.finished).contains("host/proc/zoneinfo"))
  }

  @Test("zeros by the gigabyte are bounded by what comes out, whatever their headers say")
  func zeroBomb() throws {
    var limits = ArchiveLimits()
    limits.unpacked = 8 << 20
    var tar = TarMaker()
    for number in 0..<20 {
      tar.add("host/var/log/\(number)", contents: [UInt8](repeating: 0, count: 1 << 20))
    }
    let packed = try ProgramRun(["gzip", "-c"], input: tar.finished)
    #expect(packed.output.count < 100_000)
    #expect(try Self.problem(packed.output, limits: limits).contains("more than 8 MiB unpacked"))
  }

  @Test("entries, kept bytes and bytes of one file are bounded")
  func bounds() throws {
    var limits = ArchiveLimits()
    limits.entries = 1000
    var tar = TarMaker()
    for number in 0...1000 { tar.add("host/x/\(number)") }
    let problem = try Self.problem(tar.finished, limits: limits)
    #expect(problem.contains("host/x/1000: more than 1000 entries"))

    limits = ArchiveLimits()
    limits.kept = 1 << 20
    tar = TarMaker()
    for number in 0..<5 {
      tar.add("host/proc/\(number)", contents: [UInt8](repeating: 65, count: 500_000))
    }
    #expect(try Self.problem(tar.finished, limits: limits).contains("more than 1 MiB to keep"))

    limits = ArchiveLimits()
    limits.perFile = 1000
    tar = try Self.host()
    #expect(try Self.problem(tar.finished, limits: limits).isEmpty)
  }

  @Test("an archive that ends anywhere is refused, or lacks what came later, and never traps")
  func truncated() throws {
    let tar = try Self.host().finished
    let packed = try ProgramRun(["gzip", "-c"], input: tar)
    for end in stride(from: 1, to: packed.output.count, by: max(1, packed.output.count / 23)) {
      let problem = try Self.problem(Array(packed.output[..<end]))
      #expect(!problem.isEmpty, "\(end)")
    }
    for end in stride(from: 512, to: tar.count - 1024, by: max(512, tar.count / 29)) {
      _ = try Self.problem(Array(tar[..<end]))
    }
  }

  @Test("bytes changed anywhere are refused or read, and never trap", .needs("xz", "zstd"))
  func corrupt() throws {
    let tar = try Self.host().finished
    let packers = [["gzip", "-c"], ["xz", "-0", "-c"], ["zstd", "-q", "-c"]]
    let packings = try [tar] + packers.map { try ProgramRun($0, input: tar).output }
    for archive in packings {
      for seed in 0..<15 {
        var bytes = archive
        for step in 1...8 {
          let index = (seed * 7919 + step * 104_729) % bytes.count
          bytes[index] = bytes[index] &+ UInt8(truncatingIfNeeded: seed + step)
        }
        _ = try Self.problem(bytes)
      }
    }
  }

  @Test("names that are not UTF-8 are passed over, and shown without control characters")
  func notUTF8() throws {
    var tar = try Self.host()
    tar.add([0x68, 0x6F, 0x73, 0x74, 0x2F, 0xE9, 0xFF], contents: [1])
    #expect(try Self.problem(tar.finished).isEmpty)
    tar.add(Array("host/\u{1B}[31m/../x".utf8), contents: [1])
    let problem = try Self.problem(tar.finished)
    #expect(problem.contains("leads out"))
    #expect(!problem.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("two hosts, or the same file twice, are not one host")
  func twoHosts() throws {
    var tar = try Self.host("a")
    let root = try #require(Roots.all.last)
    tar.add(
      "b/proc/zoneinfo",
      contents: Array(try Data(contentsOf: URL(filePath: root + "/proc/zoneinfo")))
    )
    #expect(try Self.problem(tar.finished).contains("b/proc/zoneinfo: a second host beside a"))
    tar = try Self.host()
    tar.add("host/proc/zoneinfo", contents: [65])
    #expect(
      try Self.problem(tar.finished).contains("host/proc/zoneinfo: it is in the archive twice")
    )
  }

  @Test("an archive without a host says so, and names an archive inside")
  func noHost() throws {
    var tar = TarMaker()
    tar.add("bundle/db-17.tar.xz", contents: [1, 2, 3])
    let problem = try Self.problem(tar.finished)
    #expect(problem.contains("no proc/zoneinfo"))
    #expect(problem.contains("bundle/db-17.tar.xz is an archive itself"))
  }
}
