internal import Advice
internal import FleetCheck
internal import SourceText
internal import Testing

@Suite("What is found in a file without a machine")
struct NativeFindingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var line: String
    /// `column code severity`, in the order of the columns.
    var found: [String]
    var says = ""

    var testDescription: String { line }
  }

  private static func found(_ text: String, _ name: String) async throws -> [CheckFinding] {
    let fixture = try CheckFixture([name: text])
    let answer = try await fixture.check([name])
    #expect(answer.failures.isEmpty)
    return answer.findings.sorted {
      ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
    }
  }

  private static let lines = [
    Case(
      line: "memhp_default_state=online-movable",
      found: ["1 ZW302 warning"],
      says: "the words are offline, online, online_kernel and online_movable"
    ),
    Case(line: "memhp_default_state=online_kernel", found: []),
    Case(
      line: "memory_hotplug.online_policy=automovable",
      found: ["1 ZW302 warning"],
      says: "the policies are contig-zones and auto-movable"
    ),
    Case(
      line: "kernelcore=8G movablecore=4G",
      found: ["15 ZW302 note"],
      says: "with more than 12.0 GiB of memory movablecore=4G counts and kernelcore=8G is ignored"
    ),
    Case(line: "kernelcore=8G", found: []),
    Case(
      line: "movable_node kernelcore=8G",
      found: ["1 ZW213 note", "14 ZW302 warning"],
      says: "movable_node makes the kernel ignore sizes"
    ),
    Case(
      line: "kernelcore=60% movablecore=60%",
      found: ["16 ZW302 note"],
      says: "kernelcore=60% counts, because it leaves more to the kernel, and movablecore=60% is"
    ),
    Case(
      line: "kernelcore=20% movablecore=30%",
      found: ["1 ZW302 note"],
      says: "movablecore=30% counts, because it leaves more to the kernel, and kernelcore=20% is"
    ),
    Case(
      line: "kernelcore=8G quiet kernelcore=4G",
      found: ["1 ZW302 warning"],
      says: "kernelcore=4G comes later"
    ),
    Case(
      line: "memhp_default_state=online quiet memhp_default_state=offline",
      found: ["1 ZW302 warning"],
      says: "memhp_default_state=offline comes later"
    ),
    Case(line: "console=tty0 console=ttyS0", found: []),
    Case(
      line: "hugepagesz=1G hugepagesz=2M hugepages=32 hugepages=512",
      found: ["1 ZW302 warning", "42 ZW302 warning"],
      says: "no hugepages= follows it"
    ),
    Case(
      line: "hugepages=32 hugepagesz=1G",
      found: ["14 ZW302 warning"],
      says: "no hugepages= follows"
    ),
    Case(line: "hugepagesz=1G hugepages=32 hugepagesz=2M hugepages=512", found: []),
    Case(
      line: "hugepagesz=4G hugepages=2",
      found: ["1 ZW302 warning", "15 ZW302 warning"],
      says: "no page has that size"
    ),
    Case(
      line: "hugetlb_cma=8G hugepagesz=1G hugepages=8",
      found: ["30 ZW302 warning"],
      says: "beside hugetlb_cma= the kernel makes no gigantic pages"
    ),
    Case(
      line: "hugetlb_cma=512M",
      found: ["1 ZW302 warning"],
      says: "less than one gigantic page"
    ),
    Case(line: "hugetlb_cma=0:2G,1:2G", found: []),
    Case(line: "cma=16G@2G-4G", found: ["1 ZW302 warning"], says: "does not fit below 4.00 GiB"),
    Case(line: "cma=1G@2G-4G", found: []),
    Case(line: "quiet cma=1.5G", found: ["7 ZW302 warning"], says: "stops at the point"),
    Case(line: "crashkernel=0.5G", found: ["1 ZW302 warning"], says: "stops at the point"),
    Case(line: "crashkernel=512M cma=1536M", found: []),
    Case(line: "cma=64M@0x1234", found: ["1 ZW302 warning"], says: "no multiple of 1.00 MiB"),
    Case(line: "cma=64M@0x10000000", found: []),
    Case(
      line: "memory_hotplug.auto_movable_ratio=301 memory_hotplug.online_policy=contig-zones",
      found: ["1 ZW302 warning"],
      says: "the policy in force is contig-zones"
    ),
    Case(
      line: "memory_hotplug.auto_movable_ratio=301 memory_hotplug.online_policy=auto-movable",
      found: []
    ),
    Case(
      line: "sysctl.vm.lowmem_reserve_ratio=0",
      found: ["1 ZW116 warning"],
      says: "nothing keeps user pages out of the kernel zones"
    ),
    Case(line: "sysctl.vm.min_free_kbytes=65536", found: []),
  ]

  @Test("Words that a kernel makes nothing of, or something else than was meant", arguments: lines)
  func words(_ test: Case) async throws {
    let found = try await Self.found(test.line + "\n", "boot/cmdline")
    #expect(
      found.map { "\($0.location.column) \($0.finding.code) \($0.finding.severity)" } == test.found
    )
    #expect(test.says.isEmpty || found.contains { $0.finding.message.contains(test.says) })
  }

  @Test(
    "A size that pages have on one architecture only is none on another",
    arguments: [
      ("x86_64", "hugepagesz=64K hugepages=2", 2), ("arm64", "hugepagesz=64K hugepages=2", 0),
      ("s390x", "hugepagesz=2G hugepages=2", 0), ("s390x", "hugepagesz=1G hugepages=2", 2),
    ]
  )
  func sizes(arch: String, line: String, count: Int) async throws {
    let fixture = try CheckFixture(["boot/cmdline": line])
    try fixture.write("schema: 1\narch: \(arch)\n", to: ".zonewise.yaml")
    #expect(try await fixture.check(["boot/cmdline"]).findings.count == count)
  }

  @Test(
    "A class and a file say the same of the same words, with the same severity",
    arguments: [
      "memhp_default_state=online-movable", "memory_hotplug.online_policy=automovable",
      "kernelcore=8G quiet kernelcore=4G", "hugepagesz=1G hugepagesz=2M hugepages=32",
      "hugepagesz=64K hugepages=32", "kernelcore=1.5G", "movablecore=12", "kernelcore",
      "memory_hotplug.auto_movable_ratio=301 memory_hotplug.online_policy=contig-zones",
    ]
  )
  func same(line: String) async throws {
    let fixture = try CheckFixture([
      "boot/cmdline": line + "\n",
      "fleet.yaml": ClassJudgeTests.spec(
        "  - name: a\n    nodes: [{memory: 64GiB}]\n    cmdline: \"\(line)\""
      ),
    ])
    try fixture.write("schema: 1\narch: x86_64\nkernel: \"6.12\"\n", to: ".zonewise.yaml")
    let answer = try await fixture.check()
    let (ofClass, ofFile) = (
      answer.subjects.filter { $0.kind == .machineClass }.flatMap(\.findings),
      answer.subjects.filter { $0.kind == .commandLine }.flatMap(\.findings)
    )
    #expect(!ofFile.isEmpty)
    for found in ofFile {
      let other = ofClass.first { $0.finding.risk == found.finding.risk }
      #expect(other?.finding.severity == found.finding.severity, "\(found.finding.message)")
      #expect(other?.finding.message == found.finding.message)
    }
  }

  @Test(
    "Settings of a running kernel, wherever they are written",
    arguments: [
      (
        "etc/sysctl.d/9.conf", "vm.lowmem_reserve_ratio = 0 0 0 0 0\nvm.swappiness=1\n",
        ["1:27 ZW116"]
      ),
      ("etc/sysctl.conf", "vm.lowmem_reserve_ratio = 256 256 32 0 0\n", []),
      ("etc/sysctl.conf", "vm.min_free_kbytes=512\n", ["1:20 ZW116"]),
      ("etc/sysctl.conf", "# vm.min_free_kbytes=512\n", []),
      ("etc/sysctl.d/a.conf", "-vm.watermark_scale_factor = 2000\n", ["1:30 ZW116"]),
      ("etc/sysctl.d/a.conf", "vm.watermark_scale_factor = 9000\n", ["1:29 ZW116"]),
      ("etc/sysctl.d/a.conf", "vm.watermark_scale_factor = 10\n", []),
      ("etc/sysctl.d/a.conf", "vm.movable_gigantic_pages = 1\n", ["1:29 ZW116"]),
      ("tuned/x/tuned.conf", "[sysctl]\nvm.min_free_kbytes=100\n", ["2:20 ZW116"]),
      (
        "tuned/y/tuned.conf",
        "[sysctl]\nvm.min_free_kbytes=100\n[bootloader]\ncmdline=kernelcore=1.5G\n",
        ["2:20 ZW116", "4:9 ZW301"]
      ),
      (
        "roles/vm.yml",
        "- ansible.posix.sysctl:\n    name: vm.lowmem_reserve_ratio\n    value: \"0 0 0\"\n",
        ["3:12 ZW116"]
      ),
      (
        "roles/ok.yml",
        "- sysctl: {name: vm.min_free_kbytes, value: \"{{ kib }}\"}\n", []
      ),
      ("setup.sh", "#!/bin/sh\nsysctl -w vm.lowmem_reserve_ratio=\"0 0 0\"\n", ["2:36 ZW116"]),
      ("ok.sh", "#!/bin/sh\nsysctl -w vm.min_free_kbytes=65536\n", []),
      (
        "udev/rules.d/40-memory.rules",
        "SUBSYSTEM==\"memory\", ACTION==\"add\", ATTR{state}==\"offline\", ATTR{state}=\"online_movable\"\n",
        ["1:74 ZW213"]
      ),
      (
        "udev/rules.d/41-memory.rules",
        "SUBSYSTEM==\"memory\", ACTION==\"add\", ATTR{state}=\"online\"\n", []
      ),
      (
        "user-data",
        "#cloud-config\nruncmd:\n  - echo online_movable > /sys/devices/system/memory/auto_online_blocks\n",
        ["3:10 ZW213"]
      ),
      (
        "user-data-2",
        "#cloud-config\nruncmd:\n  - echo online_movable > /sys/devices/system/memory/memory40/state\n",
        []
      ),
      (
        "user-data-3",
        "#cloud-config\nwrite_files:\n  - path: /etc/sysctl.d/9.conf\n    content: |\n      vm.min_free_kbytes = 9\n",
        ["5:28 ZW116"]
      ),
      (
        "usr/lib/tmpfiles.d/a.conf",
        "w /sys/module/memory_hotplug/parameters/auto_movable_ratio - - - - 3\n", ["1:68 ZW208"]
      ),
    ]
  )
  func settings(name: String, text: String, expected: [String]) async throws {
    let found = try await Self.found(text, name)
    #expect(
      found.map { "\($0.location.line):\($0.location.column) \($0.finding.code)" } == expected
    )
  }

  @Test(
    "Arguments that a generator puts in another order",
    arguments: [
      (
        "machine.yaml",
        "machine:\n  install:\n    extraKernelArgs:\n      - hugepagesz=1G\n      - hugepages=4\n"
          + "      - hugepagesz=2M\n      - hugepages=512\n",
        ["5:9 ZW306", "7:9 ZW306"]
      ),
      (
        "one.yaml",
        "machine:\n  install:\n    extraKernelArgs:\n      - hugepagesz=1G\n      - hugepages=4\n",
        []
      ),
      (
        "user.toml",
        "[settings.boot.kernel-parameters]\nhugepagesz = [\"1G\"]\nhugepages = [\"4\"]\n",
        ["3:1 ZW306"]
      ),
      ("user2.toml", "[settings.boot.kernel-parameters]\nkernelcore = [\"8G\"]\n", []),
      (
        "main.tf",
        "resource \"libvirt_domain\" \"a\" {\n  cmdline = [{\n    hugepagesz = \"1G\"\n    hugepages = \"4\"\n  }]\n}\n",
        ["4:5 ZW306"]
      ),
    ]
  )
  func reordered(name: String, text: String, expected: [String]) async throws {
    let found = try await Self.found(text, name).filter { $0.finding.code == "ZW306" }
    #expect(
      found.map { "\($0.location.line):\($0.location.column) \($0.finding.code)" } == expected
    )
  }
}
