internal import Foundation
internal import TestSupport
internal import Testing

/// What `capture --redact` promises (Documentation/sources.md): secrets are laid wherever a host has
/// some, and looked for in everything that any command writes of the capture.
@Suite("Secrets")
struct SecretsTests {
  /// None of these may come out.
  private static let secrets = [
    "db01-hidden", "10.99.88.77", "fd00:dead:beef::7", "52:54:00:aa:bb:cc",
    "48d8e42c-5a1f-4c1e-9d53-3f6f2a7c9b10", "hunter2", "tok3nvalue", "hiddenvolume",
    "builderhidden",
    "HiddenCorp", "hiddenprocess", "hiddenrule", "hiddenremark", "0000deadc0de", "hiddensection",
    "hiddeninit", "aabbccddeeff0011", "hiddenconfig", "hiddenfollower",
  ]

  private static let files = [
    "proc/sys/kernel/hostname": "db01-hidden\n",
    "proc/cmdline": """
    BOOT_IMAGE=/hiddenvolume/vmlinuz root=UUID=48d8e42c-5a1f-4c1e-9d53-3f6f2a7c9b10 ro quiet \
    kernelcore=1G movable_node ip=10.99.88.77::10.99.88.1:255.255.255.0:db01-hidden:eth0:off \
    ifname=eth0:52:54:00:aa:bb:cc nameserver=fd00:dead:beef::7 rd.luks.key=/hunter2 \
    dyndbg="file hiddenvolume.c +p" db01-hidden tok3nvalue 10.99.88.77 10.99.88.77=on \
    48d8e42c-5a1f-4c1e-9d53-3f6f2a7c9b10=1 aabbccddeeff0011=1 dax.token=4 daxpass=hunter2 \
    systemd.setenv=PASSWORD=hunter2 no-such-thing -- hiddeninit --password=hunter2

    """,
    "proc/version":
      "Linux version 6.12.117 (root@builderhidden) (gcc HiddenCorp 12) #1 SMP HiddenCorp\n",
    "proc/swaps":
      "Filename Type Size Used Priority\n/dev/mapper/hiddenvolume partition 1024 0 -2\n",
    "proc/7/status":
      "Name:\thiddenprocess\nVmPin:\t      8 kB\nVmRSS:\t 12 kB\nGroups:\t1000 hunter2\n",
    "proc/cpuinfo": "processor\t: 0\nvendor_id\t: GenuineIntel\nSerial\t\t: 0000deadc0de\n",
    "etc/os-release": """
    PRETTY_NAME="Debian GNU/Linux 12"
    HOME_URL="https://HiddenCorp/"
    IMAGE_ID=db01-hidden

    """,
    "etc/udev/rules.d/40-memory.rules": """
    # hiddenremark about memory
    SUBSYSTEM=="memory", ACTION=="add", ATTR{state}="online"
    SUBSYSTEM=="net", ATTR{address}=="52:54:00:aa:bb:cc", \\
      NAME="hiddenrule", \\
      ENV{OWNER}="hiddenfollower"

    """,
    "proc/config.gz": """
    CONFIG_NUMA=y
    CONFIG_LOCALVERSION="-hiddenconfig"
    CONFIG_CMDLINE="root=/dev/hiddenconfig"

    """,
    "etc/daxctl.conf.d/a.conf": """
    # hiddenremark
    [reconfigure-device hiddensection]
    nvdimm.uuid = 48d8e42c-5a1f-4c1e-9d53-3f6f2a7c9b10
    mode = system-ram
    online = true
    # hunter2
    movable = false

    """,
  ]

  /// A host with a secret in each of its files that are about anything else than memory.
  private static func host(in folder: TemporaryFolder) throws -> String {
    let root = folder.path("root")
    try FileManager.default.copyItem(
      atPath: Fixtures.path("Roots/6.12-two-nodes-kernelcore"),
      toPath: root
    )
    // Without these, more files are read.
    for file in ["proc/sys/kernel/osrelease", "boot"] {
      try FileManager.default.removeItem(atPath: "\(root)/\(file)")
    }
    for (file, text) in files {
      try? FileManager.default.removeItem(atPath: "\(root)/\(file)")
      try folder.write("root/\(file)", text)
    }
    return root
  }

  private func look(in bytes: [UInt8], _ what: String) {
    let data = Data(bytes)
    for secret in Self.secrets {
      #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(what)")
    }
  }

  /// Commands that read one host, with every format that has a way of its own.
  private static func commands(_ capture: String) -> [[String]] {
    [
      ["advise", capture, "--verbose"], ["advise", capture, "--format", "json"],
      ["advise", capture, "--processes"], ["predict", capture, "--verbose"],
      ["predict", capture, "--format", "json"], ["plan", capture, "--add", "dimm:1GiB@0"],
      ["blocks", capture, "--verbose"], ["blocks", capture, "--format", "json"],
      ["cmdline", "--for", "grub", "--want", "max", capture, "--promise", "promise.json"],
      ["check", capture, "--fail-on", "never"],
      ["check", capture, "--fail-on", "never", "--format", "sarif"],
      ["check", capture, "--fail-on", "never", "--format", "json"],
      ["report", capture, "--format", "html"], ["report", capture, "--format", "json"],
      ["report", capture, "--format", "csv"], ["fleet", capture], ["diff", capture, capture],
      ["metrics", capture], ["explain", "movable", "--source", capture],
      ["capture", capture, "-o", "-"], ["verify", "promise.json", capture],
      ["check", "--init", capture], ["record", "--database", "record.db", "--from", capture],
      ["profiles", "suggest", capture],
    ]
  }

  @Test(
    "No secret of a host is in a redacted capture, or in what any command says of it",
    arguments: ["host.tar", "host.json", "slim.json"]
  )
  func none(_ name: String) throws {
    let folder = try TemporaryFolder()
    let root = try Self.host(in: folder)
    let slim = name == "slim.json" ? ["--slim"] : []
    let capture = try CommandRun(
      ["capture", root, "-o", name, "--redact", "--processes"] + slim,
      in: folder.url
    )
    try #require(capture.status == 0, "\(capture.errors)")
    look(in: Array(try Data(contentsOf: folder.url.appending(path: name))), name)
    for words in Self.commands(name) {
      let run = try CommandRun(words, in: folder.url)
      #expect([0, 1].contains(run.status), "\(words): \(run.errors)")
      look(in: Array((run.output + run.errors).utf8), words.joined(separator: " "))
    }
    for file in ["promise.json", "record.db"] {
      look(in: Array(try Data(contentsOf: folder.url.appending(path: file))), file)
    }
  }

  @Test("Each secret is where it would be found: without --redact they come out")
  func seeded() throws {
    let folder = try TemporaryFolder()
    let root = try Self.host(in: folder)
    let run = try CommandRun(
      ["capture", root, "-o", "host.tar", "--processes"],
      in: folder.url
    )
    try #require(run.status == 0, "\(run.errors)")
    let bytes = try Data(contentsOf: folder.url.appending(path: "host.tar"))
    for secret in Self.secrets {
      #expect(bytes.range(of: Data(secret.utf8)) != nil, "\(secret) is seeded nowhere that is read")
    }
  }

  /// Runs the shell collector on the made host, whose folders lie over those of this one.
  private static func script(_ root: String, _ arguments: [String]) throws -> ProgramRun {
    let collector = Fixtures.checkout.appending(path: "Integrations/capture.sh").path
    let mounts = """
      echo db01-hidden >/proc/sys/kernel/hostname
      root=$1; shift
      # Some systems find awk through it.
      [ ! -d /etc/alternatives ] || cp -a /etc/alternatives "$root/etc/"
      for part in etc sys proc; do mount --rbind "$root/$part" "/$part"; done
      exec sh "$@"
      """
    return try ProgramRun(
      ["unshare", "-rmu", "/bin/sh", "-ec", mounts, "sh", root, collector] + arguments
    )
  }

  @Test(
    "The shell collector leaves the same out, and the name of whoever runs it",
    .needs("way to lay folders over those of this host (user namespaces)", isInDebian: false) {
      (try? ProgramRun(["unshare", "-rmu", "mount", "-t", "tmpfs", "t", "/mnt"]).status) == 0
    }
  )
  func shell() throws {
    let folder = try TemporaryFolder()
    let root = try Self.host(in: folder)
    func archive(_ arguments: [String]) throws -> [UInt8] {
      let path = folder.path("shell.tar.gz")
      let run = try Self.script(root, arguments + [path])
      try #require(run.status == 0, "\(run.errors)")
      return try ProgramRun(["gzip", "-dc", path]).output
    }
    let redacted = try archive(["-r"])
    look(in: redacted, "shell.tar.gz")
    // The name of a file's owner stands at 265 of a header, that of its group at 297.
    #expect(redacted[265] == 0 && redacted[297] == 0)
    let advised = try CommandRun(["advise", "shell.tar.gz"], in: folder.url)
    #expect([0, 1].contains(advised.status), "\(advised.errors)")
    look(in: Array((advised.output + advised.errors).utf8), "advise shell.tar.gz")
    let whole = Data(try archive([]))
    // It reads neither processes nor cpuinfo.
    for secret in Self.secrets where !["hiddenprocess", "0000deadc0de"].contains(secret) {
      #expect(whole.range(of: Data(secret.utf8)) != nil, "\(secret) is seeded nowhere it reads")
    }
  }

  @Test("What decides about memory is the same in a redacted capture")
  func sameAdvice() throws {
    struct Answer: Decodable, Equatable {
      struct Current: Decodable, Equatable {
        var kernelBytes: UInt64
        var verdict: String
      }
      struct Finding: Decodable, Equatable { var code: String }
      var current: Current
      var findings: [Finding]
    }
    let folder = try TemporaryFolder()
    let root = try Self.host(in: folder)
    let capture = try CommandRun(["capture", root, "-o", "h.json", "--redact"], in: folder.url)
    try #require(capture.status == 0, "\(capture.errors)")
    let answers = try [root, "h.json"].map { source in
      let run = try CommandRun(["advise", source, "--format", "json"], in: folder.url)
      return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    }
    #expect(answers[0] == answers[1])
    #expect(!answers[0].findings.isEmpty)
  }
}
