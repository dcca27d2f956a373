internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  /// A host whose ZONE_MOVABLE leaves a node without kernel memory.
  private static let bad = "6.12-node-without-kernel-memory"
  private static let good = "6.12-two-nodes-kernelcore"

  private func run(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(arguments, in: CommandRun.roots)
  }

  @Test("0: advice was given, to standard output only")
  func done() throws {
    for arguments in [
      [], ["advise", Self.good], ["--version"], ["advise", "--help"], ["explain"],
    ] {
      let run = try run(arguments)
      #expect(run.status == 0, "\(arguments)")
      #expect(!run.output.isEmpty && run.errors.isEmpty, "\(arguments): \(run.errors)")
    }
  }

  @Test("1: findings at or above the threshold, which is never unless asked for")
  func findings() throws {
    #expect(try run(["advise", Self.bad]).status == 0)
    #expect(try run(["advise", Self.bad, "--fail-on", "error"]).status == 1)
    #expect(try run(["advise", Self.bad, "--fail-on", "never"]).status == 0)
    #expect(try run(["advise", Self.good, "--fail-on", "error"]).status == 0)
  }

  @Test("1: what is needed can't be had; cmdline then writes nothing")
  func needs() throws {
    let never = ["--need", "pin=9TiB"]
    for extra in [[], ["--quiet"], ["--format", "json"]] {
      #expect(try run(["advise", Self.good] + never + extra).status == 1, "\(extra)")
    }
    #expect(try run(["advise", Self.good, "--need", "pin=1MiB"]).status == 0)
    let written = try run(["cmdline", "--for", "raw", Self.good] + never)
    #expect(written.status == 1)
    #expect(written.output.isEmpty)
    // Debian's x86 kernels before 7 are built without CMA.
    #expect(try run(["advise", Self.good, "--need", "cma=64MiB"]).status == 1)
    let host = "7.x-two-nodes-kernelcore"
    let area = try run(["cmdline", "--for", "raw", host, "--need", "cma=64MiB"])
    #expect(area.status == 0)
    #expect(area.output.contains("cma=64M"), "\(area.output)\(area.errors)")
  }

  @Test("2: an input that is missing: nothing was judged, nothing is printed as if it was")
  func notJudged() throws {
    let run = try run(["advise", "no-such-host"])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors == "zonewise: no-such-host: no such file or directory\n")
  }

  @Test("3: only with --strict, where inputs were unknown")
  func incomplete() throws {
    let folder = try TemporaryFolder()
    for file in ["zoneinfo", "meminfo", "vmstat"] {
      let source = CommandRun.roots.appending(path: Self.good + "/proc/" + file)
      try folder.write("host/proc/" + file, try Data(contentsOf: source))
    }
    let host = folder.url.appending(path: "host").path
    try folder.write("host/proc/sys/kernel/osrelease", "6.12.1-amd64\n".utf8)
    #expect(try run(["advise", host]).status == 0)
    let strict = try run(["advise", host, "--strict"])
    #expect(strict.status == 3)
    #expect(!strict.output.isEmpty)
  }

  @Test(
    "64: wrong usage, said on standard error with what would be right",
    arguments: [
      (["--need", "much"], "write hugetlb:SIZE=COUNT, cma=SIZE or pin=SIZE"),
      (["--need", "pin=1GiB", "--need", "pin=2GiB"], "the same is asked for twice"),
      (["--need", "cma=1GiB", "--need", "cma=2GiB@0"], "on one node and on any"),
      (["--want", "much"], "--want takes max, a size (64GiB) or a ratio (3:1), not 'much'"),
      (["advise", "--format", "xml"], "xml"), (["--bogus"], "--bogus"),
      (["advise", "a", "b"], "b"), (["--profile", "nothing-like-it"], "general"),
      (["explain", "ZW999"], "zonewise explain lists them"),
    ]
  )
  func usage(arguments: [String], text: String) throws {
    let run = try run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(text), "\(run.errors)")
  }

  @Test("--quiet prints nothing, and the code is the same")
  func quiet() throws {
    for (arguments, status) in [
      (["advise", Self.bad, "--fail-on", "error"], Int32(1)), (["advise", Self.good], 0),
    ] {
      let run = try run(arguments + ["--quiet"])
      #expect(run.status == status)
      #expect(run.output.isEmpty && run.errors.isEmpty)
    }
  }

  @Test("a reader that goes away ends the command quietly")
  func brokenPipe() throws {
    let run = try CommandRun(
      [],
      in: CommandRun.roots,
      through: ["/bin/sh", "-c", "\"$0\" advise --verbose | head -c 1 >/dev/null; exit $?"]
    )
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }
}

@Suite("Wishes")
struct WantTests {
  private func answer(_ wish: String, status: Int32 = 0) throws -> String {
    let run = try CommandRun(
      ["advise", "6.12-two-nodes-kernelcore", "--want", wish],
      in: CommandRun.roots
    )
    #expect(run.status == status)
    return run.output
  }

  @Test("the largest safe size is named, with the arguments for it")
  func max() throws {
    let text = try answer("max")
    #expect(text.contains("UP TO "))
    #expect(text.contains("kernelcore=") || text.contains("movablecore="))
  }

  @Test("a size or ratio that fits is safe", arguments: ["1GiB", "0.5:1"])
  func fits(wish: String) throws { #expect(try answer(wish).contains("YES")) }

  @Test("one that doesn't is not, and scripts see it", arguments: ["1TiB", "60:1"])
  func doesNotFit(wish: String) throws {
    #expect(try answer(wish, status: 1).contains("NO."))
    for command in [["advise", "--quiet"], ["cmdline", "--for", "grub"]] {
      let run = try CommandRun(
        command + ["6.12-two-nodes-kernelcore", "--want", wish],
        in: CommandRun.roots
      )
      #expect(run.status == 1)
      #expect(run.output.isEmpty)
    }
  }

  @Test("less than what is wished for is written where it is accepted")
  func less() throws {
    let run = try CommandRun(
      ["cmdline", "--for", "grub", "6.12-two-nodes-kernelcore", "--want", "1TiB", "--accept-less"],
      in: CommandRun.roots
    )
    #expect(run.status == 0)
    #expect(run.output.contains("kernelcore="))
    #expect(run.errors.contains("NO."))
  }

  @Test(
    "what no boundary can make is wrong usage",
    arguments: ["0", "4KiB", "0:1", "1:0", "64MiB"]
  )
  func nothing(wish: String) throws {
    let run = try CommandRun(
      ["advise", "6.12-two-nodes-kernelcore", "--want", wish],
      in: CommandRun.roots
    )
    #expect(run.status == 64)
    #expect(run.errors.contains("--want"))
  }

  @Test(
    "arguments by hand are judged before they are written",
    arguments: ["kernel_core=64G", "kernelcore=64GB movable_node", "kernelcore=max"]
  )
  func judged(arguments: String) throws {
    let run = try CommandRun(
      ["cmdline", "--for", "grub", "--args", arguments],
      in: CommandRun.roots
    )
    #expect(run.errors.contains("ZW"))
    let anyway = try CommandRun(
      ["cmdline", "--for", "grub", "--args", arguments, "--fail-on", "never"],
      in: CommandRun.roots
    )
    #expect(anyway.status == 0)
    #expect(anyway.output.contains(arguments.split(separator: " ")[0]))
  }
}
