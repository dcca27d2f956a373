import Foundation
import Reports
import TestSupport
import Testing

/// The action and the component take a released executable, by its sum, and build nothing.
@Suite("A release in CI")
struct CIReleaseTests {
  private static let wrong = String(repeating: "0", count: 64)

  @Test("Neither of them builds; the action's release is the one that it is of")
  func nothingIsBuilt() throws {
    let action = try text("action.yml")
    let component = try text("Integrations/gitlab/templates/zonewise.yml")
    for file in [action, component, try text("Integrations/github/install")] {
      #expect(!file.contains("swift"))
      #expect(!file.contains("Scripts/build"))
    }
    #expect(action.contains("    default: \(ToolVersion.current)\n"))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: CIFixture.root.appending(path: path), encoding: .utf8)
  }

  // MARK: GitHub

  @Test(
    "The action fetches a release and checks its sum",
    .enabled(if: CIFixture.hasRunner && Consumer.isThere("curl"), ReportReader.missing)
  )
  func action() throws {
    let folder = try TemporaryFolder()
    let release = try CIFixture.release(in: folder)
    let inputs = ["version=1.2.3", "releases=\(release.url)"]
    let run = try CIFixture.runAction(inputs)
    #expect(run.status == 0, "\(run.log)")
    #expect(run.log.contains("1.2.3"))
    #expect(run.words.first == "check")

    let pinned = try CIFixture.runAction(inputs + ["sha256=\(release.sum)"])
    #expect(pinned.status == 0, "\(pinned.log)")
    let other = try CIFixture.runAction(inputs + ["sha256=\(Self.wrong)"])
    #expect(other.status == 2)
    #expect(other.log.contains("::error title=zonewise::the sum of zonewise-1.2.3"))
    #expect(other.words.isEmpty)
    let none = try CIFixture.runAction(["version=9.9.9", "releases=\(release.url)"])
    #expect(none.status == 2)
    #expect(none.log.contains("can't be fetched"))
    let odd = try CIFixture.runAction(["version=1.2 $(id)", "releases=\(release.url)"])
    #expect(odd.status == 2)
    #expect(odd.log.contains("version must be a release"))
  }

  // MARK: GitLab

  /// What the file's two documents are, with the inputs put in.
  private struct Component: Decodable {
    struct Job: Decodable {
      var variables: [String: String]
      var before_script: [String]
      var script: [String]
    }
    var inputs: [String]
    var job: Job
    var text: String
  }

  private func component(_ inputs: [String: String]) throws -> Component {
    let script = """
      import json, re, sys, yaml
      text = open(sys.argv[1]).read()
      head, body = text.split("\\n---\\n", 1)
      about = yaml.safe_load(head)["spec"]["inputs"]
      known = {"default", "description", "options", "regex", "type", "rules"}
      for name, value in about.items():
          assert set(value or {}) <= known, (name, value)
      given = json.loads(sys.argv[2])
      values = {n: given.get(n, (a or {}).get("default")) for n, a in about.items()}
      missing = [n for n, v in values.items() if v is None]
      assert not missing, missing
      body = re.sub(r"\\$\\[\\[ inputs\\.([\\w-]+) \\]\\]", lambda m: values[m[1]], body)
      (job,) = yaml.safe_load(body).values()
      print(json.dumps({"inputs": sorted(about), "job": job, "text": body}))
      """
    let values = String(decoding: try JSONEncoder().encode(inputs), as: UTF8.self)
    let path = CIFixture.root.appending(path: "Integrations/gitlab/templates/zonewise.yml").path
    let run = try ReportReader.run("/usr/bin/python3", ["-c", script, path, values])
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Component.self, from: Data(run.output.utf8))
  }

  @Test(
    "The component keeps GitLab's schema once its inputs are in",
    .enabled(
      if: CIFixture.hasRunner && Consumer.isThere("check-jsonschema"),
      ReportReader.missing
    )
  )
  func schema() throws {
    let made = try component(["version": "1.2.3", "releases": "https://example.org"])
    #expect(made.inputs.contains("sha256"))
    let folder = try TemporaryFolder()
    let file = try folder.write("job.yml", made.text)
    let run = try ReportReader.run(
      "check-jsonschema",
      ["--builtin-schema", "vendor.gitlab-ci", file.path]
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(
    "The component fetches a release, checks its sum and runs it",
    .enabled(if: CIFixture.hasRunner && Consumer.isThere("curl"), ReportReader.missing),
    arguments: [true, false]
  )
  func componentRuns(isRight: Bool) throws {
    let folder = try TemporaryFolder()
    let release = try CIFixture.release(in: folder)
    let made = try component([
      "version": "1.2.3", "releases": release.url, "sha256": isRight ? release.sum : Self.wrong,
      "paths": "fleet hosts", "args": "--strict",
    ])
    try folder.write("work/in", "")
    let lines = made.job.before_script + made.job.script
    let run = try ReportReader.run(
      "bash",
      ["-c", "set -eo pipefail\n" + lines.joined(separator: "\n")],
      in: folder.url.appending(path: "work"),
      environment: made.job.variables
    )
    #expect((run.status == 0) == isRight, "\(run.errors)")
    #expect(
      CIFixture.words(run.output)
        == (isRight
          ? [
            "check", "--format", "text", "--fail-on", "error", "--output",
            "gitlab=gl-code-quality-report.json", "--output", "junit=zonewise-junit.xml",
            "--strict", "--", "fleet", "hosts",
          ] : [])
    )
  }
}
