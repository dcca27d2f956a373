internal import Advice
internal import Foundation
internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("OOM reports of kernels that were run out of memory on purpose")
struct OOMBootedTests {
  @Test("every cause was made on several kernels")
  func coverage() {
    #expect(OOMBooted.all.count >= 90)
    let causes = Set(OOMBooted.all.map(\.cause))
    #expect(
      causes == [
        .zoneImbalance, .movableOnlyBinding, .nodeBinding, .lowZone, .fragmentation, .cgroupLimit,
        .shortage, .noShortage,
      ]
    )
    for cause in causes {
      let kernels = Set(OOMBooted.all.filter { $0.cause == cause }.map(\.kernel))
      #expect(kernels.count >= 4, "\(cause)")
    }
  }

  /// The reports whose diagnosis has that; those that have none are in it, to fail.
  private static func reports(
    _ has: (OOMBooted, OOMDiagnosis) -> Bool
  ) -> [OOMBooted] {
    OOMBooted.all.filter { report in
      (try? OOMBooted.diagnose(report.text)).map { has(report, $0) } ?? true
    }
  }

  private static let withMemoryElsewhere = reports { $1.elsewhere.free > 0 }
  /// All kernel zones were asked for, of every node.
  private static let ofWholeMachine = reports { report, diagnosis in
    diagnosis.boundNodes.isEmpty && report.cause != .lowZone && report.cause != .cgroupLimit
  }
  private static let withShortfall = reports { $1.shortfall != nil }

  @Test("there are reports of each kind to compare numbers of")
  func compared() {
    #expect(Self.withMemoryElsewhere.count >= 40)
    #expect(Self.ofWholeMachine.count >= 40)
    #expect(Self.withShortfall.count >= 40)
  }

  @Test("the cause is the one that made it", arguments: OOMBooted.all)
  func cause(report: OOMBooted) throws {
    let diagnosis = try OOMBooted.diagnose(report.text)
    #expect(diagnosis.cause == report.cause)
    #expect(!diagnosis.answer.isEmpty)
    #expect(report.cause == .noShortage || !diagnosis.remedies.isEmpty)
  }

  // MARK: Numbers, read a second time in the simplest way

  /// `free:` and `free_cma:` of the zone lines, in bytes.
  private func freeByZone(_ report: OOMBooted) -> [(zone: String, free: UInt64, cma: UInt64)] {
    report.text.matches(of: /Node \d+ (\w+) free:(\d+)kB.*free_cma:(\d+)kB/).map {
      (String($0.1), (UInt64($0.2) ?? 0) << 10, (UInt64($0.3) ?? 0) << 10)
    }
  }

  private func freeInTotal(_ report: OOMBooted) throws -> UInt64 {
    let match = try #require(report.text.firstMatch(of: /\] {2}free:(\d+) free_pcp/))
    return (UInt64(match.1) ?? 0) * 4096
  }

  @Test("what was free elsewhere is the report's own number", arguments: withMemoryElsewhere)
  func elsewhere(report: OOMBooted) throws {
    let diagnosis = try OOMBooted.diagnose(report.text)
    let zones = freeByZone(report)
    let movable = zones.filter { $0.zone == "Movable" }.map(\.free).reduce(0, +)
    let expected: UInt64
    if report.scenario.hasSuffix("cma") {
      expected = zones.map(\.cma).reduce(0, +)
    } else if !diagnosis.elsewhereIsPrinted {
      expected = try freeInTotal(report) - zones.map(\.free).reduce(0, +)
    } else if report.cause == .lowZone {
      expected = zones.filter { $0.zone == "Normal" }.map(\.free).reduce(0, +)
    } else {
      expected = movable
    }
    #expect(diagnosis.elsewhere.free.count == expected)
  }

  @Test(
    "free Movable memory is what the guest itself saw, within 2 %",
    arguments: OOMBooted.all.filter {
      $0.cause == .zoneImbalance && ($0.movableFree.first ?? 0) > 0
    }
  )
  func measured(report: OOMBooted) throws {
    let diagnosis = try OOMBooted.diagnose(report.text)
    let before = try #require(report.movableFree.first)
    let share = Double(diagnosis.elsewhere.free.count) / Double(before << 10)
    #expect((0.98...1.02).contains(share), "\(diagnosis.elsewhere.free) of \(before) kB")
  }

  @Test("what was left is the report's own number", arguments: ofWholeMachine)
  func left(report: OOMBooted) throws {
    let diagnosis = try OOMBooted.diagnose(report.text)
    let isMovable = diagnosis.request == .movable
    let kernelZones = freeByZone(report).filter { $0.zone != "Movable" || isMovable }
    let left = kernelZones.map { isMovable ? $0.free : $0.free - $0.cma }.reduce(0, +)
    #expect(diagnosis.usable.free.count == left)
  }

  @Test("what was missing follows from the report's own numbers", arguments: withShortfall)
  func missing(report: OOMBooted) throws {
    let diagnosis = try OOMBooted.diagnose(report.text)
    let shortfall = try #require(diagnosis.shortfall)
    let order = UInt64(diagnosis.report.order ?? 0)
    let needed = diagnosis.usable.watermark.count + 4096 << order
    #expect(shortfall.count == needed - diagnosis.usable.free.count)
  }

  @Test("stuck user memory is named where it was made")
  func stuck() throws {
    for report in OOMBooted.all where report.cause == .zoneImbalance {
      let diagnosis = try OOMBooted.diagnose(report.text)
      let isNamed = diagnosis.evidence.contains { $0.hasPrefix("user memory in the kernel zones") }
      #expect(isNamed == (report.scenario == "stuck"), "\(report.file)")
    }
  }

  // MARK: Damage

  @Test(
    "a report that ends anywhere gives its cause or none, never another",
    arguments: OOMBooted.all
  )
  func truncated(report: OOMBooted) throws {
    let bytes = Array(report.text.utf8)
    // Every byte of one, and long steps through the others, which begin at another byte in each.
    let isFine = report.file == "7.x-pipes-two-nodes.log"
    let first = 60 + report.file.utf8.reduce(0) { $0 + Int($1) } % 199
    for end in stride(from: isFine ? 60 : first, to: bytes.count, by: isFine ? 1 : 199) {
      let part = String(decoding: bytes[..<end], as: UTF8.self)
      guard let diagnosis = try? OOMBooted.diagnose(part) else { continue }
      let isRight = diagnosis.cause == report.cause || diagnosis.cause == .unknown
      #expect(isRight, "byte \(end): \(diagnosis.cause)")
      if !isRight { return }
    }
  }

  @Test(
    "random garbage never traps, and a refusal names a line of the text",
    .seeded(3),
    arguments: OOMBooted.all.filter { $0.kernel.hasPrefix("6.12") }
  )
  func garbage(report: OOMBooted) {
    var random = SeededGenerator()
    let letters = Array("\n :,=0K(*-#_[]9\u{0}\u{7F}\u{FF}".utf8)
    for _ in 0..<10 {
      var bytes = Array(report.text.utf8)
      for _ in 0..<40 {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = letters.randomElement(using: &random) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(ParseError) {
        #expect(!(try OOMBooted.diagnose(text)).answer.isEmpty)
      } catch {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        #expect((1...lines).contains(error.place.line), "\(error)")
      }
    }
  }
}
