internal import Foundation
internal import TestSupport
internal import Testing

/// A host whose kernel made other zones than its own command line gives here: something about it is not
/// understood, and no command recommends anything on the strength of a prediction for it.
@Suite("A host with other zones than predicted")
struct OtherZonesTests {
  /// Booted with kernelcore=1G, and said to be booted with half of that.
  private func host() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: URL(filePath: Fixtures.path("Roots/6.12-two-nodes-kernelcore")),
      to: folder.url.appending(path: "host")
    )
    try folder.write("host/proc/cmdline", "console=ttyS0 kernelcore=512M\n")
    return folder
  }

  @Test(
    "every command says so",
    arguments: [
      ["predict"], ["predict", "--cmdline", "kernelcore=768M"], ["advise"],
      ["advise", "--want", "1GiB"], ["plan", "--add", "dimm:1GiB@0"], ["report"],
    ]
  )
  func said(_ words: [String]) throws {
    let folder = try host()
    let run = try CommandRun(words + ["--fail-on", "never", "host"], in: folder.url)
    #expect(run.status == 0, "\(run.errors)")
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("can't be relied on"), "\(run.output)")
  }

  private struct Advice: Decodable {
    struct Want: Decodable { var givesMovableBytes: UInt64? }
    struct Recommendation: Decodable {
      var method: String
      var arguments: [String]
    }
    var want: Want
    var recommendation: Recommendation
  }

  @Test("nothing is recommended, for no wish", arguments: ["512MiB", "1:1", "max"])
  func nothingRecommended(_ wish: String) throws {
    let folder = try host()
    let run = try CommandRun(
      ["advise", "host", "--want", wish, "--format", "json", "--fail-on", "never"],
      in: folder.url
    )
    let advice = try JSONDecoder().decode(Advice.self, from: Data(run.output.utf8))
    #expect(advice.want.givesMovableBytes == nil)
    #expect(advice.recommendation.method == "none")
    #expect(advice.recommendation.arguments.isEmpty)
  }

  @Test("cmdline writes nothing, and scripts see that")
  func nothingWritten() throws {
    let folder = try host()
    let run = try CommandRun(
      ["cmdline", "host", "--want", "1GiB", "--for", "grub", "-o", "60-zonewise.cfg"],
      in: folder.url
    )
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("not those that the kernel made"), "\(run.errors)")
    let written = folder.url.appending(path: "60-zonewise.cfg").path
    #expect(!FileManager.default.fileExists(atPath: written))
  }
}
