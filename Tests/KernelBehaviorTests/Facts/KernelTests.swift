internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("What decides whether a kernel has a fact")
struct KernelTests {
  private func kernel(_ release: String, options: [String: KernelConfig.Value]) throws -> Kernel {
    Kernel(
      version: .known(try #require(KernelVersion(release: release))),
      architecture: .known(.x86_64),
      config: .known(KernelConfig(options: options, input: "/boot/config"))
    )
  }

  @Test("a config decides against the release, under any name of the option")
  func config() throws {
    let with = try kernel("5.10", options: ["MHP_MEMMAP_ON_MEMORY": .yes])
    #expect(with.has(.memmapOnMemory) == .known(true))
    #expect(with.byRelease.has(.memmapOnMemory) == .known(false))
    let without = try kernel("6.12", options: ["MHP_MEMMAP_ON_MEMORY": .no])
    #expect(without.has(.memmapOnMemory) == .known(false))
    #expect(without.byRelease.has(.memmapOnMemory) == .known(true))
    for name in ["BALLOON_COMPACTION", "BALLOON_MIGRATION"] {
      #expect(try kernel("6.12", options: [name: .yes]).has(.balloonPagesMigrate) == .known(true))
    }
    #expect(try kernel("6.12", options: [:]).has(.balloonPagesMigrate) == .known(false))
  }

  @Test("an option alone decides nothing where the config is not known")
  func noConfig() {
    let reason = UnknownReason.missing(input: "/boot/config")
    let kernel = Kernel(
      version: .known(KernelVersion(major: 6, minor: 12)),
      architecture: .known(.x86_64),
      config: .unknown(reason)
    )
    #expect(kernel.has(.memoryHotRemove) == .unknown(reason))
    #expect(kernel.hasOrAssumed(.memoryHotRemove))
  }

  @Test("an architecture decides before the config, and is asked for only where it matters")
  func architecture() throws {
    var kernel = try kernel("6.12", options: ["MIGRATION": .yes])
    #expect(kernel.has(.hugePagesMigrate) == .known(true))
    kernel.architecture = .known(.s390x)
    #expect(kernel.has(.hugePagesMigrate) == .known(false))
    let reason = UnknownReason.missing(input: "the architecture")
    kernel.architecture = .unknown(reason)
    #expect(kernel.has(.keepsBootMemory) == .unknown(reason))
    #expect(kernel.has(.pinsLeaveMovable) == .known(true))
  }

  @Test("what a running kernel shows is stronger than its release")
  func shown() {
    var snapshot = HostSnapshot(source: SourceDescription(kind: .directory, path: "/"))
    snapshot.kernel = .known(KernelVersion(major: 5, minor: 14))
    snapshot.architecture = .known(.x86_64)
    #expect(Kernel(snapshot).has(.autoMovablePolicy) == .known(false))
    #expect(Kernel(snapshot).has(.memoryHotRemove).value == nil)
    snapshot.onlining.policy = .known(.contigZones)
    snapshot.memoryBlocks = .known(
      MemoryBlockTable(
        blockSize: .mebibytes(128),
        blocks: [
          MemoryBlock(number: 0, state: .known(.online), validZones: .known([.normal]), nodes: [0])
        ]
      )
    )
    #expect(Kernel(snapshot).has(.autoMovablePolicy) == .known(true))
    #expect(Kernel(snapshot).has(.memoryHotRemove) == .known(true))
    #expect(Kernel(snapshot).has(.forcedMemmapOnMemory) == .known(false))
  }

  @Test("a fact may end with a release")
  func until() throws {
    let fact = KernelFact(
      "for-a-while",
      "It did.",
      since: KernelRelease(5, 14),
      until: KernelRelease(6, 1),
      source: KernelFact.Source("mm/memory.c", "nothing")
    )
    for (release, has) in [("5.13", false), ("5.14", true), ("6.0.19", true), ("6.1", false)] {
      let kernel = Kernel(version: .known(try #require(KernelVersion(release: release))))
      #expect(kernel.has(fact) == .known(has), "\(release)")
    }
  }

  @Test("measured values: the newest release that is not newer")
  func table() throws {
    let table = ReleaseTable(
      oldest: "a",
      later: [(KernelRelease(6, 12), "c"), (KernelRelease(6, 1), "b")]
    )
    #expect(table.values == ["a", "b", "c"])
    for (release, value) in [("4.4", "a"), ("6.0.9", "a"), ("6.1", "b"), ("6.12.3", "c")] {
      let kernel = Kernel(version: .known(try #require(KernelVersion(release: release))))
      #expect(table.value(for: kernel) == value, "\(release)")
    }
    #expect(table.value(for: .assumed) == "c")
  }
}
