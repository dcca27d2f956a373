internal import Foundation
internal import TestSupport
internal import Testing

/// A node of an operating system that is deployed by OSTree: its boot entries name the deployment, and
/// its kernels of 4.18 print a counter without a name.
@Suite("A CoreOS-like tree")
struct CoreOSTreeTests {
  private static let entry = """
    title Example CoreOS 410.84 (Ootpa) (ostree:0)
    version 1
    options random.trust_cpu=on console=tty0 ignition.platform.id=metal ostree=/ostree/boot.1/os/5f/0 \
    root=UUID=9a1f rw rootflags=prjquota kernelcore=1G

    linux /ostree/os-5f/vmlinuz-4.18.0-305.el8.x86_64
    initrd /ostree/os-5f/initramfs-4.18.0-305.el8.x86_64.img

    """

  /// A booted host with the files and the zoneinfo that such a node has.
  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let host = folder.url.appending(path: "host")
    try FileManager.default.copyItem(
      at: URL(filePath: Fixtures.path("Roots/6.12-two-nodes-kernelcore")),
      to: host
    )
    let zoneinfo = host.appending(path: "proc/zoneinfo")
    var lines = try String(contentsOf: zoneinfo, encoding: .utf8).split(separator: "\n")
      .map(String.init)
    // Behind the last counter of the first node's own.
    let pages = try #require(lines.firstIndex { $0.contains("  pages free") })
    lines.insert("                   83328", at: pages)
    try lines.joined(separator: "\n").appending("\n")
      .write(to: zoneinfo, atomically: true, encoding: .utf8)
    try folder.write("host/boot/loader/entries/ostree-1-os.conf", Self.entry)
    try folder.write("host/etc/os-release", "ID=\"rhcos\"\nOSTREE_VERSION='410.84'\n")
    return folder
  }

  @Test("advice reads the counter without a name, and says what it says without it")
  func advise() throws {
    let folder = try tree()
    let run = try CommandRun(["advise", "host", "--format", "json"], in: folder.url)
    let plain = try CommandRun(
      ["advise", "6.12-two-nodes-kernelcore", "--format", "json"],
      in: CommandRun.roots
    )
    #expect(run.status == 0, "\(run.errors)")
    func current(_ output: String) -> Substring? {
      guard let start = output.range(of: "\"current\""), let end = output.range(of: "\"demand\"")
      else { return nil }
      return output[start.lowerBound..<end.lowerBound]
    }
    #expect(current(run.output) != nil)
    #expect(current(run.output) == current(plain.output))
  }

  @Test("check finds the argument in the deployment's boot entry")
  func check() throws {
    let folder = try tree()
    let run = try CommandRun(
      ["check", "host/boot/loader/entries/ostree-1-os.conf", "--fail-on", "never", "-v"],
      in: folder.url
    )
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("ostree-1-os.conf:3:"), "\(run.output)")
  }
}
