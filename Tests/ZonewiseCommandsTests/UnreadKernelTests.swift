internal import Foundation
internal import TestSupport
internal import Testing

/// A kernel newer than the newest that was read is judged as that one, and every answer says so.
@Suite("Kernels newer than what was read")
struct UnreadKernelTests {
  /// Text wraps: words are compared.
  private func says(_ text: String) -> Bool {
    let words = text.split { $0.isWhitespace || $0 == "│" }.joined(separator: " ")
    return words.contains(
      "newer than 7.3, the newest whose source was read: it is judged as that one"
    )
  }

  /// A host that was booted, under a kernel that is not there yet.
  private func host(_ folder: TemporaryFolder) throws -> String {
    let root = folder.url.appending(path: "root")
    try FileManager.default.copyItem(at: Fixtures.url("Roots/7.x-two-nodes-kernelcore"), to: root)
    for file in ["proc/version", "proc/sys/kernel/osrelease"] {
      let place = root.appending(path: file)
      let text = try String(contentsOf: place, encoding: .utf8)
      try FileManager.default.removeItem(at: place)
      _ = try folder.write("root/\(file)", text.replacingOccurrences(of: "7.2.13", with: "9.1.4"))
    }
    return root.path
  }

  @Test(
    "a host",
    arguments: [
      ["advise"], ["advise", "-v"], ["advise", "--want", "max"], ["blocks"], ["predict"],
      ["plan", "--add", "dimm:1GiB"], ["report"], ["cmdline", "--for", "raw", "--want", "max"],
      ["cmdline", "--for", "raw", "--args", "kernelcore=1G"],
      ["cmdline", "--for", "grub", "--args", "kernelcore=1G"],
      ["cmdline", "--for", "raw", "--args", "kernelcore=1G", "--format", "json"],
    ]
  )
  func host(_ words: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(words + [try host(folder)])
    #expect(says(run.output + run.errors), "\(run.output)\(run.errors)")
    let read = try CommandRun(words + [Fixtures.path("Roots/7.x-two-nodes-kernelcore")])
    #expect(!says(read.output + read.errors))
  }

  @Test("a kernel that is stated, without a machine")
  func stated() throws {
    let words = ["cmdline", "--for", "raw", "--args", "kernelcore=1G", "--kernel"]
    #expect(says(try CommandRun(words + ["9.1"]).errors))
    #expect(!says(try CommandRun(words + ["7.3"]).errors))
  }

  @Test("a report of the OOM killer, as text and as JSON", arguments: ["text", "json"])
  func oom(_ format: String) throws {
    let folder = try TemporaryFolder()
    let log = try Fixtures.text("OOM/6.12-oom-imbalance.log")
    let newer = try folder.write("log", log.replacingOccurrences(of: "6.12.117", with: "9.1.4"))
    #expect(says(try CommandRun(["advise", newer.path, "--format", format]).output))
    let old = Fixtures.path("OOM/6.12-oom-imbalance.log")
    #expect(!says(try CommandRun(["advise", old, "--format", format]).output))
  }

  @Test("a class, and a boot file under a policy's kernel")
  func check() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      "fleet.yaml",
      """
      schema: 1
      defaults: {arch: x86_64}
      classes:
        - name: new
          kernel: "9.1"
          nodes: [{memory: 64GiB}]
        - name: read
          kernel: "7.2"
          nodes: [{memory: 64GiB}]

      """
    )
    let classes = try CommandRun(["check", "fleet.yaml"], in: folder.url)
    #expect(says(classes.output), "\(classes.output)")
    #expect(classes.output.components(separatedBy: "ZW905").count == 2)
    _ = try folder.write(".zonewise.yaml", "schema: 1\nkernel: \"9.1\"\n")
    _ = try folder.write("grub", "GRUB_CMDLINE_LINUX=\"kernelcore=4G\"\n")
    let file = try CommandRun(["check", "grub"], in: folder.url)
    #expect(says(file.output), "\(file.output)\(file.errors)")
  }
}
