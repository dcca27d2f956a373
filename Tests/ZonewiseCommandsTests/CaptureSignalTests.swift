internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

@Suite("A capture that a signal ends")
struct CaptureSignalTests {
  @Test("leaves no file behind and dies of the signal", arguments: [SIGINT, SIGTERM])
  func signalled(_ signal: Int32) throws {
    let host = try TemporaryFolder()
    let good = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore")
    let root = host.url.appending(path: "root")
    try FileManager.default.copyItem(at: good, to: root)
    // Noise, which takes gzip long, in a file that is kept as it is.
    let random = try FileHandle(forReadingFrom: URL(filePath: "/dev/urandom"))
    let noise = try #require(try random.read(upToCount: 24 << 20))
    try host.write("root/proc/pagetypeinfo", noise)

    let output = try TemporaryFolder()
    let capture = try RunningProgram(
      [CommandRun.executable.path, "capture", root.path, "-o", output.path("host.tar.gz")],
      in: output.url
    )
    let deadline = ContinuousClock.now + .seconds(60)
    while try output.names().isEmpty, capture.isRunning, ContinuousClock.now < deadline {
      usleep(500)
    }
    // Held, it can't get ahead of the signal.
    try #require(capture.pause(), "the capture ended before the signal")
    try #require(try output.names() == ["host.tar.gz.zonewise-\(capture.id)"])
    try #require(capture.send(signal))
    try #require(capture.send(SIGCONT))
    #expect(capture.wait() == .signal(signal))
    #expect(try output.names() == [])
  }
}
