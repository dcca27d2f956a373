import Foundation
import TestSupport
import Testing

/// What users plug into their CI: read by the schemas of those CIs, and run with a recorder in
/// zonewise's place.
@Suite("Files for CI")
struct CIFilesTests {
  private static let root = ReportReader.root

  /// Says which words it got, one a line; writes the files that it is asked for.
  private static let recorder = """
    #!/bin/sh
    for word; do echo "<$word>"; done
    status=${RECORDER_STATUS:-0}
    while [ $# -gt 0 ]; do
      if [ "$1" = --output ] && [ "$status" -lt 64 ]; then echo "${2%%=*} page" > "${2#*=}"; fi
      shift
    done
    echo said aloud >&2
    exit "$status"
    """

  private func words(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("<") && $0.hasSuffix(">") }
      .map { String($0.dropFirst().dropLast()) }
  }

  // MARK: Schemas

  @Test(
    "They keep the schemas of their CI",
    .enabled(if: Consumer.isThere("check-jsonschema"), ReportReader.missing),
    arguments: [
      ("vendor.github-actions", "action.yml"),
      ("vendor.gitlab-ci", "Integrations/gitlab/zonewise.gitlab-ci.yml"),
      ("vendor.gitlab-ci", ".gitlab-ci.yml"),
      ("vendor.github-workflows", ".github/workflows/ci.yml"),
      ("vendor.github-workflows", ".github/workflows/release.yml"),
    ]
  )
  func schemas(schema: String, file: String) throws {
    let path = Self.root.appending(path: file).path
    let run = try ReportReader.run("check-jsonschema", ["--builtin-schema", schema, path])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  /// The blocks of a language in the documentation.
  private func blocks(_ language: String) throws -> [String] {
    let page = try String(
      contentsOf: Self.root.appending(path: "Documentation/ci.md"),
      encoding: .utf8
    )
    return page.components(separatedBy: "```\(language)\n").dropFirst()
      .map { $0.components(separatedBy: "\n```")[0] + "\n" }
  }

  @Test(
    "The documentation's examples keep them too",
    .enabled(if: Consumer.isThere("check-jsonschema", "pre-commit"), ReportReader.missing)
  )
  func examples() throws {
    let blocks = try blocks("yaml")
    let workflows = blocks.filter { $0.contains("runs-on:") }
    let pipelines = blocks.filter { $0.hasPrefix("# .gitlab-ci.yml") }
    let hooks = blocks.filter { $0.hasPrefix("# .pre-commit-config.yaml") }
    #expect([workflows, pipelines, hooks].map(\.count) == [2, 1, 1])
    let folder = try TemporaryFolder()
    for (schema, texts) in [
      ("vendor.github-workflows", workflows), ("vendor.gitlab-ci", pipelines),
    ] {
      for text in texts {
        let file = try folder.write("example.yml", text)
        let run = try ReportReader.run("check-jsonschema", ["--builtin-schema", schema, file.path])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
      }
    }
    for text in hooks {
      let file = try folder.write(".pre-commit-config.yaml", text)
      let run = try ReportReader.run("pre-commit", ["validate-config", file.path])
      #expect(run.status == 0, "\(run.output)\(run.errors)")
    }
    // Inputs that an example gives are inputs that there are.
    let action = try String(contentsOf: Self.root.appending(path: "action.yml"), encoding: .utf8)
    for input in ["paths", "fail-on", "sarif"] {
      #expect(workflows.joined().contains("\(input): "))
      #expect(action.contains("\n  \(input):\n"))
    }
  }

  // MARK: GitHub

  private struct Action {
    var status: Int32
    var words: [String]
    var log: String
    var summary: String
    var outputs: [String: String]
  }

  private func runAction(
    _ inputs: [String],
    status: Int = 0,
    at action: URL = root.appending(path: "action.yml")
  ) throws -> Action {
    let folder = try TemporaryFolder()
    try folder.write("bin/zonewise recorder", Self.recorder, executable: true)
    try folder.write("temp/zonewise-build/zonewise", Self.recorder, executable: true)
    try folder.write("work/in", "")
    let summary = try folder.write("summary", "before\n")
    let run = try ReportReader.run(
      "/usr/bin/python3",
      [
        Self.root.appending(path: "Tests/Scripts/run-action").path, action.path,
      ] + inputs.map { $0.replacing("RECORDER", with: folder.url.path + "/bin/zonewise recorder") },
      in: folder.url.appending(path: "work"),
      environment: [
        "RUNNER_TEMP": folder.url.appending(path: "temp").path,
        "GITHUB_STEP_SUMMARY": summary.path, "RECORDER_STATUS": "\(status)",
      ]
    )
    let last = try #require(run.output.split(separator: "\n").last, "\(run.errors)")
    return Action(
      status: run.status,
      words: words(run.output),
      log: run.output + run.errors,
      summary: try folder.read("summary"),
      outputs: try JSONDecoder().decode([String: String].self, from: Data(last.utf8))
    )
  }

  private static let hasRunner =
    (try? ReportReader.run("/usr/bin/python3", ["-c", "import yaml"]).status) == 0

  @Test("The action hands its inputs on", .enabled(if: hasRunner, ReportReader.missing))
  func action() throws {
    let run = try runAction(["binary=RECORDER"])
    #expect(run.status == 0, "\(run.log)")
    #expect(
      run.words.filter { !$0.contains("markdown=") } == [
        "check", "--format", "github", "--fail-on", "error", "--output", "--", ".",
      ]
    )
    #expect(run.summary == "before\nmarkdown page\n")
    #expect(run.outputs == ["exit-code": "0", "sarif": ""])

    let full = try runAction([
      "binary=RECORDER", "paths=a b\n*.yaml\n$(touch x)\n", "fail-on=note", "strict=true",
      "baseline=known findings.json", "changed=origin/main", "sarif=out put.sarif",
      "junit=j.xml", "json=j.json", "args=--profile\nmy profile",
    ])
    #expect(full.status == 0, "\(full.log)")
    #expect(
      full.words.filter { !$0.contains("markdown=") } == [
        "check", "--format", "github", "--fail-on", "note", "--strict", "--baseline",
        "known findings.json", "--changed", "origin/main", "--output", "sarif=out put.sarif",
        "--output", "junit=j.xml", "--output", "json=j.json", "--output", "--profile",
        "my profile", "--", "a b", "*.yaml", "$(touch x)",
      ]
    )
    #expect(full.outputs == ["exit-code": "0", "sarif": "out put.sarif"])
    #expect(!full.log.contains("actions/cache"))
  }

  @Test(
    "It ends as zonewise does, with the summary written",
    .enabled(if: hasRunner, ReportReader.missing),
    arguments: [1, 2, 3, 64]
  )
  func actionFails(status: Int) throws {
    let run = try runAction(["binary=RECORDER", "sarif=x.sarif"], status: status)
    #expect(run.status == Int32(status))
    #expect(run.outputs["exit-code"] == "\(status)")
    #expect(run.outputs["sarif"] == (status == 64 ? "" : "x.sarif"))
    #expect(run.summary == (status == 64 ? "before\n" : "before\nmarkdown page\n"))
  }

  @Test("Without an executable it says so", .enabled(if: hasRunner, ReportReader.missing))
  func actionWithoutExecutable() throws {
    let run = try runAction(["binary=/nowhere/zonewise"])
    #expect(run.status == 2)
    #expect(run.log.contains("::error title=zonewise::there is no executable /nowhere/zonewise"))
  }

  @Test(
    "It builds once, and takes the cached build then",
    .enabled(if: hasRunner, ReportReader.missing)
  )
  func actionBuilds() throws {
    let copy = try TemporaryFolder()
    for file in ["action.yml", "Integrations/github/build", "Integrations/github/check"] {
      let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
      try copy.write(file, text, executable: true)
    }
    try copy.write("Package.swift", "// package")
    try copy.write("Sources/a b.swift", "let a = 1")
    try copy.write("built", Self.recorder, executable: true)
    let build = "#!/bin/sh\necho BUILDING >&2\necho \"$(dirname \"$0\")/../built\"\n"
    try copy.write("Scripts/build", build, executable: true)

    let action = copy.url.appending(path: "action.yml")
    func key(_ run: Action) throws -> String {
      let line = run.log.split(separator: "\n").first { $0.hasPrefix("uses actions/cache") }
      return try #require(line).description
    }
    let first = try runAction([], at: action)
    #expect(first.status == 0, "\(first.log)")
    #expect(first.log.contains("BUILDING"))
    #expect(first.words.first == "check")
    let line = try key(first)
    #expect(line.contains("zonewise-build"))
    #expect(line.contains(#/zonewise-Linux-X64-[0-9a-f]{32}"/#), "\(line)")

    let second = try runAction(["cache.cache-hit=true"], at: action)
    #expect(second.status == 0, "\(second.log)")
    #expect(!second.log.contains("BUILDING"))
    func hash(_ line: String) -> String? { line.split(separator: "-").last.map(String.init) }
    #expect(hash(try key(second)) == hash(line))

    try copy.write("Sources/a b.swift", "let a = 2")
    #expect(hash(try key(try runAction(["cache.cache-hit=true"], at: action))) != hash(line))
  }

  // MARK: GitLab

  @Test("The job of GitLab runs in its shell", .enabled(if: hasRunner, ReportReader.missing))
  func gitlab() throws {
    let file = Self.root.appending(path: "Integrations/gitlab/zonewise.gitlab-ci.yml").path
    let read = try ReportReader.run(
      "/usr/bin/python3",
      [
        "-c",
        "import json,sys,yaml;print(json.dumps(yaml.safe_load(open(sys.argv[1]))['zonewise']))",
        file,
      ]
    )
    struct Job: Decodable {
      struct Artifacts: Decodable {
        var reports: [String: String]
        var paths: [String]
      }
      var variables: [String: String]
      var script: [String]
      var artifacts: Artifacts
    }
    let job = try JSONDecoder().decode(Job.self, from: Data(read.output.utf8))
    let folder = try TemporaryFolder()
    let recorder = try folder.write("bin/zonewise", Self.recorder, executable: true)
    var variables = job.variables
    variables["PATH"] = recorder.deletingLastPathComponent().path + ":/usr/bin:/bin"
    for (paths, arguments) in [(".", ""), ("fleet hosts", "--strict --changed main")] {
      variables["ZONEWISE_PATHS"] = paths
      variables["ZONEWISE_ARGS"] = arguments
      let script = "set -eo pipefail\n" + job.script.joined(separator: "\n")
      let run = try ReportReader.run(
        "bash",
        ["-c", script],
        in: folder.url,
        environment: variables
      )
      #expect(run.status == 0, "\(run.errors)")
      #expect(
        words(run.output) == [
          "check", "--format", "text", "--fail-on", "error", "--output",
          "gitlab=gl-code-quality-report.json", "--output", "junit=zonewise-junit.xml",
        ] + arguments.split(separator: " ").map(String.init) + ["--"]
          + paths.split(separator: " ").map(String.init)
      )
      for report in job.artifacts.reports.values {
        #expect(job.artifacts.paths.contains(report))
        #expect(try folder.read(report).hasSuffix("page\n"))
      }
    }
  }

  // MARK: pre-commit

  @Test(
    "pre-commit takes the hooks, and runs them on a commit",
    .enabled(if: Consumer.isThere("pre-commit", "git"), ReportReader.missing)
  )
  func preCommit() throws {
    let manifest = Self.root.appending(path: ".pre-commit-hooks.yaml")
    let valid = try ReportReader.run("pre-commit", ["validate-manifest", manifest.path])
    #expect(valid.status == 0, "\(valid.output)\(valid.errors)")

    let folder = try TemporaryFolder()
    let recorder = try folder.write("bin/zonewise", Self.recorder, executable: true)
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try folder.write("hooks/.pre-commit-hooks.yaml", text)
    try folder.write("user/fleet/web.yaml", "a: 1\n")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    var environment = [
      "PRE_COMMIT_HOME": folder.url.appending(path: "home").path,
      "PATH": recorder.deletingLastPathComponent().path + ":" + path,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org",
      "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
    ]
    func git(_ arguments: String..., in name: String) throws {
      let run = try ReportReader.run(
        "git",
        arguments,
        in: folder.url.appending(path: name),
        environment: environment
      )
      #expect(run.status == 0, "\(run.errors)")
    }
    for name in ["hooks", "user"] {
      try git("init", "-q", in: name)
      try git("add", "-A", in: name)
      try git("commit", "-q", "-m", "one", in: name)
    }
    for status in [0, 1] {
      environment["RECORDER_STATUS"] = "\(status)"
      let run = try ReportReader.run(
        "pre-commit",
        ["try-repo", folder.url.path + "/hooks", "zonewise", "--all-files", "--verbose"],
        in: folder.url.appending(path: "user"),
        environment: environment
      )
      #expect(run.status == Int32(status), "\(run.output)\(run.errors)")
      #expect(words(run.output) == ["check", "."])
    }
  }
}
