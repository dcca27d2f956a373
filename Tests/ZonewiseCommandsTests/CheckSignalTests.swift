internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

@Suite("A check that a signal ends")
struct CheckSignalTests {
  @Test("leaves no file behind and dies of the signal", arguments: [SIGINT, SIGTERM])
  func signalled(_ signal: Int32) throws {
    let input = try TemporaryFolder()
    let classes = (0..<20_000).map {
      "  - name: c\($0)\n    nodes: [{memory: 8GiB, cpus: 4}]\n    cmdline: kernelcore=2G\n"
    }
    try input.write(
      "fleet.yaml",
      "schema: 1\ndefaults: {arch: x86_64, kernel: \"6.12\"}\nclasses:\n" + classes.joined()
    )
    let output = try TemporaryFolder()
    let check = try RunningProgram(
      [
        CommandRun.executable.path, "check", input.path("fleet.yaml"), "--output",
        "json=\(output.path("a.json"))",
      ],
      in: output.url
    )
    let deadline = ContinuousClock.now + .seconds(60)
    while try output.names().isEmpty, check.isRunning, ContinuousClock.now < deadline {
      usleep(500)
    }
    try #require(check.pause(), "the check ended before the signal")
    try #require(try output.names() == ["a.json.zonewise-\(check.id)"])
    try #require(check.send(signal))
    try #require(check.send(SIGCONT))
    #expect(check.wait() == .signal(signal))
    #expect(try output.names() == [])
  }
}
