import Foundation
import TestSupport
import Testing

/// What stands in for zonewise and for a runner of GitHub's in tests of the files for CI.
enum CIFixture {
  static let root = ReportReader.root

  /// Says which words it got, one a line; writes the files that it is asked for.
  static let recorder = """
    #!/bin/sh
    if [ "${1-}" = --version ]; then echo 1.2.3; exit; fi
    for word; do echo "<$word>"; done
    status=${RECORDER_STATUS:-0}
    while [ $# -gt 0 ]; do
      if [ "$1" = --output ] && [ "$status" -lt 64 ]; then echo "${2%%=*} page" > "${2#*=}"; fi
      shift
    done
    echo said aloud >&2
    exit "$status"
    """

  static func words(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("<") && $0.hasSuffix(">") }
      .map { String($0.dropFirst().dropLast()) }
  }

  static let hasRunner =
    (try? ReportReader.run("/usr/bin/python3", ["-c", "import yaml"]).status) == 0

  struct Action {
    var status: Int32
    var words: [String]
    var log: String
    var summary: String
    var outputs: [String: String]
  }

  /// Runs the action as a runner would.
  static func runAction(_ inputs: [String], status: Int = 0) throws -> Action {
    let folder = try TemporaryFolder()
    try folder.write("bin/zonewise recorder", recorder, executable: true)
    try folder.write("temp/in", "")
    try folder.write("work/in", "")
    let summary = try folder.write("summary", "before\n")
    let run = try ReportReader.run(
      "/usr/bin/python3",
      [
        root.appending(path: "Tests/Scripts/run-action").path,
        root.appending(path: "action.yml").path,
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

  /// A release as `Scripts/release-archive` makes it, and its sum.
  static func release(in folder: TemporaryFolder) throws -> (url: String, sum: String) {
    let recorder = try folder.write("made/zonewise", Self.recorder, executable: true)
    let made = try ReportReader.run(
      "/bin/sh",
      [
        root.appending(path: "Scripts/release-archive").path, folder.url.path + "/releases/1.2.3",
        recorder.path,
      ]
    )
    #expect(made.status == 0, "\(made.errors)")
    let archive = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let sum = try String(contentsOfFile: archive + ".sha256", encoding: .utf8)
    return ("file://" + folder.url.path + "/releases", String(sum.prefix(64)))
  }
}
