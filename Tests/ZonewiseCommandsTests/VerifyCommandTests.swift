internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise verify")
struct VerifyCommandTests {
  private static let fleet = """
    schema: 1
    defaults: {arch: x86_64, kernel: ["5.10", "6.12"]}
    classes:
      - name: plain
        nodes: [{memory: 16GiB, cpus: 2}, {memory: 16GiB, cpus: 2}]
      - name: booted
        nodes: [{memory: 16GiB, cpus: 2}, {memory: 16GiB, cpus: 2}]
        cmdline: quiet ARGUMENT
      - name: other-size
        nodes: [{memory: 16GiB, cpus: 2}, {memory: 16GiB, cpus: 2}]
        cmdline: kernelcore=16G
      - name: beside
        nodes: [{memory: 16GiB, cpus: 2}, {memory: 16GiB, cpus: 2}]
        cmdline: ARGUMENT movablecore=1G
      - name: smaller
        nodes: [{memory: 16GiB, cpus: 2}, {memory: 12GiB, cpus: 2}]
        cmdline: ARGUMENT
      - name: one-node
        nodes: [{memory: 32GiB, cpus: 2}]
        cmdline: ARGUMENT
      - name: a-little-less
        nodes:
          - {ranges: [0x1000-0x9efff, 0x100000-0xbf0fffff, 0x100000000-0x43fffffff], cpus: 2}
          - {ranges: [0x440000000-0x83effffff], cpus: 2}
        cmdline: ARGUMENT

    """

  /// A folder with a promise for the class `plain`, and the classes that it may have become.
  private struct Promised {
    let folder: TemporaryFolder
    let argument: String

    init(_ options: [String] = ["--want", "8GiB"]) throws {
      folder = try TemporaryFolder()
      try folder.write("fleet.yaml", VerifyCommandTests.fleet.utf8)
      let run = try CommandRun(
        ["cmdline", "--for", "raw", "fleet.yaml#plain", "--promise", "promise.json"] + options,
        in: folder.url
      )
      try #require(run.status == 0, "\(run.errors)")
      argument = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
      let booted = VerifyCommandTests.fleet.replacingOccurrences(of: "ARGUMENT", with: argument)
      try folder.write("fleet.yaml", booted.utf8)
    }

    func verify(_ source: String, _ options: [String] = []) throws -> CommandRun {
      try CommandRun(["verify", "promise.json", source] + options, in: folder.url)
    }
  }

  @Test("a class that boots with what was advised keeps the promise, under each of its kernels")
  func kept() throws {
    let promised = try Promised()
    let run = try promised.verify("fleet.yaml#booted")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.hasPrefix("KEPT. Each node has the zones that were promised on "))
    #expect(run.output.contains("- \(promised.argument) is on the command line"))
    #expect(try promised.verify("fleet.yaml#booted", ["--quiet"]).output.isEmpty)
  }

  @Test("a kernel that is newer than every one that was read is told, and judged all the same")
  func unreadKernel() throws {
    let promised = try Promised()
    let run = try promised.verify("fleet.yaml#booted", ["--kernel", "9.9"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("Linux 9.9 is newer than "), "\(run.output)")
    #expect(!(try promised.verify("fleet.yaml#booted")).output.contains("is newer than"))
  }

  @Test("firmware that keeps a little more breaks no promise")
  func drift() throws {
    let run = try Promised().verify("fleet.yaml#a-little-less")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(
    "what came otherwise is not kept, with the reason",
    arguments: [
      ("plain", "argument-missing"), ("other-size", "argument-differs"),
      ("beside", "other-argument"), ("smaller", "memory-moved"), ("one-node", "node-gone"),
    ]
  )
  func broken(name: String, reason: String) throws {
    let promised = try Promised()
    let run = try promised.verify("fleet.yaml#\(name)", ["--format", "json"])
    try #require(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("\"id\": \"\(reason)\""), "\(run.output)")
    let text = try promised.verify("fleet.yaml#\(name)")
    #expect(text.output.hasPrefix("NOT KEPT. Node "))
    #expect(text.output.contains("NOT KEPT\n\nWHY\n"))
  }

  @Test("a kernel that divides memory in another way is named")
  func otherKernel() throws {
    let folder = try TemporaryFolder()
    // A percentage is what an old kernel does not know.
    let spec = """
      schema: 1
      defaults: {arch: x86_64, nodes: [{memory: 16GiB, cpus: 2}]}
      classes:
        - {name: new, kernel: ["6.12"], cmdline: quiet}
        - {name: old, kernel: ["4.14"], cmdline: kernelcore=60%}

      """
    try folder.write("fleet.yaml", spec.utf8)
    let words = ["cmdline", "--for", "raw", "--args", "kernelcore=60%", "fleet.yaml#new"]
    let made = try CommandRun(words + ["--promise", "promise.json"], in: folder.url)
    try #require(made.status == 0, "\(made.errors)")
    let run = try CommandRun(["verify", "promise.json", "fleet.yaml#old"], in: folder.url)
    #expect(run.status == 1)
    #expect(run.output.contains("Linux 4.14 runs, which divides memory in another way than 6.12"))
  }

  @Test("a promise of a boot log is about the layout, and says so")
  func bootLog() throws {
    let folder = try TemporaryFolder()
    try folder.write("boot.log", SourceMatrixTests.bootLog.utf8)
    let after = SourceMatrixTests.bootLog.replacingOccurrences(
      of: "quiet",
      with: "quiet kernelcore=5G"
    )
    .replacingOccurrences(
      of: "for each node\n",
      with: "for each node\n[    0.000000]   Node 0: 0x0000000180000000\n"
    )
    try folder.write("after.log", after.utf8)
    let words = ["cmdline", "--for", "raw", "--args", "kernelcore=5G", "boot.log"]
    let made = try CommandRun(words + ["--promise", "promise.json"], in: folder.url)
    try #require(made.status == 0, "\(made.errors)")
    #expect(made.output == "kernelcore=5G\n")
    let kept = try CommandRun(["verify", "promise.json", "after.log"], in: folder.url)
    #expect(kept.status == 0, "\(kept.output)\(kept.errors)")
    #expect(kept.output.contains("no headroom was promised"))
    let broken = try CommandRun(["verify", "promise.json", "boot.log"], in: folder.url)
    #expect(
      broken.status == 1 && broken.output.contains("kernelcore=5G is not on the command line")
    )
  }

  @Test(
    "what happened to a host's blocks since the boot is told",
    arguments: [
      ("6.1-blocks-offline", "-before", "-after", "came back in another zone since the boot"),
      ("7.x-blocks-offline", "-before", "-after", "since the boot"),
    ]
  )
  func blocks(name: String, before: String, after: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let promise = folder.url.appending(path: "promise.json").path
    let made = try CommandRun(
      ["cmdline", "--for", "raw", name + before, "--promise", promise],
      in: CommandRun.roots
    )
    try #require(made.status == 0, "\(made.errors)")
    let same = try CommandRun(["verify", promise, name + before], in: CommandRun.roots)
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    let later = try CommandRun(["verify", promise, name + after], in: CommandRun.roots)
    #expect(later.status == 1 && later.output.contains(reason), "\(later.output)\(later.errors)")
  }

  @Test(
    "every recorded host keeps the promise that it stays as it is",
    arguments: CommandRun.bootedHosts
  )
  func stays(host: String) throws {
    let folder = try TemporaryFolder()
    let promise = folder.url.appending(path: "promise.json").path
    let made = try CommandRun(
      ["cmdline", "--for", "raw", host, "--promise", promise],
      in: CommandRun.roots
    )
    // One that is to be changed, and one that is not understood, promise something else.
    guard made.status == 0, made.output.isEmpty else { return }
    let run = try CommandRun(["verify", promise, host], in: CommandRun.roots)
    // Blocks that went offline, or changed their zone, come back at the next boot.
    let isChanged = host.contains("blocks-offline-after")
    #expect(run.status == (isChanged ? 1 : 0), "\(run.output)\(run.errors)")
  }

  @Test(
    "what is no promise is 2, with its place",
    arguments: [
      ("", ":1:1: "), ("[]", ":1:1: this is no promise"), ("{", ":1:"), ("\0\u{1}", ":1:1: "),
      ("{\"command\": \"advise\"}", "another command"),
      ("{\"schemaVersion\": 2, \"command\": \"promise\"}", "a later zonewise wrote this"),
      ("{\"schemaVersion\": 1, \"command\": \"promise\"}", "\"arguments\" is missing"),
      (
        "{\"schemaVersion\": 1, \"command\": \"promise\", \"arguments\": [], "
          + "\"pageSizeBytes\": 4096, \"boots\": []}", "\"boots\" is missing or empty"
      ),
      ("{\"boots\": [{\"nodes\": [{\"node\": -1}]}]}", ":1:"),
      ("{\"boots\": [{\"nodes\": [{\"node\": 0, \"kernelBytes\": 1}]}]}", "\"movableBytes\""),
      ("{\"pageSizeBytes\": 5}", "not a page size"),
      ("{\"blockSizeBytes\": 0}", "above 0"),
    ]
  )
  func garbage(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("promise.json", text.utf8)
    let run = try CommandRun(["verify", file.path])
    #expect(run.status == 2, "\(run.output)\(run.errors)")
    #expect(run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
  }

  @Test("a promise or a machine that is not there is 2; wrong usage is 64")
  func missing() throws {
    let promised = try Promised()
    #expect(try promised.verify("no-such-host").status == 2)
    #expect(try CommandRun(["verify", "no-such-file"]).status == 2)
    #expect(try CommandRun(["verify"]).status == 64)
    #expect(try CommandRun(["verify", "-", "-"]).status == 64)
    for options in [["--rollback"], ["--promise", "-"]] {
      let words = ["cmdline", "--for", "raw", "--args", "kernelcore=2G", "--promise", "p.json"]
      #expect(try CommandRun(words + options, in: promised.folder.url).status == 64)
    }
  }

  @Test("a refused wish writes no promise")
  func refused() throws {
    let folder = try TemporaryFolder()
    try folder.write("fleet.yaml", Self.fleet.utf8)
    let run = try CommandRun(
      [
        "cmdline", "--for", "raw", "fleet.yaml#plain", "--want", "31GiB", "--promise",
        "promise.json",
      ],
      in: folder.url
    )
    #expect(run.status == 1)
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.appending(path: "promise.json").path)
    )
  }

  @Test("the systemd unit is one that systemd takes", .needs("systemd-analyze"))
  func unit() throws {
    let folder = try TemporaryFolder()
    let name = "zonewise-verify.service"
    let source = Fixtures.checkout.appending(path: "Integrations/systemd/\(name)")
    let text = try String(contentsOf: source, encoding: .utf8)
    // systemd looks whether the program is there; an installed one need not be.
    let here = text.replacingOccurrences(
      of: "/usr/bin/zonewise",
      with: CommandRun.executable.path
    )
    try #require(here != text)
    let unit = try folder.write(name, here.utf8)
    let run = try Consumer.run("systemd-analyze", ["verify", "--man=no", unit.path])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.output)\(run.errors)")
  }

  @Test(
    "systemd units are left no right that they can do without",
    .needs("systemd-analyze"),
    arguments: ["zonewise-verify", "zonewise-metrics", "zonewise-record"]
  )
  func unitRights(_ name: String) throws {
    let unit = Fixtures.checkout.appending(path: "Integrations/systemd/\(name).service")
    let run = try Consumer.run(
      "systemd-analyze",
      ["security", "--offline=true", "--no-pager", "--threshold=15", unit.path]
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
}
