internal import Foundation
internal import TestSupport
internal import Testing

@Suite("The largest hosts")
struct LargeHostTests {
  @Test(
    "Every command answers of a host with 4,096 cpus or 1,024 nodes in bounded time and memory",
    .needs("python3"),
    arguments: ["cpus-and-nodes", "all-nodes", "cpus"]
  )
  func every(_ host: String) throws {
    let run = try ProgramRun([
      CommandRun.tests.appending(path: "Scripts/large-host").path, CommandRun.executable.path, host,
    ])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
  }
}
