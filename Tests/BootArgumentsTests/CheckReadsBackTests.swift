import BootArguments
import Testing

/// What `check` finds in the answers of all targets, each as the file that it becomes.
@Suite("check reads what cmdline writes")
struct CheckReadsBackTests {
  /// Where an answer goes that is a script.
  private func path(of target: BootTarget) -> String {
    TargetFixture.paths[target.name] ?? (target.kind == .commands ? "apply.sh" : "f")
  }

  @Test(
    "The memory arguments of every answer are read back, in their order",
    arguments: BootTargets.all.map { $0.name }.filter { !TargetFixture.running.contains($0) }
  )
  func snippets(name: String) throws {
    let target = try #require(BootTargets.named(name))
    let words = ["kernelcore=2G", "memory_hotplug.online_policy=auto-movable", "hugepages=4"]
    let request = try TargetFixture.request(words.joined(separator: " "))
    let sample = FileSample(path: path(of: target), bytes: Array(try target.snippet(request).utf8))
    let format = try #require(KernelArgumentFormats.format(of: sample))
    let found = try format.read(sample).flatMap { $0.arguments }.map { $0.argument.word }
    #expect(found == words, "\(format.name)")
  }

  @Test("Sysctls are read back in the words of a command line")
  func sysctls() throws {
    let target = try #require(BootTargets.named("sysctl"))
    let words = TargetFixture.words(for: target)
    let text = try target.snippet(try TargetFixture.request(words))
    #expect(text.contains("\nvm.lowmem_reserve_ratio = 256 256 8 0 0\nvm.min_free_kbytes = 4096\n"))
    let sample = FileSample(path: "etc/sysctl.d/60-zonewise.conf", bytes: Array(text.utf8))
    let format = try #require(KernelArgumentFormats.format(of: sample))
    let found = try format.read(sample).flatMap { $0.arguments }.map { $0.argument.word }
    #expect(found.joined(separator: " ") == words)
  }

  @Test("A setting's file is said in the words of the target that can write it")
  func settings() {
    let lru = "/sys/kernel/mm/lru_gen/enabled"
    #expect(BootTargets.named("sysfs")?.setting(lru, "y") == "lru_gen.enabled=y")
    #expect(BootTargets.named("sysctl")?.setting(lru, "y") == nil)
    #expect(BootTargets.named("grub")?.setting("/proc/sys/vm/swappiness", "1") == nil)
    #expect(
      BootTargets.named("sysctl")?.setting("/proc/sys/vm/lowmem_reserve_ratio", "256 8")
        == "sysctl.vm.lowmem_reserve_ratio=\"256 8\""
    )
  }
}
