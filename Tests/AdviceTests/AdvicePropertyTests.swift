internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import SystemIO
internal import TestSupport
internal import Testing

/// What holds of advice whatever the host.
@Suite("Whatever the host")
struct AdvicePropertyTests {
  private static let hosts = [
    "5.10-generic-rdma.tar.gz", "6.1-cxl-auto-movable.tar.gz", "6.12-two-nodes-kernelcore",
    "6.12-node-without-kernel-memory",
  ]

  private func assess(
    _ source: any HostSource,
    needing needs: [MemoryNeed] = []
  ) throws -> Assessment {
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    let host = try HostCollector.collect(from: source)
    return try Advisor.assess(host, profile: profile, chosenBy: .default, needing: needs)
  }

  private func source(_ host: String) throws -> any HostSource {
    try SourceFinder.source(Fixtures.path("Roots/\(host)"))
  }

  @Test(
    "an input taken away makes no verdict better, and no finding goes without an unknown",
    .seeded(20),
    arguments: hosts
  )
  func lessIsNotBetter(_ host: String) throws {
    let whole = ChangedSource(try source(host))
    let before = try assess(whole)
    var random = SeededGenerator()
    let known = Set(before.unknown)
    let always = [
      "/proc/zoneinfo", "/proc/meminfo", "/proc/vmstat", "/proc/cmdline", "/proc/buddyinfo",
      "/sys/devices/system/memory", "/sys/devices/system/node",
    ]
    // A class of devices or a bus that is not there says that there is none of them.
    let others = whole.read.filter { input in
      !always.contains(input) && !["/sys/class/", "/sys/bus/"].contains { input.hasPrefix($0) }
    }.shuffled(using: &random).prefix(25)
    for input in always + others {
      let less = ChangedSource(try source(host), without: [input])
      let after: Assessment
      do {
        after = try assess(less)
      } catch {
        // Refused aloud.
        continue
      }
      #expect(
        after.current.verdict == .unknown || after.current.verdict >= before.current.verdict,
        "without \(input)"
      )
      let gone = Set(before.findings.map(\.code)).subtracting(after.findings.map(\.code))
      #expect(
        gone.isEmpty || !Set(after.unknown).subtracting(known).isEmpty,
        "without \(input): \(gone)"
      )
    }
  }

  @Test("what is needed more leaves no more for Movable", arguments: hosts)
  func demand(_ host: String) throws {
    let source = try source(host)
    for kind in ["pin=%MiB", "hugetlb:2MiB=%", "cma=%MiB"] {
      var last = ByteCount(.max)
      for amount in [0, 1, 2, 8, 64, 256, 1024] as [UInt64] {
        let word = kind.replacing("%", with: "\(amount)")
        let needs = amount == 0 ? [] : [try MemoryNeed(text: word)]
        let found = try assess(source, needing: needs)
        guard let sizing = found.sizing.value else { continue }
        // What can't be had is refused, and the rest judged without it.
        if found.needs?.isMet == false { break }
        #expect(sizing.maxSafeMovable <= last, "\(word)")
        last = sizing.maxSafeMovable
      }
    }
  }

  @Test(
    "slab that grows leaves no more for Movable; free pages more leave no less headroom",
    arguments: hosts
  )
  func counters(_ host: String) throws {
    let base = try source(host)
    var buffer: [UInt8] = []
    try base.read("/proc/zoneinfo", limit: 64 << 20, into: &buffer)
    let text = String(decoding: buffer, as: UTF8.self)
    var last: (movable: ByteCount, headroom: ByteCount)?
    // Pages that go from free to slab, of the zone with most.
    for pages in [0, 1, 16, 256, 1024, 4096] as [Int64] {
      let changed = try #require(Self.moved(pages, in: text))
      let found = try assess(ChangedSource(base, saying: ["/proc/zoneinfo": changed]))
      guard let movable = found.sizing.value?.maxSafeMovable,
        let headroom = found.current.headroom.value
      else { continue }
      if let last {
        #expect(movable <= last.movable, "\(pages) pages")
        #expect(headroom <= last.headroom, "\(pages) pages")
      }
      last = (movable, headroom)
    }
  }

  /// zoneinfo with pages of node 0's first large kernel zone taken from free and put to slab.
  private static func moved(_ pages: Int64, in text: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var zone = ""
    var moved = false
    for index in lines.indices {
      if lines[index].hasPrefix("Node 0, zone") {
        zone = lines[index].split(separator: " ").last.map(String.init) ?? ""
      }
      let words = lines[index].split(separator: " ")
      if !moved, ["Normal", "DMA32"].contains(zone), words.starts(with: ["pages", "free"]),
        let free = words.last.flatMap({ Int64($0) }), free > 8192
      {
        lines[index] = "  pages free     \(free - pages)"
        moved = true
      }
    }
    guard moved,
      let slab = lines.firstIndex(where: { $0.contains("nr_slab_unreclaimable") }),
      let number = lines[slab].split(separator: " ").last.flatMap({ Int64($0) })
    else { return nil }
    lines[slab] = "      nr_slab_unreclaimable \(number + pages)"
    return lines.joined(separator: "\n")
  }
}
