internal import Advice
internal import Foundation
internal import HostModel
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Rules about the command line")
struct ArgumentRuleTests {
  /// What rules of the 3xx group say on a two-node machine that boots with that line.
  private func findings(_ line: String, root: String = "6.1-two-nodes-kernelcore") throws
    -> [Finding]
  {
    let fixture = RuleFixture("line", root: root, change: line) { root in
      root.set("/proc/cmdline", line)
    }
    return try fixture.assess().findings.filter { $0.code.hasPrefix("ZW3") && $0.code != "ZW305" }
  }

  @Test(
    "say what the kernel made of a size",
    arguments: [
      ("kernelcore=1.5G", ["ZW301"]), ("kernelcore=010G", ["ZW301"]), ("kernelcore=512", ["ZW301"]),
      ("kernelcore=0x1E", ["ZW301"]), ("kernelcore=2GB", ["ZW301"]),
      ("movablecore=1G@4G", ["ZW301"]), ("kernelcore=16E", ["ZW301"]),
      ("kernelcore=110%", ["ZW301"]), ("kernelcore", ["ZW303"]), ("movablecore", ["ZW302"]),
      ("kernelcore=0%", ["ZW302"]), ("kernelcore=1G kernelcore=2G", ["ZW302"]),
      ("movable_node kernelcore=1G", ["ZW302"]), ("kernelcore=mirror movablecore=1G", ["ZW302"]),
      ("kernel-core=1G", ["ZW304"]), ("movable_nodes", ["ZW304"]), ("movablecore=acpi", ["ZW304"]),
      ("kernelcore=1G", []), ("kernelcore=50%", []), ("movablecore=512M", []),
      ("console=ttyS0 quiet", []),
    ]
  )
  func sizes(line: String, codes: [String]) throws {
    let found = Set(try findings(line).map(\.code))
    #expect(found.isSuperset(of: codes), "\(line): \(found)")
    if codes.isEmpty { #expect(found.isEmpty, "\(line): \(found)") }
  }

  @Test(
    "foresee what stopped kernels at boot",
    arguments: ["6.1-trap-kernelcore-alone", "7.x-trap-kernelcore-alone"]
  )
  func crashes(name: String) throws {
    let log = try Fixtures.text("Crashes/\(name).log")
    #expect(log.contains("RIP: 0010:parse_option_str"))
    let line = try #require(log.split(separator: "\n").first { $0.contains("Command line: ") })
    let words = try #require(line.split(separator: "Command line: ").last)
    let found = try findings(String(words), root: name.prefix(3) + "-two-nodes-kernelcore")
    #expect(found.map(\.code) == ["ZW303"])
  }

  @Test("point at the word")
  func location() throws {
    let finding = try #require(try findings("quiet kernelcore=1.5G").first)
    #expect(finding.location == SourceLocation(file: "/proc/cmdline", line: 1, column: 7))
  }

  @Test(
    "know which kernel understands which hot-plug option",
    arguments: [
      ("5.10-two-nodes-kernelcore", "memory_hotplug.online_policy=auto-movable", true),
      ("5.10-two-nodes-kernelcore", "memory_hotplug.memmap_on_memory=1", true),
      ("5.10-two-nodes-kernelcore", "memhp_default_state=online_movable", false),
      ("6.1-hot-added-movable", "memory_hotplug.online_policy=movable", true),
      ("6.1-hot-added-movable", "memory_hotplug.memmap_on_memory=1", true),
      ("6.1-hot-added-movable", "memory_hotplug.auto_movable_ratio=301", true),
      ("6.1-hot-added-movable", "memhp_default_state=movable", true),
      ("7.x-hot-added-auto-movable", "memory_hotplug.auto_movable_ratio=301", false),
    ]
  )
  func hotplug(root: String, word: String, isDead: Bool) throws {
    let found = try findings(word, root: root).filter { $0.code == "ZW302" }
    #expect(found.isEmpty != isDead, "\(found.map(\.message))")
  }
}
