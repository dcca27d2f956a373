internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Completions")
struct CompletionTests {
  private func offered(_ argument: String, typed: String, in folder: URL) throws -> [String] {
    let run = try CommandRun(
      ["---completion", "advise", "--", argument, "1", "\(typed.count)", typed],
      in: folder
    )
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test("A source is completed to files, and behind # to the classes of a spec")
  func sources() throws {
    let folder = try TemporaryFolder()
    try folder.write("fleet.yaml", Self.spec.utf8)
    try folder.write("hosts/one/proc/zoneinfo", "".utf8)
    try folder.write(".hidden", "".utf8)
    let place = "positional@0"
    #expect(try offered(place, typed: "", in: folder.url) == ["fleet.yaml", "hosts"])
    #expect(try offered(place, typed: ".h", in: folder.url) == [".hidden"])
    #expect(try offered(place, typed: "hosts/", in: folder.url) == ["hosts/one"])
    let classes = ["fleet.yaml#web", "fleet.yaml#worker"]
    #expect(try offered(place, typed: "fleet.yaml", in: folder.url) == ["fleet.yaml"] + classes)
    #expect(try offered(place, typed: "fleet.yaml#", in: folder.url) == classes)
    // As a shell hands over what it has quoted.
    #expect(try offered(place, typed: "fleet.yaml\\#wo", in: folder.url) == ["fleet.yaml#worker"])
    #expect(try offered(place, typed: "nowhere/x", in: folder.url).isEmpty)
    #expect(try offered(place, typed: "hosts#", in: folder.url).isEmpty)
  }

  @Test("A profile is completed to names, and to YAML files")
  func profiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine.yaml", "".utf8)
    try folder.write("notes.txt", "".utf8)
    #expect(try offered("--profile", typed: "sugg", in: folder.url) == ["suggest"])
    #expect(try offered("--profile", typed: "gen", in: folder.url) == ["general"])
    #expect(try offered("--profile", typed: "m", in: folder.url).contains("mine.yaml"))
    #expect(try !offered("--profile", typed: "", in: folder.url).contains("notes.txt"))
  }

  @Test(
    "Every shell completes what is typed",
    .needs("python3"),
    arguments: ["bash", "zsh", "fish"]
  )
  func shells(_ shell: String) throws {
    guard NotTested.unless(ProgramRun.path(of: shell) != nil, "completions in \(shell): none here")
    else { return }
    let script = CommandRun.tests.appending(path: "Scripts/try-completions").path
    let run = try ProgramRun(["python3", script, shell, CommandRun.executable.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("13 of 13"), "\(run.text)")
  }

  private static let spec = """
    schema: 1
    defaults: {arch: x86_64, kernel: "6.12"}
    classes:
      - name: web
        nodes: [{memory: 64GiB, cpus: 32}]
      - name: worker
        nodes: [{memory: 64GiB, cpus: 32}]

    """
}
