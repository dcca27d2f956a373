internal import Foundation
internal import TestSupport
internal import Testing

/// The reader of packed fixtures, against Lab/packs.py, which writes them.
@Suite("Packed fixtures")
struct FixtureTests {
  @Test(
    "what is unpacked packs into the same bytes",
    arguments: [
      "Roots/6.12-two-nodes-kernelcore", "Offlining/7.x-busy", "Lab/5.10", "OOM/booted/7.x",
      "Growth/6.1",
    ]
  )
  func roundTrip(name: String) throws {
    let folder = try TemporaryFolder()
    let source = try TemporaryFolder()
    // What stands beside a pack under the same name, as Growth's archives do, is no part of it.
    let unpacked = source.url.appending(path: "unpacked")
    let pack = Fixtures.tests.appending(path: "Fixtures/\(name).pack")
    try fixture("unpack", pack.path, unpacked.path)
    let target = folder.path("again.pack")
    try fixture("pack", unpacked.path, target)
    #expect(try Data(contentsOf: URL(filePath: target)) == Data(contentsOf: pack))
    let manager = FileManager.default
    for file in try manager.subpathsOfDirectory(atPath: unpacked.path) {
      let here = Fixtures.url(name).appending(path: file).path
      let there = unpacked.appending(path: file).path
      #expect(
        (try? manager.destinationOfSymbolicLink(atPath: here))
          == (try? manager.destinationOfSymbolicLink(atPath: there)),
        "\(file)"
      )
      #expect(manager.contents(atPath: here) == manager.contents(atPath: there), "\(file)")
    }
  }

  @Test("every kind of entry comes back, and what a text can't hold is refused")
  func kinds() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/empty", "")
    try folder.write("in/newline", "\n")
    try folder.write("in/open", "no newline")
    try folder.write("in/deep/lines", "a\n\nb\n\n")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "in/nothing"),
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("in/link"),
      withDestinationPath: "deep/../newline"
    )
    try fixture("pack", folder.path("in"), folder.path("x.pack"))
    try fixture("unpack", folder.path("x.pack"), folder.path("out"))
    let same = try ProgramRun([
      "diff", "-r", "--no-dereference", folder.path("in"), folder.path("out"),
    ])
    #expect(same.status == 0, "\(same.text)")
    try folder.write("in/header", "-- x --\n")
    let refused = try ProgramRun(
      ["python3", Self.script, "pack", folder.path("in"), folder.path("y.pack")]
    )
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("error: header: "), "\(refused.errors)")
  }

  private static let script = Fixtures.checkout.appending(path: "Scripts/fixture").path

  private func fixture(_ words: String...) throws {
    let run = try ProgramRun(["python3", Self.script] + words)
    try #require(run.status == 0, "\(run.errors)")
  }
}
