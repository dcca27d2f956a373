internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Limits")
struct LimitsTests {
  @Test(
    "Each bound of Documentation/limits.md is reached in little time and memory",
    .needs("python3")
  )
  func bounds() throws {
    let run = try ProgramRun([
      CommandRun.tests.appending(path: "Scripts/hostile-inputs").path,
      CommandRun.executable.path,
    ])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
  }
}
