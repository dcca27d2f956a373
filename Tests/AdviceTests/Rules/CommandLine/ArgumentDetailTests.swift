internal import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import SourceText
internal import Testing

@Suite("What rules about the command line see")
struct ArgumentDetailTests {
  private static func line(
    _ text: String,
    kernel: KernelVersion? = nil,
    architecture: Architecture = .x86_64
  ) -> ArgumentContext {
    ArgumentContext(
      text,
      kernel: kernel,
      architecture: architecture,
      pageSize: nil,
      limits: Profile.Limits()
    )
  }

  struct Misreading: Sendable, CustomTestStringConvertible {
    var word: String
    var read: ZoneArgumentWord.Meaning
    var size: ByteCount?
    var cause: ArgumentMisread.Cause
    var severity: Finding.Severity

    var testDescription: String { word }
  }

  static let misreadings: [Misreading] = [
    Misreading(
      word: "kernelcore=1.5G",
      read: .pages(.zero),
      size: .zero,
      cause: .fraction,
      severity: .error
    ),
    Misreading(
      word: "kernelcore=010G",
      read: .pages(PageCount(2 << 20)),
      size: .gibibytes(8),
      cause: .octal(decimal: "010", value: 8),
      severity: .warning
    ),
    Misreading(
      word: "kernelcore=512",
      read: .pages(.zero),
      size: .zero,
      cause: .noSuffix,
      severity: .error
    ),
    Misreading(
      word: "kernelcore=2GB",
      read: .pages(PageCount(1 << 19)),
      size: .gibibytes(2),
      cause: .dropped("B"),
      severity: .note
    ),
    Misreading(
      word: "movablecore=1G@4G",
      read: .pages(PageCount(1 << 18)),
      size: .gibibytes(1),
      cause: .placeIgnored("@4G"),
      severity: .warning
    ),
    Misreading(
      word: "kernelcore=110%",
      read: .percent(110),
      size: nil,
      cause: .allMemory(percent: 110),
      severity: .warning
    ),
  ]

  @Test("a size, what is read of it, and why", arguments: misreadings)
  func misread(expected: Misreading) throws {
    let found = ArgumentMisread.findings(in: Self.line("quiet " + expected.word))
    let finding = try #require(found.first)
    #expect(finding.subject == .argument(expected.word))
    #expect(finding.place == .commandLine(byte: 6, column: 7))
    #expect(finding.severity == expected.severity)
    guard
      case .word(let word, let read, let size, _, let cause)? = finding.detail(
        of: ArgumentMisread.self
      )
    else {
      Issue.record("\(finding.detail)")
      return
    }
    #expect(word == expected.word && read == expected.read)
    #expect(size == expected.size && cause == expected.cause)
  }

  @Test("a word behind letters of several bytes has the column that an editor shows")
  func column() throws {
    let found = ArgumentMisread.findings(in: Self.line("größe=ß kernelcore=1.5G"))
    let finding = try #require(found.first)
    #expect(finding.place == .commandLine(byte: 11, column: 9))
    #expect(finding.location?.description == "/proc/cmdline:1:9")
  }

  @Test(
    "a word of which nothing is left, and why",
    arguments: [
      ("kernelcore=1G kernelcore=2G", ArgumentWithoutEffect.Cause.overridden(by: "kernelcore=2G")),
      ("movable_node kernelcore=1G", .ignoredByMovableNode),
      ("kernelcore=mirror movablecore=1G", .ignoredByMirror),
      ("movablecore", .noValue), ("kernelcore=0%", .zeroPercent),
      ("memhp_default_state=online-movable", .hotplug(.noSuchState)),
      ("memory_hotplug.online_policy=automovable", .hotplug(.noSuchPolicy)),
      ("hugepagesz=1G hugepages=2 hugepages=4", .hugePages(.countTwice(of: .gibibytes(1)))),
      ("hugepagesz=3M hugepagesz=2M hugepages=8", .hugePages(.noSuchSize)),
      ("hugepagesz=1G hugepages=8 hugetlb_cma=8G", .leftToArea),
    ]
  )
  func withoutEffect(line: String, cause: ArgumentWithoutEffect.Cause) throws {
    let found = ArgumentWithoutEffect.findings(in: Self.line(line))
    let causes = found.compactMap { finding -> ArgumentWithoutEffect.Cause? in
      guard case .word(_, let cause)? = finding.detail(of: ArgumentWithoutEffect.self) else {
        return nil
      }
      return cause
    }
    #expect(causes == [cause])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test("an argument that looks like a correction's key is left alone")
  func properNames() {
    #expect(UnknownSpelling.findings(in: Self.line("acpi=off movablecore=1G quiet")) == [])
  }

  @Test("a policy's ratio", arguments: [(3, "nearlyNothing"), (300, "justMisses"), (0, "nothing")])
  func ratio(percent: UInt64, kind: String) throws {
    let line = Self.line("memory_hotplug.auto_movable_ratio=\(percent)")
    let finding = try #require(AutoMovableRatio.findings(in: line).first)
    #expect(finding.detail.kind == kind)
    #expect(finding.amounts["ratio"] == .percent(percent))
  }

  @Test(
    "Gigantic pages of the command line and an area for them: by kernel, size and place",
    arguments: [
      ("hugepagesz=1G hugepages=8 hugetlb_cma=0:4G,1:4G", "6.12", 1),
      ("hugetlb_cma=4G default_hugepagesz=1G hugepages=8", "6.12", 1),
      // The area is for gigantic pages only.
      ("hugepagesz=2M hugepages=8 hugetlb_cma=8G", "6.12", 0),
      ("hugepagesz=1G hugepages=8 hugetlb_cma=0", "6.12", 0),
      ("hugepagesz=1G hugepages=0 hugetlb_cma=8G", "6.12", 0),
      // hugetlb_cma= came in 5.7, hugetlb_cma_only= in 6.15.
      ("hugepagesz=1G hugepages=8 hugetlb_cma=8G", "5.6", 0),
      ("hugepagesz=1G hugepages=8 hugetlb_cma=8G hugetlb_cma_only=1", "6.14", 1),
      ("hugepagesz=1G hugepages=8 hugetlb_cma=8G hugetlb_cma_only=1", "6.15", 0),
    ]
  )
  func area(text: String, release: String, count: Int) {
    let kernel = KernelVersion(release: release)
    let found = ArgumentWithoutEffect.findings(in: Self.line(text, kernel: kernel))
    #expect(found.count == count)
  }

  @Test("A size without a count is a note, and a warning where a count went astray; not in a part")
  func sizeWithoutCount() {
    func severities(_ text: String) -> [Finding.Severity] {
      ArgumentWithoutEffect.findings(in: Self.line(text)).map(\.severity)
    }
    #expect(severities("hugepagesz=1G hugepagesz=2M hugepages=64") == [.note])
    #expect(
      severities("hugepagesz=1G hugepagesz=2M hugepages=64 hugepages=2") == [.warning, .warning]
    )
    #expect(severities("default_hugepagesz=1G hugepagesz=1G") == [])
    var part = Self.line("hugepagesz=1G hugepagesz=2M hugepages=64")
    part.hasGaps = true
    #expect(ArgumentWithoutEffect.findings(in: part).isEmpty)
  }

  @Test(
    "What makes all added memory Movable where no machine is known",
    arguments: [
      ("memhp_default_state=online_movable", "memhp_default_state=online_movable"),
      ("movable_node quiet", "movable_node"), ("movable_node memhp_default_state=offline", nil),
      ("memhp_default_state=online memory_hotplug.online_policy=auto-movable movable_node", nil),
      ("memhp_default_state=online", nil),
    ] as [(String, String?)]
  )
  func unbounded(text: String, word: String?) {
    let line = Self.line(text)
    #expect(line.unboundedMovable.map { $0.name + ($0.value.map { "=" + $0 } ?? "") } == word)
    let found = RuleRegistry.argument.flatMap { $0.findings(in: line) }
      .filter { $0.code == "ZW213" }
    #expect(found.map(\.severity) == (word == nil ? [] : [.note]))
    var known = line
    known.givesMovable = true
    #expect(
      RuleRegistry.argument.flatMap { $0.findings(in: known) }.allSatisfy { $0.code != "ZW213" }
    )
  }
}
