import BootArguments
import Foundation
import TestSupport
import Testing

/// Boot loaders' own tools over scratch roots.
@Suite("Boot loaders read what is written")
struct LoaderConsumerTests {
  private func snippet(_ target: String, _ words: String) throws -> String {
    try #require(BootTargets.named(target)).snippet(try TargetFixture.request(words))
  }

  // MARK: GRUB

  /// Runs grub-mkconfig's own scripts with /etc, /boot and the device probe of a scratch root.
  private func mkconfig(defaults: String, dropIn: String) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write("etc/default/grub", defaults)
    try folder.write("etc/default/grub.d/60-zonewise.cfg", dropIn)
    try folder.write("boot/vmlinuz-6.1.0", "")
    try folder.write("boot/grub/none", "")
    try folder.write(
      "sbin/grub-probe",
      "#!/bin/sh\ncase $* in *=device*) echo /dev/sda1 ;; *=fs_uuid*) echo 1-2 ;; *) echo ext2 ;; esac\n",
      executable: true
    )
    func adapted(_ file: String) throws -> String {
      try String(contentsOfFile: file, encoding: .utf8)
        .replacing("sysconfdir=\"/etc\"", with: "sysconfdir=\"\(folder.url.path)/etc\"")
        .replacing("sbindir=\"${exec_prefix}/sbin\"", with: "sbindir=\"\(folder.url.path)/sbin\"")
        .replacing("/boot/vmlinuz-*", with: "\(folder.url.path)/boot/vmlinuz-*")
        .replacing(" /vmlinuz-*", with: "")
    }
    try folder.write("etc/grub.d/10_linux", try adapted("/etc/grub.d/10_linux"), executable: true)
    let script = try adapted(try #require(Consumer.path("grub-mkconfig")))
    try folder.write("grub-mkconfig", script, executable: true)
    let output = folder.url.path + "/grub.cfg"
    let result = try Consumer.run("/bin/sh", [folder.url.path + "/grub-mkconfig", "-o", output])
    #expect(result.status == 0, "\(result.errors)")
    let check = try Consumer.run("grub-script-check", [output])
    #expect(check.status == 0, "\(check.errors)")
    let lines = try folder.read("grub.cfg").split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return lines.filter { $0.hasPrefix("linux") && !$0.contains("single") }
  }

  @Test(
    "grub-mkconfig puts the arguments into every entry and leaves the conflicting ones out",
    .enabled(if: Consumer.isThere("grub-mkconfig", "grub-script-check"), Consumer.missing)
  )
  func grub() throws {
    let lines = try mkconfig(
      defaults: """
        GRUB_CMDLINE_LINUX="console=ttyS0 movablecore=1G"
        GRUB_CMDLINE_LINUX_DEFAULT="quiet movable_node memhp_default_state=online_movable"

        """,
      dropIn: try snippet(
        "grub",
        "kernelcore=50% memory_hotplug.online_policy=auto-movable x=\"a b\" u=é"
      )
    )
    #expect(lines.count >= 2)
    for line in lines {
      #expect(
        line.hasSuffix(
          " ro console=ttyS0 quiet kernelcore=50% memory_hotplug.online_policy=auto-movable "
            + "x=\"a b\" u=é"
        ),
        "\(line)"
      )
    }
  }

  @Test(
    "grub-mkconfig reads a merged /etc/default/grub",
    .enabled(if: Consumer.isThere("grub-mkconfig", "grub-script-check"), Consumer.missing)
  )
  func grubMerged() throws {
    let file = try #require(TargetFixture.files.first { $0.target == "grub" }).text
    let lines = try mkconfig(
      defaults: try TargetFixture.merged("grub", "kernelcore=2G x=1", into: file)
        .replacing("GRUB_TERMINAL", with: "IGNORED"),
      dropIn: ""
    )
    for line in lines { #expect(line.hasSuffix("ro console=ttyS0 quiet splash kernelcore=2G x=1")) }
    #expect(!lines.isEmpty)
  }

  // MARK: systemd

  private static let loaderEntry = "/usr/lib/kernel/install.d/90-loaderentry.install"

  @Test(
    "kernel-install makes an entry of /etc/kernel/cmdline, and the entry is read back",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: LoaderConsumerTests.loaderEntry),
      Consumer.missing
    )
  )
  func kernelInstall() throws {
    let folder = try TemporaryFolder()
    let line = try TargetFixture.merged(
      "systemd-boot",
      "kernelcore=2G x=\"a b\" p=50%",
      into: "root=/dev/sda1 movablecore=1G  ro\n"
    )
    try folder.write("conf/cmdline", line)
    try folder.write("vmlinuz", "")
    try folder.write("boot/token/6.1.0/none", "")
    try folder.write("boot/loader/entries/none", "")
    let result = try Consumer.run(
      Self.loaderEntry,
      ["add", "6.1.0", folder.url.path + "/boot/token/6.1.0", folder.url.path + "/vmlinuz"],
      environment: [
        "KERNEL_INSTALL_CONF_ROOT": folder.url.path + "/conf", "KERNEL_INSTALL_LAYOUT": "bls",
        "KERNEL_INSTALL_MACHINE_ID": "0123456789abcdef0123456789abcdef",
        "KERNEL_INSTALL_ENTRY_TOKEN": "token",
        "KERNEL_INSTALL_BOOT_ROOT": folder.url.path + "/boot", "KERNEL_INSTALL_VERBOSE": "0",
      ]
    )
    #expect(result.status == 0, "\(result.errors)")
    let entry = try folder.read("boot/loader/entries/token-6.1.0.conf")
    let words = try TargetFixture.read("bls", entry).map { $0.argument.word }
    #expect(words == ["root=/dev/sda1", "ro", "kernelcore=2G", "x=\"a b\"", "p=50%"])
  }

  @Test(
    "systemd-tmpfiles writes the policy where the kernel would read it",
    .enabled(if: Consumer.isThere("systemd-tmpfiles"), Consumer.missing)
  )
  func tmpfiles() throws {
    let folder = try TemporaryFolder()
    let policy = "sys/module/memory_hotplug/parameters/online_policy"
    let blocks = "sys/devices/system/memory/auto_online_blocks"
    try folder.write(policy, "")
    try folder.write(blocks, "")
    let text = try snippet(
      "sysfs",
      "memory_hotplug.online_policy=auto-movable memhp_default_state=online"
    )
    try folder.write("etc/tmpfiles.d/60-zonewise.conf", text)
    let result = try Consumer.run(
      "systemd-tmpfiles",
      ["--root=" + folder.url.path, "--create", "60-zonewise.conf"]
    )
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try folder.read(policy) == "auto-movable")
    #expect(try folder.read(blocks) == "online")
  }

  // MARK: ostree

  @Test(
    "ostree deploys the arguments in a scratch root, twice as once, and takes them back",
    .enabled(if: Consumer.isThere("ostree") && getuid() == 0, "ostree as root")
  )
  func ostree() throws {
    let folder = try TemporaryFolder()
    try folder.write("tree/usr/lib/modules/6.1.0/vmlinuz", "k")
    try folder.write("tree/usr/lib/modules/6.1.0/initramfs.img", "i")
    try folder.write("tree/usr/lib/os-release", "ID=x\nPRETTY_NAME=x\n")
    try folder.write("tree/usr/etc/os-release", "ID=x\nPRETTY_NAME=x\n")
    try folder.write("sys/none", "")
    let target = try #require(BootTargets.named("ostree"))
    let request = try TargetFixture.request(
      "kernelcore=2G x=1",
      commandLine: "root=/dev/sda1 movablecore=1G kernelcore=9G"
    )
    try folder.write("set.sh", try target.snippet(request))
    try folder.write("back.sh", try target.rollbackScript(request))
    try folder.write(
      "setup.sh",
      """
      set -e
      cd \(folder.url.path)
      ostree admin init-fs sys
      ostree admin os-init --sysroot=sys os
      ostree --repo=sys/ostree/repo commit -b os tree --owner-uid=0 --owner-gid=0
      ostree admin deploy --os=os --karg=root=/dev/sda1 --karg=movablecore=1G --karg=kernelcore=9G os
      """
    )
    func run(_ script: String) throws -> [String] {
      let result = try Consumer.run(
        "/bin/sh",
        [folder.url.path + "/" + script],
        environment: ["OSTREE_SYSROOT": folder.url.path + "/sys"]
      )
      #expect(result.status == 0, "\(result.errors)")
      let entries = folder.url.path + "/sys/boot/loader/entries"
      let names = try FileManager.default.contentsOfDirectory(atPath: entries).sorted()
      let newest = try #require(names.last)
      let entry = try folder.read("sys/boot/loader/entries/" + newest)
      return try TargetFixture.read("bls", entry).map { $0.argument.word }
        .filter { !$0.hasPrefix("ostree=") }
    }
    #expect(try run("setup.sh") == ["root=/dev/sda1", "movablecore=1G", "kernelcore=9G"])
    #expect(try run("set.sh") == ["root=/dev/sda1", "kernelcore=2G", "x=1"])
    #expect(try run("set.sh") == ["root=/dev/sda1", "kernelcore=2G", "x=1"])
    #expect(try run("back.sh") == ["root=/dev/sda1", "movablecore=1G", "kernelcore=9G"])
    // The undeploy is the test's: deployments are immutable and would outlive the folder.
    _ = try Consumer.run("/bin/sh", ["-c", "chattr -R -i \(folder.url.path)/sys/ostree/deploy"])
  }

  // MARK: Commands

  /// Runs a script of commands with a recorder in place of the tool.
  private func record(
    _ target: String,
    _ words: String,
    tool: String,
    says: String = ""
  ) throws -> [[String]] {
    let folder = try TemporaryFolder()
    try folder.write("run.sh", try snippet(target, words))
    try folder.write(
      "bin/\(tool)",
      "#!/bin/sh\n[ $# = 1 ] && echo '\(says)'\n"
        + "for word; do printf '%s\\037' \"$word\" >> \(folder.url.path)/log; done\n"
        + "echo >> \(folder.url.path)/log\n",
      executable: true
    )
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let result = try Consumer.run(
      "/bin/sh",
      ["-eu", folder.url.path + "/run.sh"],
      environment: ["PATH": folder.url.path + "/bin:" + path]
    )
    #expect(result.status == 0, "\(result.errors)")
    return try folder.read("log").split(separator: "\n").map {
      $0.split(separator: "\u{1F}").map(String.init)
    }
  }

  @Test("Commands hand every argument over as one word")
  func commands() throws {
    #expect(
      try record("grubby", "kernelcore=50% u=é,*", tool: "grubby") == [
        [
          "--update-kernel=ALL", "--remove-args=movablecore movable_node",
          "--args=kernelcore=50% u=é,*",
        ]
      ]
    )
    #expect(
      try record("bootc-source", "kernelcore=50% x=*", tool: "bootc") == [
        [
          "loader-entries", "set-options-for-source", "--source", "zonewise", "--options",
          "kernelcore=50% x=*",
        ]
      ]
    )
    #expect(
      try record(
        "rpm-ostree",
        "kernelcore=50% x=*",
        tool: "rpm-ostree",
        says: "root=* movable-node movablecore=1G kernelcore=1G kernelcore=2G xx=1 x=2"
      ) == [
        ["kargs"],
        [
          "kargs", "--delete=movable-node", "--delete=movablecore=1G", "--delete=kernelcore=1G",
          "--delete=kernelcore=2G", "--delete=x=2", "--append=kernelcore=50%", "--append=x=*",
        ],
      ]
    )
  }

  @Test("Every script is one that a shell can read", arguments: BootTargets.all.map { $0.name })
  func scripts(target name: String) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target), removing: ["a"])
    var texts = [try target.rollbackScript(request)]
    if target.kind == .commands { texts.append(try target.snippet(request)) }
    for text in texts {
      let result = try Consumer.run("/bin/sh", ["-n"], input: text)
      #expect(result.status == 0, "\(result.errors)\n\(text)")
    }
  }
}
