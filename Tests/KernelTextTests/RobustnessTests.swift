internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

/// A parser that only says whether it took the text.
private typealias Probe = @Sendable (Span<UInt8>) -> Bool

@Suite("Hostile texts")
struct RobustnessTests {
  private static func probe<Value>(
    _ parse: @escaping @Sendable (Span<UInt8>, String) throws(ParseError) -> Value
  ) -> Probe {
    { text in
      do throws(ParseError) {
        _ = try parse(text, "file")
        return true
      } catch {
        // A message is made too: building it must not trap either.
        return error.place.line < 1 || error.description.isEmpty
      }
    }
  }

  private static let probes: [Probe] = [
    probe(MeminfoText.parse), probe(VmstatText.parse), probe(NodeMeminfoText.parse),
    probe(NumastatText.parse), probe(BuddyInfoText.parse), probe(PageTypeInfoText.parse),
    probe(MemoryBlockText.state), probe(MemoryBlockText.validZones),
    probe(MemoryBlockText.blockSize), probe(MemoryBlockText.physicalIndex), probe(IDList.parse),
    probe(DistanceText.parse), probe(IOMemText.parse), probe(SwapsText.parse),
    probe(ModulesText.parse), probe(OSReleaseText.prettyName), probe(KernelConfigText.parse),
    probe(ProcessStatusText.parse), probe(SettingText.value), probe(SettingText.number),
    probe(VersionText.parse), probe(VersionText.release),
  ]

  static let files = [
    "meminfo", "vmstat", "node0/meminfo", "buddyinfo", "pagetypeinfo", "iomem", "config",
    "os-release", "process-status", "swaps", "node0/cpulist", "node0/distance",
  ]

  @Test("a text that ends anywhere is taken or refused, and never traps", arguments: files)
  func truncated(file: String) throws {
    let bytes = try TextFixture.bytes("host-6.18/" + file)
    for end in stride(from: 0, to: bytes.count, by: bytes.count > 2000 ? 7 : 1) {
      let part = Array(bytes[..<end])
      for probe in Self.probes { _ = probe(part.span) }
    }
  }

  @Test(
    "a text with bytes changed is taken or refused, and never traps",
    .seeded(5),
    arguments: files
  )
  func mutated(file: String) throws {
    let bytes = try TextFixture.bytes("host-6.18/" + file)
    var random = SeededGenerator()
    let odd = Array("\n\t -:,>[]\"\\=#90\u{0}\u{7F}".utf8) + [0x80, 0xA0, 0xFF]
    for _ in 0..<300 {
      var text = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let index = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[index] = odd.randomElement(using: &random) ?? 0
        case 1 where text.count > 1: text.remove(at: index)
        default: text.insert(contentsOf: "99999999999999999999".utf8, at: index)
        }
      }
      for probe in Self.probes { _ = probe(text.span) }
      _ = KernelCommandLineText.arguments(String(decoding: text, as: UTF8.self))
      _ = KernelCommandLineText.argumentsOfInit(String(decoding: text, as: UTF8.self))
    }
  }

  @Test("a cut meminfo or vmstat never shows a number that the whole one does not have")
  func noInventedNumbers() throws {
    let meminfo = try TextFixture.bytes("host-6.18/meminfo")
    let whole = try MeminfoText.parse(meminfo.span, file: "meminfo")
    for end in 0..<meminfo.count {
      let part = Array(meminfo[..<end])
      guard let table = try? MeminfoText.parse(part.span, file: "meminfo") else { continue }
      for index in table.entries.indices where table.entries[index].state == .number {
        #expect(table.entries[index].value == whole[table.name(at: index)])
      }
    }
    let vmstat = try TextFixture.bytes("host-6.18/vmstat")
    let all = try VmstatText.parse(vmstat.span, file: "vmstat")
    for end in stride(from: 0, to: vmstat.count, by: 3) {
      let part = Array(vmstat[..<end])
      guard let table = try? VmstatText.parse(part.span, file: "vmstat") else { continue }
      for index in table.entries.indices where table.entries[index].state == .number {
        #expect(table.entries[index].value == all[table.name(at: index)])
      }
    }
  }

  @Test("texts far larger than the kernel's are refused before they are read")
  func huge() {
    let text = [UInt8](repeating: UInt8(ascii: "1"), count: 17 << 20)
    #expect(Self.probes.allSatisfy { !$0(text.span) })
  }
}
