internal import Advice
internal import BootArguments
internal import FleetCheck
internal import SourceText
internal import Testing

@Suite("Remedies in boot configs")
struct ArgumentFixTests {
  /// Without it the ratio has no effect, and is taken away.
  static let policy = "memory_hotplug.online_policy=auto-movable"

  /// A line, and what is to become of it.
  static let lines: [(line: String, fixed: String)] = [
    ("kernelcore=64GB", "kernelcore=64G"),
    ("kernelcore=1.5G", "kernelcore=1536M"),
    ("movablecore=010G", "movablecore=8G"),
    ("kernelcore=08G", "kernelcore=8G"),
    ("kernelcore=1G@4G", "kernelcore=1G"),
    ("kernel_core=64G", "kernelcore=64G"),
    ("memmap_on_memory=1 quiet", "quiet memory_hotplug.memmap_on_memory=1"),
    ("online_policy=auto-movable", "memory_hotplug.online_policy=auto-movable"),
    ("memhp_auto_online", "memhp_default_state=online"),
    ("kernelcore=1G kernelcore=2G", "kernelcore=2G"),
    ("kernelcore=2G kernelcore=2G", "kernelcore=2G"),
    ("movable_node movablecore=4G", "movable_node"),
    ("kernelcore=mirror kernelcore=4G", "kernelcore=mirror"),
    ("kernelcore quiet", "quiet"),
    ("movablecore=0 quiet", "quiet"),
    ("movablecore=acpi quiet", "quiet"),
    ("kernelcore=100% quiet", "quiet"),
    ("kernelcore=10%", "kernelcore=25%"),
    ("movablecore=90%", "movablecore=75%"),
    (
      "memory_hotplug.online_policy=auto_movable",
      "memory_hotplug.online_policy=auto-movable"
    ),
    ("memhp_default_state=online-movable", "memhp_default_state=online"),
    (
      "\(policy) memory_hotplug.auto_movable_ratio=300",
      "\(policy) memory_hotplug.auto_movable_ratio=301"
    ),
    (
      "\(policy) memory_hotplug.auto_movable_ratio=9900",
      "\(policy) memory_hotplug.auto_movable_ratio=301"
    ),
  ]

  @Test("what a word was meant for takes its place, and nothing more is found", arguments: lines)
  func words(line: String, fixed: String) throws {
    let fixture = try CheckFixture(["cmdline": "root=/dev/vda1 \(line)\n"])
    let answer = fixture.fix()
    #expect(answer.failures.isEmpty)
    #expect(answer.refused == [])
    let text = try #require(answer.text("cmdline"))
    #expect(text.hasPrefix("root=/dev/vda1 \(fixed)"), "\(text)")
    try fixture.apply(answer)
    let again = fixture.fix()
    #expect(again.cured == [] && again.isUnchanged)
  }

  /// What only people can decide is left to them, and the file stays as it is.
  @Test(
    "what nobody can know stays",
    arguments: [
      "kernelcore=4096", "kernelcore=0x1E", "kernelcore=99999999999999999999G",
      "memhp_default_state=soon", "hugepages=4 hugepages=8",
      "hugepagesz=3M hugepages=4",
    ]
  )
  func action(line: String) throws {
    let fixture = try CheckFixture(["cmdline": "root=/dev/vda1 \(line)\n"])
    let answer = fixture.fix()
    #expect(!answer.left.isEmpty && answer.refused == [])
    #expect(answer.text("cmdline") == nil)
  }

  // MARK: Formats

  /// The files of every boot target that reads its own, under the names by which they are known.
  static let places: [String: String] = [
    "raw": "cmdline", "grub": "grub.d/60-zonewise.cfg", "bls": "loader/entries/a.conf",
    "systemd-boot": "loader/entries/b.conf", "uki": "cmdline.d/60-zonewise.conf",
    "bootc": "usr/lib/bootc/kargs.d/60-zonewise.toml", "ignition": "config.ign",
    "butane-fcos": "fcos.bu", "butane-openshift": "openshift.bu",
    "machineconfig": "99-worker.yaml", "performanceprofile": "performance.yaml",
    "tuned": "tuned/zonewise/tuned.conf", "ansible": "tasks/zonewise.yml", "talos": "talos.yaml",
    "nixos": "zonewise.nix", "cloud-init": "user-data.yaml", "kickstart": "ks.cfg",
    "libvirt": "domain.xml", "firecracker": "vm_config.json", "cloud-hypervisor": "vm.json",
    "kata": "etc/kata-containers/config.d/60-zonewise.toml",
    "extlinux": "boot/extlinux/extlinux.conf", "rpi": "boot/firmware/cmdline.txt",
    "refind": "boot/refind_linux.conf", "limine": "boot/limine.conf",
    "bottlerocket": "user-data.toml", "wsl": ".wslconfig",
  ]

  /// Files that are a part of something larger.
  static let frames = [
    "bls": "title a\nlinux /vmlinuz\noptions quiet\n",
    "libvirt": """
    <domain type='kvm'>
      <name>a</name>
      <os><kernel>/vmlinuz</kernel><cmdline>quiet</cmdline></os>
    </domain>

    """,
  ]

  @Test("every file that zonewise writes can be mended in place, once", arguments: BootTargets.all)
  func formats(target: BootTarget) throws {
    // Settings of a running kernel are no command line, and check doesn't look at them.
    guard target.canRead, target.name != "sysfs" else { return }
    let place = try #require(Self.places[target.name], "\(target.name) has no file here")
    let request = BootRequest(
      change: try ArgumentChange(
        try BootArgument.parse(
          "movablecore=64GB \(Self.policy) memory_hotplug.auto_movable_ratio=300"
        )
      ),
      owner: Ownership(version: "1", date: "2026-01-01", profile: nil, reason: "a test")
    )
    let before =
      if let frame = Self.frames[target.name] {
        String(
          decoding: try target.merge(request, into: Array(frame.utf8), file: place),
          as: UTF8.self
        )
      } else {
        try target.snippet(request)
      }
    let fixture = try CheckFixture([place: before])
    let answer = fixture.fix()
    #expect(answer.failures.isEmpty && answer.refused == [])
    let after = try #require(answer.text(place), "\(target.name): nothing changed in \(before)")
    // Only the two words differ: comments, order and all else stay.
    let expected = before.replacing("64GB", with: "64G").replacing("300", with: "301")
    #expect(after == expected)
    try fixture.apply(answer)
    let again = fixture.fix()
    #expect(again.cured == [] && again.isUnchanged)
  }

  @Test("comments, order and line ends stay")
  func layout() throws {
    let text = "# mine\r\nquiet  kernelcore=64GB\r\n# more\r\nro\r\n"
    let fixture = try CheckFixture(["cmdline": text])
    #expect(fixture.fix().text("cmdline") == text.replacing("64GB", with: "64G"))
  }

  @Test("what is suppressed, or another rule's, is left alone")
  func chosen() throws {
    let fixture = try CheckFixture([
      "grub": """
      GRUB_CMDLINE_LINUX="kernelcore=64GB"  # zonewise-ignore ZW301: known
      GRUB_CMDLINE_LINUX_DEFAULT="\(Self.policy) memory_hotplug.auto_movable_ratio=300"

      """
    ])
    #expect(fixture.fix(rules: ["ZW302"]).cured.isEmpty)
    #expect(fixture.fix().cured.map { $0.suffix(5) } == ["ZW208"])
  }

  @Test("a string in a program is not changed: nobody knows that it is a command line")
  func program() throws {
    let fixture = try CheckFixture([
      "boot.py": "ARGS = \"console=ttyS0 root=/dev/vda1 kernelcore=64GB\"\n"
    ])
    let answer = fixture.fix()
    #expect(answer.text("boot.py") == nil)
    #expect(answer.left.allSatisfy { $0.why?.contains("by hand") == true })
    #expect(!answer.left.isEmpty)
  }

  @Test("what is no config is said, and hides no other file")
  func garbage() throws {
    let fixture = try CheckFixture([
      "cmdline": "kernelcore=64GB\n", "noise": "\u{0}\u{1}\u{2}", "empty": "",
      "bad.yaml": "schema: 1\nclasses: {\n",
    ])
    let answer = fixture.fix()
    #expect(answer.text("cmdline") == "kernelcore=64G\n")
    #expect(answer.failures.map(\.place.file) == [fixture.path + "bad.yaml"])
    #expect(fixture.fix(["empty"]).failures.count == 1)
    #expect(fixture.fix(["nothing-there"]).failures.count == 1)
  }
}
