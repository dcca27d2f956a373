internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

/// The user who may do nothing.
private enum Nobody {
  static let words = [
    "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--",
  ]

  static let canRun =
    geteuid() == 0
    && (try? CommandRun(["--version"], in: URL(filePath: "/"), through: words).status) == 0
}

/// Runs as another user than root, where the tests run as root.
@Suite(
  "Without privileges",
  .needs("way to run zonewise as another user", isInDebian: false) {
    Nobody.canRun
  }
)
struct UnprivilegedTests {
  @Test("advice is given, and what only root reads is listed")
  func live() throws {
    let run = try CommandRun(
      ["advise", "--format", "json"],
      in: URL(filePath: "/"),
      through: Nobody.words
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
    // Nobody may not add to what the tests count (Scripts/coverage).
    let counts = ["LLVM_PROFILE_FILE": "/dev/null"]
    func run() throws -> CommandRun {
      try CommandRun(
        arguments,
        in: URL(filePath: "/"),
        environment: counts,
        through: Nobody.words
      )
    }
    let partial = try run()
    #expect(partial.status == 0, "\(partial.errors)")
    #expect(partial.output.contains("/proc/swaps: permission denied: swap devices are unknown"))
    try #require(unsafe chmod(host.appending(path: "proc/zoneinfo").path, 0) == 0)
    let none = try run()
    #expect(none.status == 2)
    #expect(none.output.isEmpty)
    #expect(none.errors == "zonewise: \(host.path)/proc/zoneinfo: permission denied\n")
  }
}
