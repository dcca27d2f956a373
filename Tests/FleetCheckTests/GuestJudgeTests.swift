internal import Advice
internal import FleetCheck
internal import SourceText
internal import Testing

@Suite("Guests whose memory stands beside their arguments")
struct GuestJudgeTests {
  private static func firecracker(boot: Int, added: Int, _ arguments: String) -> String {
    """
    {"boot-source": {"boot_args": "console=ttyS0 \(arguments)"},
     "machine-config": {"vcpu_count": 1, "mem_size_mib": \(boot)},
     "memory-hotplug": {"total_size_mib": \(added)}}
    """
  }

  private func findings(_ text: String, _ name: String) async throws -> [String] {
    let fixture = try CheckFixture([name: text])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
    return answer.findings.map { found in
      "\(found.location.line):\(found.location.column) \(found.finding.code) "
        + found.finding.severity.rawValue
    }
  }

  @Test(
    "More Movable memory than the guest has descriptors for can't be added, and the ratio is told"
  )
  func tooMuch() async throws {
    let text = Self.firecracker(boot: 384, added: 49_152, "memhp_default_state=online_movable")
    let found = try await findings(text, "vm.json")
    #expect(found == ["3:39 ZW501 error", "2:54 ZW101 error", "1:46 ZW213 note"])
  }

  @Test("A ratio out of balance is an error where the memory can be added")
  func imbalanced() async throws {
    let text = """
      [hypervisor.qemu]
      kernel_params = "memhp_default_state=online_movable"
      default_memory = 3072
      default_maxmemory = 98304

      """
    #expect(try await findings(text, "kata.toml") == ["4:21 ZW502 error", "2:18 ZW213 note"])
  }

  @Test("A guest that grows within its means, or piece by piece, has nothing wrong")
  func sound() async throws {
    let policy = "memhp_default_state=online memory_hotplug.online_policy=auto-movable"
    #expect(
      try await findings(Self.firecracker(boot: 2048, added: 2048, policy), "a.json").isEmpty
    )
    #expect(
      try await findings(Self.firecracker(boot: 384, added: 49_152, "quiet"), "b.json").isEmpty
    )
  }

  @Test(
    "A guest can't take at once what its descriptors don't fit for, whoever onlines it",
    arguments: [
      ("kata.toml", "[hypervisor.qemu]\ndefault_memory = 256\ndefault_maxmemory = 65536\n"),
      ("a.yaml", "config:\n  limits.memory: 1GiB\n  limits.memory.hotplug: 127GiB\n"),
      ("q.sh", "#!/bin/sh\nqemu-system-x86_64 -m 512M,slots=2,maxmem=64G\n"),
    ]
  )
  func tooMuch(name: String, text: String) async throws {
    let found = try await findings(text, name)
    #expect(found.count == 1 && found[0].hasSuffix(" ZW501 error"))
  }

  @Test("A mistake is as grave where a program puts the line together when it runs")
  func putTogether() async throws {
    let whole = "line = \"root=/dev/vda movablecore=90%\"\n"
    let made = "line = \"root=\" + disk + \" movablecore=90%\"\n"
    #expect(try await findings(whole, "a.py") == ["1:23 ZW101 warning"])
    #expect(try await findings(made, "b.py") == ["1:27 ZW101 warning"])
  }
}
