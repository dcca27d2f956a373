internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("The table of kernel facts")
struct KernelFactTests {
  @Test("names are slugs, each once")
  func names() {
    let names = KernelFact.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 26)
    for name in names {
      let letters = name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
      #expect(letters, "\(name)")
    }
  }

  @Test(
    "every fact says what, where it can be read, and what is assumed",
    arguments: KernelFact.all
  )
  func complete(fact: KernelFact) {
    #expect(fact.statement.hasSuffix("."), "\(fact.name)")
    #expect(!fact.source.file.isEmpty && !fact.source.function.isEmpty, "\(fact.name)")
    #expect(!fact.assumption.reason.isEmpty, "\(fact.name)")
    if let commit = fact.source.commit {
      #expect(commit.count == 12 && commit.allSatisfy(\.isHexDigit), "\(fact.name)")
    }
    let decides =
      fact.since != nil || fact.until != nil || fact.architectures != nil || !fact.options.isEmpty
    #expect(decides, "\(fact.name) is so on every kernel")
    if let since = fact.since, let until = fact.until { #expect(since < until, "\(fact.name)") }
  }

  @Test(
    "stable releases are older than the mainline release, one a series",
    arguments: KernelFact.all.filter { !$0.stable.isEmpty }
  )
  func stable(fact: KernelFact) throws {
    let since = try #require(fact.since)
    #expect(fact.stable.allSatisfy { $0.patch > 0 && $0 < since }, "\(fact.name)")
    #expect(Set(fact.stable.map(\.series)).count == fact.stable.count, "\(fact.name)")
  }

  /// The last release without and the first one with: from the kernel's history, not from the table.
  private static let boundaries: [(KernelFact, String, String)] = [
    (.sizeArguments, "2.6.22", "2.6.23"),
    (.percentages, "4.16.18", "4.17"),
    (.mirrorArgument, "4.5.7", "4.6"),
    (.mirrorNeedsMirroredMemory, "6.5.13", "6.6"),
    (.mirrorSparesFourGiB, "5.19.17", "6.0"),
    (.dropsStartsBehindNodeEnd, "5.17.1", "5.18"),
    (.largeSizeSuffixes, "3.15.10", "3.16"),
    (.hugeTLBAreaInsteadOfBootPages, "5.6.19", "5.7"),
    (.bootPagesOutOfHugeTLBArea, "6.14.11", "6.15"),
    (.hugePagesByNode, "5.15.100", "5.16"),
    (.deviceAreasByNode, "6.5.13", "6.6"),
    (.movableGiganticPages, "6.18.20", "7.0"),
    (.areasGrowUpwards, "5.11.22", "5.12"),
    (.areasArePageblocks, "5.18.19", "5.19"),
    (.failedAreasAreFreed, "5.11.22", "5.12"),
    (.giganticAreas, "5.6.19", "5.7"),
    (.giganticAreasByNode, "5.15.209", "5.16"),
    // 6.12 and 7.2 were read, none between.
    (.wholeGiganticAreas, "6.12.117", "7.2"),
    (.reservesGiganticAreasLate, "6.12.117", "7.2"),
    (.giganticAreaPercentages, "7.2.13", "7.3"),
    (.crashAreas, "6.16.12", "6.17"),
    (.deviceTreeMarksHotPluggable, "4.9.337", "4.10"),
    (.handoverAreas, "6.15.11", "6.16"),
    // 6.12 and 7.2 were read, none between; 6.1 and 6.12.
    (.limitsMemoryLoongArch, "6.12.117", "7.2"),
    (.limitsMemoryToLargePages, "6.1.176", "6.12"),
    (.keepsLargeMappings, "7.1.9", "7.2"),
    (.memoryHotplug, "2.6.12", "2.6.13"),
    (.defaultOnlineState, "4.7.10", "4.8"),
    (.zonedDefaultOnlineState, "5.6.19", "5.7"),
    (.autoMovablePolicy, "5.14.21", "5.15"),
    (.memmapOnMemory, "5.12.19", "5.13"),
    (.forcedMemmapOnMemory, "6.5.13", "6.6"),
    (.splitsMemmapByBlock, "6.7.12", "6.8"),
    (.daxMemmapOnMemory, "6.7.12", "6.8"),
    (.sharesDAXTails, "5.18.19", "5.19"),
    (.pinsLeaveMovable, "5.12.19", "5.13"),
    (.bootTimeHugePageOptimization, "5.13.19", "5.14"),
    (.vmwareSmallPagesMigrate, "5.3.18", "5.4"),
    (.vmallocCountsPages, "5.2.21", "5.3"),
    (.stacksAreVmalloc, "4.8.17", "4.9"),
    (.mirrorZonesOverlap, "4.5.7", "4.6"),
    (.movableNodeSparesKernelNodes, "3.13.11", "3.14"),
    (.archHoldsMemmapOnMemory, "5.12.19", "5.13"),
    (.firmwareBlocksMemmapOnMemory, "6.5.13", "6.6"),
    (.optimizationExcludesMemmapOnMemory, "5.13.19", "5.14"),
    (.virtioMemPlugsPageblocks, "5.16.20", "5.17"),
    (.configuresBlocksFirst, "7.1.9", "7.2"),
    (.daxDeviceStates, "7.2.13", "7.3"),
    (.smallSectionsARM64, "5.11.22", "5.12"),
    (.smallSectionsS390, "7.1.9", "7.2"),
    (.advisedBlockSize, "7.1.9", "7.2"),
    (.movableKeepsNoMinimum, "6.5.13", "6.6"),
    (.optimizationLeavesBootMemmap, "6.10.14", "6.11"),
    (.oneBlockIsEnough, "4.3.6", "4.4"),
    (.multiGenerationalLRU, "6.0.19", "6.1"), (.multiGenerationalLRUIsOn, "6.11.11", "6.12"),
  ]

  /// The last release that did it and the first that does it no more.
  private static let ends: [(KernelFact, String, String)] = [
    (.mirrorZonesOverlap, "7.2.13", "7.3"),
    (.optimizationExcludesMemmapOnMemory, "6.0.19", "6.1"),
  ]

  /// An architecture that does it.
  private static func place(_ fact: KernelFact) throws -> Architecture {
    guard let places = fact.architectures else { return .x86_64 }
    return try #require(Architecture.allCases.first { places.contains($0) })
  }

  private static func kernel(
    _ release: String,
    _ architecture: Architecture = .x86_64
  ) throws -> Kernel {
    let version: KernelVersion = try #require(KernelVersion(release: release))
    return Kernel(version: version, architecture: architecture)
  }

  @Test("a release before and the first with it", arguments: boundaries)
  func boundary(fact: KernelFact, before: String, with: String) throws {
    let place = try Self.place(fact)
    #expect(try Self.kernel(before, place).has(fact) == .known(false))
    #expect(try Self.kernel(before, place).lacks(fact))
    #expect(try Self.kernel(with, place).has(fact) == .known(true))
    #expect(try Self.kernel("7.3.4", place).has(fact) == .known(fact.until == nil))
  }

  @Test("the last release with it and the first without", arguments: ends)
  func end(fact: KernelFact, with: String, without: String) throws {
    #expect(try Self.kernel(with).has(fact) == .known(true))
    #expect(try Self.kernel(without).has(fact) == .known(false))
  }

  @Test("every fact that a release decides has its boundary here")
  func boundariesAreComplete() {
    let dated = Set(KernelFact.all.filter { $0.since != nil })
    #expect(Set(Self.boundaries.map(\.0)) == dated)
    #expect(Set(Self.ends.map(\.0)) == Set(KernelFact.all.filter { $0.until != nil }))
  }

  @Test(
    "stable series that took the change over",
    arguments: [
      ("5.10.109", false), ("5.10.110", true), ("4.9.310", false), ("4.9.311", true),
      ("5.17.2", true), ("5.11.22", false), ("4.4.302", false), ("5.4.0-rc3", false),
    ]
  )
  func stableSeries(release: String, has: Bool) throws {
    #expect(try Self.kernel(release).has(.dropsStartsBehindNodeEnd) == .known(has))
  }

  @Test(
    "a distribution's kernel that hides its stable release is unknown, and assumed to have it",
    arguments: ["5.10.0-46-amd64", "4.18.0-553.el8.x86_64", "5.13.0-52-generic"]
  )
  func hidden(release: String) throws {
    let kernel = try Self.kernel(release)
    #expect(kernel.has(.dropsStartsBehindNodeEnd).value == nil)
    #expect(!kernel.lacks(.dropsStartsBehindNodeEnd))
    #expect(kernel.hasOrAssumed(.dropsStartsBehindNodeEnd))
    #expect(
      kernel.assumptions(of: KernelFact.bootLayout) == [
        "\(release) doesn't tell the stable version it was built from: one of after spring 2022 is "
          + "assumed, which never lets ZONE_MOVABLE begin behind a node's end"
      ]
    )
    // Its mainline release decides the rest.
    #expect(kernel.has(.forcedMemmapOnMemory) == .known(false))
  }

  @Test("a hidden stable release of a series before the oldest that took it over has it not")
  func hiddenOld() throws {
    #expect(
      try Self.kernel("4.4.0-210-generic").has(.dropsStartsBehindNodeEnd) == .known(false)
    )
  }

  @Test(
    "architectures begin at releases of their own, or not at all",
    arguments: [
      (KernelFact.sizeArguments, "5.7", Architecture.arm32, false),
      (.sizeArguments, "5.8", .arm32, true),
      (.sizeArguments, "4.19", .arm64, true), (.stacksAreVmalloc, "4.13", .arm64, false),
      (.stacksAreVmalloc, "4.14", .arm64, true), (.stacksAreVmalloc, "5.10", .riscv64, false),
      (.stacksAreVmalloc, "6.1", .riscv64, true), (.stacksAreVmalloc, "6.12", .loongarch64, false),
      (.stacksAreVmalloc, "6.12", .x86_32, false), (.sharesDAXTails, "6.12", .arm64, false),
      (.keepsBootMemory, "6.12", .arm64, true), (.keepsBootMemory, "6.12", .x86_64, false),
      (.swapsCrashKernel, "6.12", .x86_64, false),
      (.archHoldsMemmapOnMemory, "6.12", .x86_32, false),
      (.archHoldsMemmapOnMemory, "6.7", .s390x, false),
      (.archHoldsMemmapOnMemory, "6.12", .s390x, true),
      (.archHoldsMemmapOnMemory, "6.12", .riscv64, true),
      (.archHoldsMemmapOnMemory, "6.1", .ppc64, false),
      (.firmwareBlocksMemmapOnMemory, "6.6", .s390x, false),
      (.firmwareBlocksMemmapOnMemory, "6.12", .s390x, true),
      (.sharesDAXTails, "6.12", .riscv64, true), (.sharesDAXTails, "6.1", .ppc64, false),
      (.movableNodeSparesKernelNodes, "6.1", .arm64, false),
      (.movableNodeSparesKernelNodes, "6.12", .arm64, true),
      (.movableNodeSparesKernelNodes, "6.12", .ppc64, false),
      (.movableNodeSparesKernelNodes, "6.12", .loongarch64, false),
      (.movableNodeSparesKernelNodes, "7.2", .loongarch64, true),
      (.deviceTreeMarksHotPluggable, "6.12", .ppc64, true),
      (.deviceTreeMarksHotPluggable, "6.12", .x86_64, false),
      (.reservesAtTop, "6.12", .ppc64, false), (.reservesAtTop, "6.12", .s390x, true),
      (.keepsLargeMappings, "7.2", .x86_64, false), (.numaNodes, "6.12", .arm32, false),
    ]
  )
  func architectures(
    fact: KernelFact,
    release: String,
    architecture: Architecture,
    has: Bool
  ) throws {
    #expect(try Self.kernel(release, architecture).has(fact) == .known(has))
  }

  @Test("where the version is not known every dated fact is unknown, with the reading's reason")
  func unknown() {
    let reason = UnknownReason.missing(input: "/proc/version")
    let kernel = Kernel(version: .unknown(reason), architecture: .known(.x86_64))
    for fact in KernelFact.all
    where fact.since != nil && fact.architectures?.contains(.x86_64) ?? true {
      #expect(kernel.has(fact) == .unknown(reason), "\(fact.name)")
      #expect(kernel.hasOrAssumed(fact) == fact.assumption.holds, "\(fact.name)")
      #expect(!kernel.lacks(fact), "\(fact.name)")
    }
    #expect(
      kernel.assumptions(of: KernelFact.bootLayout) == [
        "the kernel's version is not known: a current kernel is assumed"
      ]
    )
    #expect(
      kernel.assumptions(of: [.sharesDAXTails]) == [
        "the kernel's version is not known: \(KernelFact.sharesDAXTails.assumption.reason)"
      ]
    )
  }

  @Test(
    "a kernel newer than what was read is judged as the newest, and said",
    arguments: [("7.3.9", false), ("7.4.0-rc1", true), ("8.0", true), ("6.12.107", false)]
  )
  func unread(release: String, isNewer: Bool) throws {
    let kernel = try Self.kernel(release)
    #expect((kernel.unreadRelease != nil) == isNewer)
    #expect(kernel.unreadNotes.count == (isNewer ? 1 : 0))
    let newest = try Self.kernel("7.3")
    for fact in KernelFact.all where isNewer { #expect(kernel.has(fact) == newest.has(fact)) }
  }

  @Test("nothing is assumed of a kernel whose version is known")
  func noAssumptions() throws {
    #expect(
      try Self.kernel("6.12.107").assumptions(of: KernelFact.all.filter { $0.since != nil }) == []
    )
  }
}
