import Foundation
import TestSupport
import Testing

/// What users plug into their CI: read by the schemas of those CIs, and run with a recorder in
/// zonewise's place.
@Suite("Files for CI")
struct CIFilesTests {
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
    let path = CIFixture.root.appending(path: file).path
    let run = try ReportReader.run("check-jsonschema", ["--builtin-schema", schema, path])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  /// The blocks of a language in the documentation.
  private func blocks(_ language: String) throws -> [String] {
    let page = try String(
      contentsOf: CIFixture.root.appending(path: "Documentation/ci.md"),
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
    let components = blocks.filter { $0.hasPrefix("include:") }
    #expect(components.count == 1)
    for (schema, texts) in [
      ("vendor.github-workflows", workflows), ("vendor.gitlab-ci", pipelines + components),
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
    let action = try String(
      contentsOf: CIFixture.root.appending(path: "action.yml"),
      encoding: .utf8
    )
    for input in ["paths", "fail-on", "sarif"] {
      #expect(workflows.joined().contains("\(input): "))
      #expect(action.contains("\n  \(input):\n"))
    }
  }

  // MARK: GitHub

  @Test("The action hands its inputs on", .enabled(if: CIFixture.hasRunner, ReportReader.missing))
  func action() throws {
    let run = try CIFixture.runAction(["binary=RECORDER"])
    #expect(run.status == 0, "\(run.log)")
    #expect(
      run.words.filter { !$0.contains("markdown=") } == [
        "check", "--format", "github", "--fail-on", "error", "--output", "--", ".",
      ]
    )
    #expect(run.summary == "before\nmarkdown page\n")
    #expect(run.outputs == ["exit-code": "0", "sarif": ""])

    let full = try CIFixture.runAction([
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
    .enabled(if: CIFixture.hasRunner, ReportReader.missing),
    arguments: [1, 2, 3, 64]
  )
  func actionFails(status: Int) throws {
    let run = try CIFixture.runAction(["binary=RECORDER", "sarif=x.sarif"], status: status)
    #expect(run.status == Int32(status))
    #expect(run.outputs["exit-code"] == "\(status)")
    #expect(run.outputs["sarif"] == (status == 64 ? "" : "x.sarif"))
    #expect(run.summary == (status == 64 ? "before\n" : "before\nmarkdown page\n"))
  }

  @Test("Without an executable it says so", .enabled(if: CIFixture.hasRunner, ReportReader.missing))
  func actionWithoutExecutable() throws {
    let run = try CIFixture.runAction(["binary=/nowhere/zonewise"])
    #expect(run.status == 2)
    #expect(run.log.contains("::error title=zonewise::there is no executable /nowhere/zonewise"))
  }

  // MARK: GitLab

  @Test(
    "The job of GitLab runs in its shell",
    .enabled(if: CIFixture.hasRunner, ReportReader.missing)
  )
  func gitlab() throws {
    let file = CIFixture.root.appending(path: "Integrations/gitlab/zonewise.gitlab-ci.yml").path
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
    let recorder = try folder.write("bin/zonewise", CIFixture.recorder, executable: true)
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
        CIFixture.words(run.output) == [
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
    let manifest = CIFixture.root.appending(path: ".pre-commit-hooks.yaml")
    let valid = try ReportReader.run("pre-commit", ["validate-manifest", manifest.path])
    #expect(valid.status == 0, "\(valid.output)\(valid.errors)")

    let folder = try TemporaryFolder()
    let recorder = try folder.write("bin/zonewise", CIFixture.recorder, executable: true)
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
      #expect(CIFixture.words(run.output) == ["check", "."])
    }
  }
}
