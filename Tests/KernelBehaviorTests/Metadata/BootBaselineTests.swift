internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import TestSupport
internal import Testing

@Suite("What a kernel takes at boot")
struct BootBaselineTests {
  private struct Boot: CustomTestStringConvertible {
    var kernel: String
    var memory: ByteCount
    var present: PageCount
    var managed: PageCount
    var free: PageCount
    var testDescription: String { "\(kernel), \(memory.count >> 20) MiB" }
  }

  /// What Lab/growth.py measured.
  private static let boots: [Boot] = {
    let text = (try? Fixtures.text("Growth/baseline.tsv")) ?? ""
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t")
      let numbers = fields.dropFirst().compactMap { UInt64($0) }
      guard numbers.count == 4 else { return nil }
      return Boot(
        kernel: String(fields[0]),
        memory: ByteCount(numbers[0]),
        present: PageCount(numbers[1]),
        managed: PageCount(numbers[2]),
        free: PageCount(numbers[3])
      )
    }
  }()

  @Test("there are four kernels and three sizes")
  func measured() { #expect(Self.boots.count == 12) }

  @Test("the baseline is within 1 MiB of every measured boot", arguments: boots)
  private func baseline(boot: Boot) throws {
    let release = boot.kernel == "7.x" ? "7.2.0" : boot.kernel + ".0"
    let baseline = BootBaseline.of(Kernel(version: KernelVersion(release: release)))
    let present = boot.present.bytes(of: .kib4)
    let reserved = boot.present.subtractingOrZero(boot.managed).bytes(of: .kib4)
    let used = boot.managed.subtractingOrZero(boot.free).bytes(of: .kib4)
    func expectNear(_ estimate: ByteCount, _ seen: ByteCount) {
      #expect(estimate.distance(to: seen) <= .mebibytes(1), "\(estimate) for \(seen)")
    }
    expectNear(
      baseline.reserved(of: present, describedBy: PageDescriptor(.kib4, on: .x86_64)),
      reserved
    )
    expectNear(baseline.used(of: present), used)
  }

  @Test("an unknown kernel is taken for the newest, an older one for the oldest")
  func choice() {
    #expect(BootBaseline.of(.assumed).kernel == "7.2")
    #expect(BootBaseline.of(Kernel(version: KernelVersion(major: 4, minor: 19))).kernel == "5.10")
    #expect(BootBaseline.of(Kernel(version: KernelVersion(major: 6, minor: 6))).kernel == "6.1")
  }
}
