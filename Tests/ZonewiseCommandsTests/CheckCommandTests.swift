internal import Foundation
internal import TestSupport
internal import Testing

/// A folder with files to check, with a policy of its own so that none above it is found.
private final class Repository {
  let folder: TemporaryFolder

  init(_ files: [String: String]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files.merging(
      [".zonewise.yaml": "schema: 1\n"],
      uniquingKeysWith: { a, _ in a }
    ) {
      let file = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
  }

  func run(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(
      ["check"] + arguments,
      in: folder.url,
      environment: ["SOURCE_DATE_EPOCH": "1780000000"]
    )
  }

  @discardableResult
  func git(_ arguments: [String]) throws -> Int32 {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
    return try ProgramRun(["git", "-C", folder.url.path] + identity + arguments).status
  }
}

@Suite("zonewise check")
struct CheckCommandTests {
  private static let bad = """
    schema: 1
    defaults: {arch: x86_64, kernel: "6.12"}
    classes:
      - name: web
        nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]
        cmdline: kernelcore=2G

    """
  private static let good = bad.replacing("kernelcore=2G", with: "quiet")

  @Test(
    "0 without findings, 1 with some at the threshold, 2 where nothing could be judged, 64 for wrong usage"
  )
  func exitCodes() throws {
    let repository = try Repository([
      "bad.yaml": Self.bad, "good.yaml": Self.good, "broken.yaml": "schema: 1\nclasses: {}\n",
      "empty/x": "",
    ])
    for (arguments, status) in [
      (["good.yaml"], 0), (["bad.yaml"], 1), (["bad.yaml", "--fail-on", "never"], 0),
      (["broken.yaml"], 2), (["broken.yaml", "good.yaml"], 2), (["broken.yaml", "bad.yaml"], 1),
      (["empty"], 0), (["empty", "--strict"], 2), (["nowhere"], 2), (["empty/x"], 2),
      (["--list", "empty", "--format", "json"], 64), ([], 64),
      (["good.yaml", "--output", "x"], 64),
      (["good.yaml", "--policy", "nowhere"], 2), (["good.yaml", "--baseline", "nowhere"], 2),
      (["good.yaml", "--output", "json=no/such/folder"], 2),
    ] {
      let run = try repository.run(arguments)
      #expect(run.status == status, "\(arguments): \(run.errors)")
    }
  }

  @Test("A baseline that is written now leaves nothing open; a new finding fails again")
  func baseline() throws {
    let repository = try Repository(["bad.yaml": Self.bad])
    let write = try repository.run(["bad.yaml", "--write-baseline", "known.json"])
    #expect(write.status == 0)
    #expect(try repository.run(["bad.yaml", "--baseline", "known.json"]).status == 0)
    try Data(
      (Self.bad
        + Self.bad.split(separator: "\n").suffix(3).joined(separator: "\n")
        .replacing("web", with: "new")).utf8
    )
    .write(to: repository.folder.url.appending(path: "bad.yaml"))
    let run = try repository.run(["bad.yaml", "--baseline", "known.json"])
    #expect(run.status == 1)
    #expect(run.output.contains("class new"))
    #expect(!run.output.contains("class web"))
  }

  @Test("Several formats in one run; standard output has the one of --format")
  func formats() throws {
    let repository = try Repository(["bad.yaml": Self.bad])
    let run = try repository.run([
      "bad.yaml", "--output", "sarif=a.sarif", "--output", "junit=a.xml", "--format", "github",
    ])
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("::error file=bad.yaml,line=6,"))
    for name in ["a.sarif", "a.xml"] {
      let data = try Data(contentsOf: repository.folder.url.appending(path: name))
      #expect(!data.isEmpty)
    }
  }

  @Test("The same input gives the same bytes in every format")
  func reproducible() throws {
    let repository = try Repository(["bad.yaml": Self.bad, "good.yaml": Self.good])
    for format in ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] {
      let first = try repository.run([".", "--format", format])
      #expect(!first.output.isEmpty)
      #expect(first.output == (try repository.run([".", "--format", format])).output, "\(format)")
    }
  }

  @Test("--changed looks at what differs from a revision, and at what git doesn't know yet")
  func changed() throws {
    let repository = try Repository(["a.yaml": Self.bad, "b.yaml": Self.bad])
    #expect(try repository.git(["init", "-q"]) == 0)
    try repository.git(["add", "-A"])
    try repository.git(["commit", "-q", "-m", "first"])
    let unchanged = try repository.run([".", "--changed", "HEAD"])
    #expect(unchanged.status == 0)
    try Data(("# touched\n" + Self.bad).utf8)
      .write(to: repository.folder.url.appending(path: "b.yaml"))
    try Data(Self.bad.utf8).write(to: repository.folder.url.appending(path: "c.yaml"))
    let run = try repository.run([".", "--changed", "HEAD", "--format", "github"])
    #expect(run.status == 1)
    #expect(!run.output.contains("file=a.yaml"))
    #expect(run.output.contains("file=b.yaml,line=7"))
    #expect(run.output.contains("file=c.yaml"))
    #expect(try repository.run([".", "--changed", "no-such-revision"]).status == 2)
    #expect(try repository.run([".", "--changed", "--output=x"]).status == 64)
  }

  @Test(
    "--changed runs no program that a repository's own settings name",
    arguments: [
      ["core.fsmonitor", "PROGRAM"], ["core.hooksPath", "hooks"], ["diff.external", "PROGRAM"],
      ["filter.own.clean", "PROGRAM"], ["filter.own.process", "PROGRAM"],
    ]
  )
  func noProgram(_ setting: [String]) throws {
    let repository = try Repository(["a.yaml": Self.bad, ".gitattributes": "*.yaml filter=own\n"])
    try repository.git(["init", "-q"])
    try repository.git(["add", "-A"])
    try repository.git(["commit", "-q", "-m", "first"])
    let trace = repository.folder.path("trace")
    let script = "#!/bin/sh\n: >'\(trace)'\ncat\n"
    for name in [".git/program", "hooks/post-index-change"] {
      try repository.folder.write(name, script, executable: true)
    }
    let value = setting[1].replacing("PROGRAM", with: repository.folder.path(".git/program"))
    try repository.git(["config", setting[0], value])
    try repository.git(["config", "filter.own.required", "true"])
    // As long as before, so that its content has to be compared.
    try repository.folder.write("a.yaml", Self.bad.replacing("web", with: "wob"))
    let run = try repository.run([".", "--changed", "HEAD", "--format", "github"])
    #expect(run.status == 1 && run.output.contains("file=a.yaml"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: trace), "\(setting)")
  }

  @Test(
    "--init writes a spec that check takes",
    arguments: ["6.12-two-nodes-kernelcore", "7.x-gigantic-pages-after"]
  )
  func starter(root: String) throws {
    let run = try CommandRun(["check", "--init", root], in: CommandRun.roots)
    #expect(run.status == 0)
    let repository = try Repository(["fleet.yaml": run.output])
    let check = try repository.run(["fleet.yaml", "--fail-on", "never", "-v"])
    #expect(check.status == 0)
    #expect(check.output.contains("class lab"))
  }

  @Test("--list names what is looked at and what it is taken for, and judges nothing")
  func list() throws {
    let repository = try Repository([
      "a.yaml": Self.bad, "boot/grub": "GRUB_CMDLINE_LINUX=\"kernelcore=2G\"\n",
      "README.md": "movablecore=4G\n", "x.png": "", "old/grub": "GRUB_CMDLINE_LINUX=\"quiet\"\n",
      ".zonewise.yaml": "schema: 1\nignore: [old/**]\n",
    ])
    let run = try repository.run([".", "--list"])
    #expect(run.status == 0)
    #expect(
      run.output == """
        .zonewise.yaml: left alone: none of the files that check reads
        README.md: left alone: not read: movablecore=4G stands here, but a document is not read for \
        arguments
        a.yaml: a fleet spec
        boot/grub: GRUB defaults (/etc/default/grub)
        old: left alone: ignored by .zonewise.yaml
        x.png: left alone: no text, by its name
        2 read, 4 left alone

        """
    )
  }

  @Test("The last line counts files with arguments as files, and machines as machines")
  func counts() throws {
    let repository = try Repository([
      "a/grub": "GRUB_CMDLINE_LINUX=\"kernelcore=1.5G\"\n",
      "b/grub": "GRUB_CMDLINE_LINUX=\"quiet\"\n", "c/x": "nothing\n",
    ])
    let files = try repository.run([".", "--fail-on", "never"])
    #expect(files.output.hasSuffix("1 error in 2 config files, 1 of them with findings.\n"))
    #expect(!files.output.contains("machine"))
    try Data(Self.good.utf8).write(to: repository.folder.url.appending(path: "fleet.yaml"))
    let both = try repository.run([".", "-v", "--fail-on", "never"]).output.split(separator: "\n")
      .suffix(3).joined(separator: " ")
    #expect(both.contains("in 1 class and 2 config files, 1 of them with findings."))
    #expect(both.contains("2 other files were looked at"))
  }

  @Test("--skip-others leaves named files alone that are none of ours, and judges the others")
  func skipOthers() throws {
    let repository = try Repository([
      "README.md": "movablecore=4G\n", "bad.yaml": Self.bad, "x.txt": "nothing\n",
    ])
    #expect(try repository.run(["README.md", "x.txt", "--skip-others"]).status == 0)
    #expect(try repository.run(["README.md", "x.txt"]).status == 2)
    #expect(try repository.run(["README.md", "bad.yaml", "--skip-others"]).status == 1)
    #expect(try repository.run(["nowhere", "--skip-others"]).status == 2)
  }

  @Test("A folder with nothing in it for check says so")
  func nothing() throws {
    let repository = try Repository(["x/a.txt": "hello\n"])
    let run = try repository.run(["x"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Nothing to check: among 1 file there is no fleet spec"))
  }

  @Test("--strict: hosts of which something is unknown")
  func strict() throws {
    let root = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore").path
    let repository = try Repository([:])
    #expect(try repository.run([root]).status == 0)
    #expect(try repository.run([root, "--strict"]).status == 3)
  }

  @Test("The specs and the policy of the documentation hold what they promise")
  func documentation() throws {
    let folder = CommandRun.tests.deletingLastPathComponent().appending(path: "Documentation")
    let spec = try Self.yaml(folder.appending(path: "fleet-spec.md"), first: "schema: 1")
    let repository = try Repository(["fleet.yaml": spec])
    let run = try repository.run(["fleet.yaml", "--fail-on", "error"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let policy = try Self.yaml(folder.appending(path: "ci.md"), first: "schema: 1")
    let second = try Repository(["fleet.yaml": spec, ".zonewise.yaml": policy])
    #expect(try second.run(["fleet.yaml", "--fail-on", "never"]).errors == "")
  }

  /// The first YAML block that begins with a line.
  static func yaml(_ page: URL, first: String) throws -> String {
    let blocks = try String(contentsOf: page, encoding: .utf8).split(separator: "```yaml\n")
      .dropFirst()
    let block = try #require(blocks.first { $0.hasPrefix(first) })
    return String(try #require(block.split(separator: "```").first))
  }
}
