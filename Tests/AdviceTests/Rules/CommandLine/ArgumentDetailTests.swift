internal import Advice
internal import HostModel
internal import KernelBehavior
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
}
