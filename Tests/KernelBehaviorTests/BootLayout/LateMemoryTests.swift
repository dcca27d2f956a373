internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import TestSupport
internal import Testing

/// A machine to which memory was added while it ran is predicted as it booted.
@Suite("Memory that came after boot")
struct LateMemoryTests {
  /// Two nodes of 4 GiB, and a module of 1 GiB that was added to the first one: it lies above the
  /// second one's memory, and is kernel memory.
  private func inputs() throws -> (BootLayoutInputs, HostSnapshot) {
    let source = try SourceFinder.source(Fixtures.path("Roots/7.x-late-kernel-memory.tar.gz"))
    let host = try HostCollector.collect(from: source)
    return (try BootLayoutInputs(snapshot: host), host)
  }

  @Test("it is taken from the node that it was added to")
  func node() throws {
    let (inputs, host) = try inputs()
    let nodes = try #require(host.zoneinfo.value).nodes
    let now = nodes.map { $0.present.bytes(of: .kib4).count >> 20 }
    // 640 KiB of firmware's and others' below 1 MiB are in no zone.
    #expect(now == [5119, 4096])
    let booted = nodes.map { node in
      inputs.map.ranges.filter { $0.node == node.node }.map(\.pages).total().bytes(of: .kib4)
        .count >> 20
    }
    #expect(booted == [4095, 4096])
    #expect(inputs.assumptions.contains { $0.hasPrefix("1024 MiB of kernel memory were added") })
    #expect(!inputs.isExact)
  }

  @Test(
    "Movable memory that no argument asked for came later, which can't be told without the line"
  )
  func movable() throws {
    let source = try SourceFinder.source(Fixtures.path("Roots/7.x-hot-added-auto-movable"))
    var host = try HostCollector.collect(from: source)
    let known = try BootLayoutInputs(snapshot: host).assumptions
    #expect(known.contains { $0.contains("of Movable were added after boot") })
    #expect(!known.contains { $0.contains("command line is not known") })
    host.commandLine = .unknown(.missing(input: "/proc/cmdline"))
    let inputs = try BootLayoutInputs(snapshot: host)
    #expect(inputs.assumptions.contains { $0.contains("command line is not known") })
    #expect(!inputs.assumptions.contains { $0.contains("of Movable were added after boot") })
    #expect(!inputs.isExact)
  }

  @Test("a machine whose zones have just what /proc/iomem lists is known exactly")
  func exact() throws {
    let source = try SourceFinder.source(Fixtures.path("Roots/6.12-two-nodes-kernelcore"))
    let inputs = try BootLayoutInputs(snapshot: try HostCollector.collect(from: source))
    #expect(inputs.isExact)
    #expect(!inputs.assumptions.contains { $0.hasPrefix("/proc/iomem") })
  }

  @Test(
    "what is predicted is what the machine made that never had it",
    arguments: ["7.x-two-kernelcore-3G", "7.x-two-kernelcore-30-percent"]
  )
  func prediction(_ name: String) throws {
    let boot = try #require(LabBoot.all.first { $0.description == name })
    let (inputs, _) = try inputs()
    let line = try #require(try boot.fact("cmdline"))
    #expect(try inputs.predict(inputs.arguments(line)).labZones == boot.zones())
  }
}
