internal import Advice
internal import FleetCheck
internal import Foundation
internal import HostCollection
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("What a check looks at")
struct CheckInputTests {
  @Test("Files are found by content, in the order of their names; others are left alone")
  func mixed() async throws {
    let fixture = try CheckFixture([
      "a/fleet.yaml": ClassJudgeTests.spec("  - name: web\n    nodes: [{memory: 8GiB}]"),
      "b/machine.yaml": "schema: 1\nmachine:\n  arch: x86_64\n  nodes: [{memory: 8GiB}]\n",
      "c/grub": PolicyTests.grub, "d/notes.md": "kernelcore=2G is a bad idea\n",
      "e/values.yaml": "replicas: 3\n", ".git/config": PolicyTests.grub,
    ])
    let root = Fixtures.url("Roots/6.12-two-nodes-kernelcore")
    try FileManager.default.copyItem(at: root, to: fixture.folder.appending(path: "f"))
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    #expect(answer.subjects.map(\.kind) == [.machineClass, .machineClass, .commandLine, .host])
    #expect(answer.subjects.map(\.name).prefix(2) == ["web", "machine"])
  }

  @Test("What was named and is none of ours is told; what was only met is not")
  func notOurs() async throws {
    let fixture = try CheckFixture(["x/README": "hello\n"])
    #expect(try await fixture.check(["x/README"]).failures.count == 1)
    #expect(try await fixture.check(["x"]).results.isEmpty)
    #expect(try await fixture.check(["nowhere"]).failures.map(\.message) == ["not there"])
  }

  @Test("A packed file of somebody else is left alone on a walk, and told where it was named")
  func archives() async throws {
    // gzip of nothing that is ours, and of half a file.
    let packed = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 3, 0, 0xFC, 0xFF, 0x61, 0x0A, 0x0A])
    let fixture = try CheckFixture()
    let names = [
      "man.1.gz", "src.tar.gz", "sosreport-a.tar.gz", "gcloud_endpoints_create.1.gz",
      "git-bundle.1.gz", "sosreport.1.gz", "db-snapshot.tar.gz",
    ]
    for name in names {
      try fixture.write(packed, to: "x/" + name)
    }
    let walked = try await fixture.check()
    #expect(walked.failures.map { $0.place.file.hasSuffix("sosreport-a.tar.gz") } == [true])
    #expect(try await fixture.check(["x/man.1.gz"]).failures.count == 1)
  }

  @Test("A program with the kernel's messages in it is no boot log")
  func programs() async throws {
    let text = """
      /* Linux version 6.12.0 */
      pr_info("[    0.000000] Zone ranges:\\n");
      [    0.000000] Zone ranges:
      [    0.000000]   Normal   [mem 0x0000000000001000-0x00000000ffffffff]
      [    0.000000] Movable zone start for each node
      static char *line = "quiet kernelcore=3G";

      """
    let fixture = try CheckFixture(["init.c": text])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    #expect(answer.subjects.map(\.place.line) == [6])
  }

  @Test(
    "What quotes a spec, a zoneinfo or a log is none of them on a walk, and neither is test data"
  )
  func quotes() async throws {
    let zoneinfo = "Node 0, zone   Normal\n  pages free     81234\n"
    let spec = "schema: 1\nclasses:\n  - name: a\n    memory: lots\n"
    let fixture = try CheckFixture([
      "guide.md": "schema: 1\nclasses:\n  `nodes:` and more\n", "zones_test.go": zoneinfo,
      "Zones.swift": zoneinfo, "notes.rst": "[    0.000000] Linux version 6.12.0\nZone ranges:\n",
      "hiera/common.yaml": "schema: https://example.org\nclasses:\n  - nodes: x\n",
      "testdata/proc/meminfo": "MemTotal: 1 kB\n",
      "ci/console.log": "[    0.000000] Linux version 6.12.0\nKernel panic\n",
      "x.exe": "MZ\0\0\0\0\0\0kernelcore=2G",
    ])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    #expect(answer.subjects.isEmpty)
    // What is beyond doubt a spec of ours or a capture is told where it is damaged.
    try fixture.write(spec, to: "fleet.yaml")
    try fixture.write("Node 0, zone   Normal\n  pages free     x\n", to: "host/proc/zoneinfo")
    let damaged = try await fixture.check()
    #expect(
      damaged.failures.map { $0.place.file.dropFirst(fixture.path.count) } == [
        "fleet.yaml", "host",
      ]
    )
  }

  @Test("Packed files are opened where their first entries are a host's")
  func packed() async throws {
    let root = Fixtures.url("Roots/6.12-two-nodes-kernelcore")
    let fixture = try CheckFixture(["src/main.c": "int main(void) { return 0; }\n"])
    for (name, folder) in [("x/data.tar.gz", root), ("x/src.tar.gz", fixture.folder)] {
      let file = fixture.folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      let made = try ProgramRun([
        "tar", "-czf", file.path, "--exclude", "x", "-C", folder.path, ".",
      ])
      #expect(made.status == 0)
    }
    let answer = try await fixture.check(["x"])
    #expect(answer.subjects.map(\.kind) == [.host])
    #expect(answer.failures.isEmpty)
    #expect(answer.skipped == 1)
  }

  @Test("What a policy above ignores, no policy below brings back")
  func ignoredFolder() async throws {
    let fixture = try CheckFixture([
      "fixtures/a/grub": PolicyTests.grub, "fixtures/a/.zonewise.yaml": "schema: 1\n",
      "fixtures/broken/.zonewise.yaml": "schema: 9\n", "grub": PolicyTests.grub,
    ])
    try fixture.write("schema: 1\nignore: [fixtures/]\n", to: ".zonewise.yaml")
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    #expect(answer.subjects.map { $0.place.file.dropFirst(fixture.path.count) } == ["grub"])
  }

  @Test("Links that go in circles end the walk nowhere")
  func circles() async throws {
    let fixture = try CheckFixture(["a/grub": PolicyTests.grub])
    let manager = FileManager.default
    for (name, target) in [("a/up", ".."), ("a/self", "self"), ("a/gone", "nothing")] {
      try manager.createSymbolicLink(
        atPath: fixture.path + name,
        withDestinationPath: target
      )
    }
    let answer = try await fixture.check()
    #expect(answer.subjects.count == 1)
    #expect(answer.failures.isEmpty)
  }

  @Test("Files that are too large, or in UTF-16, are told when they are named")
  func tooLarge() async throws {
    let fixture = try CheckFixture()
    try fixture.write(
      Data([0xFF, 0xFE]) + Data("schema: 1".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
      to: "wide.yaml"
    )
    try fixture.write("classes:\n", to: "huge.yaml")
    let handle = try FileHandle(forWritingTo: fixture.folder.appending(path: "huge.yaml"))
    try handle.truncate(atOffset: 2 << 30)
    try handle.close()
    let answer = try await fixture.check(["wide.yaml", "huge.yaml"])
    #expect(
      answer.failures.map(\.message) == [
        "larger than 16 MiB, which no config is", "UTF-16: save it as UTF-8",
      ]
    )
    #expect(try await fixture.check().results.isEmpty)
  }

  @Test("A file that may not be read is told, and the others are checked")
  func unreadable() async throws {
    let fixture = try CheckFixture(["a/grub": PolicyTests.grub, "b/grub": PolicyTests.grub])
    // Root may read everything: a folder in the place of a file is as bad.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0],
      ofItemAtPath: fixture.path + "a/grub"
    )
    let answer = try await fixture.check()
    #expect(answer.subjects.count + answer.failures.count == 2)
    #expect(answer.subjects.contains { $0.place.file.hasSuffix("b/grub") })
  }

  @Test("A folder with very many files is walked with little in hand")
  func manyFiles() async throws {
    let fixture = try CheckFixture()
    for index in 0..<2000 { try fixture.write("nothing\n", to: "many/\(index).txt") }
    try fixture.write(PolicyTests.grub, to: "many/grub")
    #expect(try await fixture.check().subjects.count == 1)
  }

  @Test("Bundles, one a line: a bad one is told with its line, the others are judged")
  func bundles() async throws {
    let root = Fixtures.path("Roots/6.12-two-nodes-kernelcore")
    let source = try SourceFinder.source(root)
    let bytes = try Capture.bundle(source, Capture.Request(tool: "test")).line
    let line = String(decoding: bytes, as: UTF8.self)
    let fixture = try CheckFixture(["fleet.ndjson": line + "{\"broken\n\n" + line])
    let answer = try await fixture.check()
    #expect(answer.subjects.map(\.place.line) == [1, 4])
    #expect(answer.failures.map(\.place.line) == [2])
  }

  @Test("The order of the results does not depend on how many work on them", arguments: [1, 2, 7])
  func order(width: Int) async throws {
    let classes = (0..<50).map { "  - name: c\($0)\n    nodes: [{memory: \($0 % 7 + 1)GiB}]\n" }
    let fixture = try CheckFixture([
      "a.yaml": ClassJudgeTests.spec(classes.joined()),
      "b.yaml": ClassJudgeTests.spec(classes.joined()),
    ])
    let answer = try await fixture.check(width: width)
    let names = (0..<50).map { "c\($0)" }
    #expect(answer.subjects.map(\.name) == names + names)
  }

  @Test("Only what has changed is looked at, and specs that name it")
  func changed() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": ClassJudgeTests.spec(
        "  - name: web\n    nodes: [{memory: 8GiB}]\n    cmdline: {file: boot/grub}"
      ),
      "other.yaml": ClassJudgeTests.spec("  - name: db\n    nodes: [{memory: 8GiB}]"),
      "boot/grub": PolicyTests.grub, "boot/other": PolicyTests.grub,
    ])
    var options = CheckUnits.Options()
    let root = String(fixture.path.dropLast())
    options.changed = ChangedFiles(["boot/grub"], root: root)
    let answer = try await fixture.check(options: options)
    #expect(answer.subjects.map(\.name) == ["GRUB defaults (/etc/default/grub)", "web"])
    options.changed = ChangedFiles([".zonewise.yaml"], root: root)
    #expect(try await fixture.check(options: options).subjects.count == 4)
    options.changed = ChangedFiles([], root: root)
    #expect(try await fixture.check(options: options).results.isEmpty)
  }

  @Test("Aliases, which a few lines of can stand for gigabytes, are refused")
  func bomb() async throws {
    var text = "schema: 1\ndefaults:\n  arch: x86_64\n  cmdline: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, below) in zip("bcdefghij", "abcdefghi") {
      let list = Array(repeating: "*\(below)", count: 9).joined(separator: ", ")
      text += "  \(name): &\(name) [\(list)]\n"
    }
    let fixture = try CheckFixture(["fleet.yaml": text + "classes:\n  - name: a\n"])
    let answer = try await fixture.check()
    #expect(answer.failures.count == 1)
  }
}
