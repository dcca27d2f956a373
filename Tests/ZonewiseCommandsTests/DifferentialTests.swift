internal import Foundation
internal import TestSupport
internal import Testing

@Suite("The same numbers as other programs")
struct DifferentialTests {
  @Test(
    "lsmem, numactl, numastat, free and node_exporter say the same of this host and of a tree",
    .needs("way to show programs a recorded /proc (user namespaces)", isInDebian: false) {
      (try? ProgramRun(["unshare", "-rm", "mount", "-t", "tmpfs", "t", "/mnt"]).status) == 0
    }
  )
  func peers() throws {
    let run = try ProgramRun([
      CommandRun.tests.appending(path: "Scripts/differential").path,
      CommandRun.executable.path,
      CommandRun.tests.appending(path: "Fixtures/Roots/5.10-generic-rdma.tar.gz").path,
    ])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
    #expect(run.text.contains("| lsmem |"), "\(run.errors)")
    for line in run.errors.split(separator: "\n") where line.contains("NOT TESTED") { print(line) }
  }
}
