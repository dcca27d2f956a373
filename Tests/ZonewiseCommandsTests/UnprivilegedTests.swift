internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

/// Runs as another user than root, where the tests run as root.
@Suite(
  "Without privileges",
  .needs("way to run zonewise as another user", isInDebian: false) {
    UnprivilegedTests.canDropPrivileges
  }
)
struct UnprivilegedTests {
  private static let asNobody = [
    "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--",
  ]

  static let canDropPrivileges =
    geteuid() == 0
    && (try? CommandRun(["--version"], in: URL(filePath: "/"), through: asNobody).status) == 0

  @Test("advice is given, and what only root reads is listed")
  func live() throws {
    let run = try CommandRun(
      ["advise", "--format", "json"],
      in: URL(filePath: "/"),
      through: Self.asNobody
    )
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"input\": \"/proc/pagetypeinfo\""))
  }

  @Test("a file that may not be read is listed with its effect; without zoneinfo nothing is judged")
  func denied() throws {
    let folder = try TemporaryFolder()
    let host = folder.url.appending(path: "host")
    let good = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore")
    try FileManager.default.copyItem(at: good, to: host)
    try #require(unsafe chmod(folder.url.path, 0o755) == 0)
    try #require(unsafe chmod(host.appending(path: "proc/swaps").path, 0) == 0)
    let arguments = ["advise", host.path, "--verbose"]
    let partial = try CommandRun(arguments, in: URL(filePath: "/"), through: Self.asNobody)
    #expect(partial.status == 0, "\(partial.errors)")
    #expect(partial.output.contains("/proc/swaps: permission denied: swap devices are unknown"))
    try #require(unsafe chmod(host.appending(path: "proc/zoneinfo").path, 0) == 0)
    let none = try CommandRun(arguments, in: URL(filePath: "/"), through: Self.asNobody)
    #expect(none.status == 2)
    #expect(none.output.isEmpty)
    #expect(none.errors == "zonewise: \(host.path)/proc/zoneinfo: permission denied\n")
  }
}
