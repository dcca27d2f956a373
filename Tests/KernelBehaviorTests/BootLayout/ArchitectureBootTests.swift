internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Machines of several architectures, each booted with one command line after the other: what is
/// predicted from any of these boots, be it a log or a host, is what the kernel made in the other ones.
@Suite("Booted architectures, from log and host")
struct ArchitectureBootTests {
  static let boots = LabBoot.all.filter { $0.root != nil }

  @Test(
    "every architecture is there, with ZONE_MOVABLE and without",
    arguments: ["arm64", "armhf", "i386", "loong64", "ppc64el", "riscv64", "s390x"]
  )
  func recorded(_ arch: String) throws {
    var asking = 0
    var plain = 0
    for boot in Self.boots {
      guard try boot.fact("arch") == arch, let line = try boot.fact("cmdline") else { continue }
      if line.contains("core=") { asking += 1 } else { plain += 1 }
    }
    #expect(asking >= 3)
    #expect(plain >= 1)
  }

  @Test("every command line that was booted, predicted from the host", arguments: boots)
  func fromHost(_ boot: LabBoot) throws {
    try expectAll(try Self.host(boot), of: boot)
  }

  @Test("every command line that was booted, predicted from the log", arguments: boots)
  func fromLog(_ boot: LabBoot) throws {
    let bytes = try boot.log()
    let log = try BootLogText.parse(bytes.span, file: boot.description)
    let inputs = try BootLayoutInputs(log: log)
    try expectAll(inputs, of: boot)
  }

  private static func host(_ boot: LabBoot) throws -> BootLayoutInputs {
    let root: String = try #require(boot.root)
    let host = try HostCollector.collect(from: try SourceFinder.source(root))
    return try BootLayoutInputs(snapshot: host)
  }

  /// Holds predictions against every boot of the same machine.
  private func expectAll(_ inputs: BootLayoutInputs, of boot: LabBoot) throws {
    #expect(inputs.agreesAboutItself != false)
    let shape = boot.shape
    for other in Self.boots where other.shape == shape {
      let line = try #require(try other.fact("cmdline"))
      let zones = try inputs.predict(inputs.arguments(line)).labZones
      let made = try other.zones()
      #expect(zones == made, "\(other)")
    }
  }
}
