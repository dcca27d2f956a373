import BootArguments
import Testing

@Suite("Merging into existing files")
struct MergeTests {
  @Test("Every target that reads has a file here")
  func complete() {
    let tried = Set(TargetFixture.files.map { $0.target })
    #expect(Set(BootTargets.all.filter { $0.canRead }.map { $0.name }) == tried)
  }

  @Test("Twice is once, and only our lines change", arguments: TargetFixture.files)
  func twiceIsOnce(target: String, text: String) throws {
    let target = try #require(BootTargets.named(target))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let once = try target.merge(request, into: Array(text.utf8), file: "f")
    let twice = try target.merge(request, into: once, file: "f")
    #expect(String(decoding: once, as: UTF8.self) == String(decoding: twice, as: UTF8.self))
    let read = try target.read(once, file: "f").map { $0.argument.word }
    for argument in request.change.set { #expect(read.contains(argument.word), "\(argument.word)") }
    #expect(!read.contains { $0.hasPrefix("movablecore") })
    for line in text.split(separator: "\n") where !Self.holdsOurs(line) {
      #expect(String(decoding: once, as: UTF8.self).contains(line), "\(line)")
    }
  }

  private static func holdsOurs(_ line: Substring) -> Bool {
    [
      "movablecore", "kernelcore", "online_policy", "GRUB_CMDLINE", "9G", "mitigations",
      "kernelParams",
    ]
    .contains { line.contains($0) }
  }

  @Test("Taking it back leaves the file without our arguments", arguments: TargetFixture.files)
  func unmerges(target: String, text: String) throws {
    let target = try #require(BootTargets.named(target))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let merged = try target.merge(request, into: Array(text.utf8), file: "f")
    let back = try target.unmerge(request, from: merged, file: "f")
    let read = try target.read(back, file: "f")
    let set = Set(request.change.set.map { $0.name })
    #expect(
      !read.contains { set.contains($0.argument.name) },
      "\(String(decoding: back, as: UTF8.self))"
    )
    #expect(try target.unmerge(request, from: back, file: "f") == back)
  }

  @Test("What a merge writes", arguments: MergeTests.results)
  func result(target: String, before: String, after: String) throws {
    let merged = try TargetFixture.merged(target, "kernelcore=2G", into: before)
    #expect(merged == after)
  }

  static let results: [(String, String, String)] = [
    (
      "grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n",
      "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet kernelcore=2G\"\n"
    ),
    ("grub", "GRUB_CMDLINE_LINUX_DEFAULT=\n", "GRUB_CMDLINE_LINUX_DEFAULT=\"kernelcore=2G\"\n"),
    (
      "grub", "GRUB_CMDLINE_LINUX_DEFAULT=quiet",
      "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet kernelcore=2G\""
    ),
    (
      "grub", "A=1\nGRUB_CMDLINE_LINUX=\"$X movablecore=1G a\"\n",
      "A=1\nGRUB_CMDLINE_LINUX=\"$X a kernelcore=2G\"\n"
    ),
    (
      "grub", "A=1",
      "A=1\nGRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT kernelcore=2G\"\n"
    ),
    ("bls", "title x\n", "title x\noptions kernelcore=2G\n"),
    ("bootc", "kargs = []\n", "kargs = [\"kernelcore=2G\"]\n"),
    ("bootc", "kargs = [\"movablecore=1G\", \"a\"]\n", "kargs = [\"a\", \"kernelcore=2G\"]\n"),
    ("bootc", "kargs = [\"a\", \"movablecore=1G\"]\n", "kargs = [\"a\", \"kernelcore=2G\"]\n"),
    (
      "bootc", "match-architectures = [\"x86_64\"]",
      "match-architectures = [\"x86_64\"]\nkargs = [\"kernelcore=2G\"]\n"
    ),
    (
      "bootc", "kargs = [\n  \"a\",\n  \"b\"\n]\n",
      "kargs = [\n  \"a\",\n  \"b\",\n  \"kernelcore=2G\"\n]\n"
    ),
    (
      "bootc", "kargs = [\n  \"a\",\n  \"b\",\n]\n",
      "kargs = [\n  \"a\",\n  \"b\",\n  \"kernelcore=2G\",\n]\n"
    ),
    (
      "ignition", "{\"ignition\":{}}",
      "{\"kernelArguments\": { \"shouldExist\": [\"kernelcore=2G\"] }, \"ignition\":{}}"
    ),
    (
      "machineconfig", "kind: MachineConfig\nspec:\n  # why\n  config: {}\n",
      "kind: MachineConfig\nspec:\n  kernelArguments:\n    - kernelcore=2G\n  # why\n  config: {}\n"
    ),
    (
      "machineconfig", "kind: MachineConfig\n",
      "kind: MachineConfig\nspec:\n  kernelArguments:\n    - kernelcore=2G\n"
    ),
    (
      "machineconfig", "kind: MachineConfig\nspec:\n  kernelArguments:\n  config: {}\n",
      "kind: MachineConfig\nspec:\n  kernelArguments:\n    - kernelcore=2G\n  config: {}\n"
    ),
    (
      "machineconfig", "kind: MachineConfig\nspec:\n  kernelArguments: []\n",
      "kind: MachineConfig\nspec:\n  kernelArguments: [kernelcore=2G]\n"
    ),
    (
      "machineconfig", "kind: MachineConfig\r\nspec:\r\n  kernelArguments:\r\n  - nosmt\r\n",
      "kind: MachineConfig\r\nspec:\r\n  kernelArguments:\r\n  - nosmt\r\n  - kernelcore=2G\r\n"
    ),
    (
      "talos", "customization:\n  extraKernelArgs:\n    - movablecore=1G\n",
      "customization:\n  extraKernelArgs:\n    - kernelcore=2G\n"
    ),
    (
      "kickstart", "bootloader --timeout=1 # c\n",
      "bootloader --timeout=1 --append=\"kernelcore=2G\" # c\n"
    ),
    (
      "kickstart", "text\n%packages\n%end\n",
      "text\nbootloader --append=\"kernelcore=2G\"\n%packages\n%end\n"
    ),
    (
      "libvirt", "<domain><os><kernel>/k</kernel></os></domain>",
      "<domain><os><kernel>/k</kernel><cmdline>kernelcore=2G</cmdline></os></domain>"
    ),
    (
      "libvirt", "<domain><os><cmdline/></os></domain>",
      "<domain><os><cmdline>kernelcore=2G</cmdline></os></domain>"
    ),
    ("tuned", "[bootloader]\n", "[bootloader]\ncmdline_zonewise=+kernelcore=2G\n"),
    ("tuned", "[main]\n", "[main]\n\n[bootloader]\ncmdline_zonewise=+kernelcore=2G\n"),
    ("nixos", "{ boot.kernelParams = []; }", "{ boot.kernelParams = [ \"kernelcore=2G\"]; }"),
    (
      "cloud-init",
      "#cloud-config\nwrite_files:\n- path: /x\n  content: y\n# packages\npackages: []\n",
      """
      #cloud-config
      write_files:
      - path: /x
        content: y
      - path: /etc/default/grub.d/60-zonewise.cfg
        permissions: "0644"
        content: |
          GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT kernelcore=2G"
      # packages
      packages: []
      runcmd:
        - [update-grub]
      power_state:
        mode: reboot

      """
    ),
  ]

  @Test("Our own file loses what an earlier answer set, and its comment is made new")
  func ownFile() throws {
    let target = try #require(BootTargets.named("grub"))
    let old = try target.snippet(
      try TargetFixture.request("memory_hotplug.online_policy=auto-movable quiet")
    )
    let new = BootRequest(
      change: try ArgumentChange(try BootArgument.parse("kernelcore=2G")),
      owner: Ownership(version: "9", date: "2027-01-01", profile: "x", reason: "y")
    )
    let text = String(
      decoding: try target.merge(new, into: Array(old.utf8), file: "f"),
      as: UTF8.self
    )
    #expect(text.hasPrefix("# Made by zonewise 9 on 2027-01-01, profile x: y\n"))
    #expect(text.contains("quiet kernelcore=2G\"\n"))
    #expect(!text.contains("online_policy"))
  }

  @Test("Talos sorts repeated names together: the answer keeps their order and says so")
  func repeatedNames() throws {
    let target = try #require(BootTargets.named("talos"))
    let pairs = "hugepagesz=1G hugepages=6 hugepagesz=2M hugepages=48"
    let text = try target.snippet(try TargetFixture.request(pairs))
    let items = text.split(separator: "\n").compactMap { line in
      line.firstRange(of: "- ").map { String(line[$0.upperBound...]) }
    }
    #expect(Array(items.suffix(4)) == pairs.split(separator: " ").map(String.init))
    #expect(text.contains("sort repeated names together"))
    let plain = try target.snippet(try TargetFixture.request("hugepagesz=1G hugepages=6"))
    #expect(!plain.contains("repeated names"))
  }
}
