internal import Advice
internal import BootArguments
internal import FleetCheck
internal import TestSupport
internal import Testing

@Suite("Remedies of a recorded machine")
struct RecordedFixTests {
  @Test("go to its boot loader's file, where that is named beside it")
  func arguments() throws {
    let fixture = try CheckFixture(["grub": "# mine\nGRUB_CMDLINE_LINUX=\"quiet kernelcore=2G\"\n"])
    var run = FixRun(
      [fixture.path + "grub", Fixtures.path("Roots/6.12-node-without-kernel-memory")],
      policies: PolicyFinder(),
      options: FixRun.Options(day: "2026-06-15")
    )
    var files: [FixedFile] = []
    while let file = run.next() { files.append(file) }
    let text = try #require(files.flatMap(\.texts).first)
    let new = String(decoding: text.new, as: UTF8.self)
    #expect(new.hasPrefix("# mine\nGRUB_CMDLINE_LINUX=\"quiet kernelcore="))
    #expect(new != String(decoding: text.old, as: UTF8.self))
    #expect(files.flatMap(\.cured).contains { $0.found.finding.code == "ZW103" })
  }

  @Test("are told, and nothing is changed, where it stands alone")
  func alone() throws {
    var run = FixRun(
      [Fixtures.path("Roots/6.12-node-without-kernel-memory")],
      policies: PolicyFinder(),
      options: FixRun.Options(day: "2026-06-15")
    )
    let next = run.next()
    let file = try #require(next)
    #expect(file.texts.isEmpty && file.cured.isEmpty)
    #expect(file.left.contains { $0.why?.contains("zonewise cmdline") == true })
  }

  @Test(
    "a file of sysctl.d keeps its comments, its order and its other settings",
    arguments: [
      ("", "vm.min_free_kbytes = 4096\n"),
      ("# a\nvm.swappiness=1", "# a\nvm.swappiness=1\nvm.min_free_kbytes = 4096\n"),
      ("vm.min_free_kbytes = 1 \nx=2\n", "vm.min_free_kbytes = 4096 \nx=2\n"),
      ("-vm/min_free_kbytes=1\r\n", "-vm/min_free_kbytes=4096\r\n"),
      (
        "vm.min_free_kbytes=1\n;vm.min_free_kbytes=2\nvm.min_free_kbytes=3\n",
        "vm.min_free_kbytes=1\n;vm.min_free_kbytes=2\nvm.min_free_kbytes=4096\n"
      ),
      ("vm.min_free_kbytes=\n", "vm.min_free_kbytes=4096\n"),
    ]
  )
  func sysctl(old: String, new: String) {
    let once = SysctlFile(Array(old.utf8)).setting("vm.min_free_kbytes", to: "4096")
    #expect(String(decoding: once, as: UTF8.self) == new)
    #expect(SysctlFile(once).setting("vm.min_free_kbytes", to: "4096") == once)
  }

  @Test("files of settings are known by where they lie")
  func names() {
    #expect(SysctlFile.isOne("/etc/sysctl.conf") && SysctlFile.isOne("sysctl.d/10-vm.conf"))
    #expect(!SysctlFile.isOne("sysctl.d/README") && !SysctlFile.isOne("etc/a.conf"))
  }
}
