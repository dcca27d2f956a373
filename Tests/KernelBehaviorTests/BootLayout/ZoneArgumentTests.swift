internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

@Suite("Arguments as the kernel reads them")
struct ZoneArgumentTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    var line: String
    var kernelcore = ZoneArguments.Size()
    var movablecore = ZoneArguments.Size()
    var mirror = false
    var movableNode = false
    var traps: [ZoneArgumentWord.Trap] = []

    var testDescription: String { line }

    init(
      _ line: String,
      kernelcore: (UInt64, UInt64) = (0, 0),
      movablecore: (UInt64, UInt64) = (0, 0),
      mirror: Bool = false,
      movableNode: Bool = false,
      _ traps: [ZoneArgumentWord.Trap] = []
    ) {
      self.line = line
      self.kernelcore = .init(pages: PageCount(kernelcore.0), percent: kernelcore.1)
      self.movablecore = .init(pages: PageCount(movablecore.0), percent: movablecore.1)
      self.mirror = mirror
      self.movableNode = movableNode
      self.traps = traps
    }
  }

  static let gibibyte: UInt64 = 1 << 18

  static let readings = [
    Reading("kernelcore=1G", kernelcore: (gibibyte, 0)),
    Reading("kernelcore=1g", kernelcore: (gibibyte, 0)),
    Reading("kernelcore=1GB", kernelcore: (gibibyte, 0), [.trailingJunk("B")]),
    Reading("kernelcore=1Gfoo", kernelcore: (gibibyte, 0), [.trailingJunk("foo")]),
    Reading("kernelcore=1.5G", [.fraction, .zeroPages]),
    Reading("kernelcore=010G", kernelcore: (8 * gibibyte, 0), [.octal(decimal: "010", value: 8)]),
    Reading("kernelcore=08G", [.octal(decimal: "08", value: 0), .zeroPages]),
    Reading("kernelcore=0x40000000", kernelcore: (gibibyte, 0)),
    Reading("kernelcore=0x1E", [.hexadecimalDigitNotSuffix, .parsedAsBytes(30), .zeroPages]),
    Reading("kernelcore=0xG", [.trailingJunk("xG"), .zeroPages]),
    Reading("kernelcore=512", [.parsedAsBytes(512), .zeroPages]),
    Reading("kernelcore=8192", kernelcore: (2, 0), [.parsedAsBytes(8192)]),
    Reading("kernelcore=536870912", kernelcore: (gibibyte / 2, 0)),
    Reading("kernelcore=-1G", [.trailingJunk("-1G"), .zeroPages]),
    Reading("kernelcore=G", [.trailingJunk("G"), .zeroPages]),
    Reading("kernelcore=", [.zeroPages]),
    Reading("kernelcore=abc", [.trailingJunk("abc"), .zeroPages]),
    Reading("kernelcore=50%", kernelcore: (0, 50)),
    Reading("kernelcore=0x32%", kernelcore: (0, 50)),
    Reading("kernelcore=50%junk", kernelcore: (0, 50), [.trailingJunk("junk")]),
    Reading("kernelcore=101%", kernelcore: (0, 101), [.percentAtLeast100(101)]),
    Reading("kernelcore=16E", [.wrapped, .zeroPages]),
    Reading("kernelcore=18446744073709551616", [.wrapped, .zeroPages]),
    Reading("kernelcore=17179869189G", kernelcore: (5 * gibibyte, 0), [.wrapped]),
    Reading("kernelcore=mirror,1G", mirror: true),
    Reading("kernelcore=1G,mirror", mirror: true),
    Reading("kernelcore=mirrored", [.trailingJunk("mirrored"), .zeroPages]),
    Reading("movablecore=mirror", [.trailingJunk("mirror"), .zeroPages]),
    Reading("movablecore", [.malformed]),
    Reading("kernelcore=1G@4G", kernelcore: (gibibyte, 0), [.placeIgnored("@4G")]),
    Reading("kernelcore=1T", kernelcore: (1024 * gibibyte, 0)),
    Reading("kernelcore=2GB@4G", kernelcore: (2 * gibibyte, 0), [.trailingJunk("B@4G")]),
    Reading(
      "kernelcore=1G kernelcore=0%",
      kernelcore: (gibibyte, 0),
      [.zeroPercent]
    ),
    Reading("kernelcore=0%", [.zeroPercent]),
    Reading(
      "kernelcore=1G kernelcore=2G",
      kernelcore: (2 * gibibyte, 0),
      [.overriddenByLater(1)]
    ),
    Reading(
      "kernelcore=25% kernelcore=2G",
      kernelcore: (2 * gibibyte, 0),
      [.overriddenByLater(1)]
    ),
    Reading(
      "kernelcore=2G kernelcore=25%",
      kernelcore: (2 * gibibyte, 25),
      [.overriddenByLater(1)]
    ),
    Reading(
      "kernelcore=2G movablecore=1G",
      kernelcore: (2 * gibibyte, 0),
      movablecore: (gibibyte, 0)
    ),
    Reading(
      "kernelcore=mirror kernelcore=1G",
      kernelcore: (gibibyte, 0),
      mirror: true,
      [.ignoredByMirror]
    ),
    Reading(
      "movable_node movablecore=1G",
      movablecore: (gibibyte, 0),
      movableNode: true,
      [.ignoredByMovableNode]
    ),
    Reading("movable-node=off", movableNode: true),
    Reading("movable_nodemask=1"),
    Reading("kernel_core=1G"),
    Reading("KERNELCORE=1G"),
    Reading("quiet -- kernelcore=1G"),
    Reading("\"kernelcore=1G\"", kernelcore: (gibibyte, 0)),
    Reading("kernelcore=\"1G\"", kernelcore: (gibibyte, 0)),
    Reading("a=\"b kernelcore=1G\" quiet"),
  ]

  @Test("sizes, flags and traps", arguments: readings)
  func reading(_ expected: Reading) {
    let arguments = ZoneArguments(commandLine: expected.line, pageSize: .kib4)
    #expect(arguments.kernelcore == expected.kernelcore)
    #expect(arguments.movablecore == expected.movablecore)
    #expect(arguments.mirror == expected.mirror)
    #expect(arguments.movableNode == expected.movableNode)
    #expect(!arguments.crashes)
    #expect(arguments.words.flatMap(\.traps) == expected.traps)
  }

  @Test("kernelcore without a value crashes kernels that know mirror, older ones ignore it")
  func crash() {
    #expect(ZoneArguments(commandLine: "kernelcore quiet", pageSize: .kib4).crashes)
    let old = Kernel(version: KernelVersion(major: 4, minor: 4), architecture: .x86_64)
    let arguments = ZoneArguments(commandLine: "kernelcore", pageSize: .kib4, kernel: old)
    #expect(!arguments.crashes)
    #expect(arguments.words.map(\.traps) == [[.malformed]])
  }

  @Test("before 4.17 percent are bytes")
  func percentOfOldKernels() {
    let old = Kernel(version: KernelVersion(major: 4, minor: 16), architecture: .x86_64)
    let arguments = ZoneArguments(commandLine: "kernelcore=50%", pageSize: .kib4, kernel: old)
    #expect(arguments.kernelcore.isZero)
    #expect(arguments.words[0].traps.contains(.percentNotSupported))
  }

  @Test("a 32-bit kernel keeps the low 32 bits of a count of pages")
  func narrowWord() {
    let arguments = ZoneArguments(
      commandLine: "kernelcore=16385G",
      pageSize: .kib4,
      is64Bit: false
    )
    #expect(arguments.kernelcore.pages == PageCount(Self.gibibyte))
    #expect(arguments.words[0].traps == [.wrapped])
  }

  @Test(
    "look-alikes are named",
    arguments: ["movable_nodemask=1", "kernel_core=1G", "moveablecore=1G"]
  )
  func lookalikes(_ word: String) {
    let arguments = ZoneArguments(commandLine: "quiet \(word)", pageSize: .kib4)
    #expect(arguments.lookalikes.map(\.text) == [word])
    #expect(arguments.words.isEmpty)
  }

  @Test("a stronger argument makes the kernel ignore a weaker one, and of two sizes one counts")
  func conflicts() {
    typealias Name = ZoneArgumentWord.Name
    #expect(Name.movableNode.conflict(with: .kernelcore) == .ignoresOther)
    #expect(Name.movablecore.conflict(with: .movableNode) == .isIgnored)
    #expect(Name.kernelcore.conflict(with: .movablecore) == .largerKernelShare)
    for name in Name.allCases { #expect(name.conflict(with: name) == nil) }
  }

  @Test("every word tells where it stands")
  func places() throws {
    let line = "quiet kernelcore=\"4G\" movable_node"
    let arguments = ZoneArguments(commandLine: line, pageSize: .kib4)
    let bytes = Array(line.utf8)
    let written = arguments.words.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(written == ["kernelcore=\"4G\"", "movable_node"])
  }
}
