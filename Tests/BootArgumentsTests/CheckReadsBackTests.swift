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
    arguments: BootTargets.all.map { $0.name }.filter { $0 != "sysfs" }
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
}
