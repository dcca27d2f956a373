internal import Foundation
internal import HostModel
internal import KernelText
internal import Testing

/// A release of the kernel and what its form of the file has and lacks.
struct ZoneInfoForm: Sendable, CustomTestStringConvertible {
  var release: String
  var zones = ["DMA", "DMA32", "Normal", "Normal", "Movable"]
  /// Zones that are printed without any page, over both nodes.
  var unpopulated = 0
  var hasManaged = true
  var hasCMA = false
  var hasBoost = false
  var hasPromo = false
  var nodeCounters = 0
  /// Counters of each populated zone.
  var counters: Int
  var trailer: [String]
  var pagesets = 2

  var testDescription: String { release }

  static let all: [ZoneInfoForm] = [
    ZoneInfoForm(
      release: "2.6.14",
      zones: ["DMA", "Normal", "Normal"],
      hasManaged: false,
      counters: 0,
      trailer: ["all_unreclaimable", "prev_priority", "temp_priority", "start_pfn"],
      pagesets: 4
    ),
    ZoneInfoForm(
      release: "2.6.28",
      hasManaged: false,
      counters: 23,
      trailer: ["all_unreclaimable", "prev_priority", "start_pfn", "inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "2.6.32",
      hasManaged: false,
      counters: 29,
      trailer: ["all_unreclaimable", "prev_priority", "start_pfn", "inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "3.10",
      counters: 34,
      trailer: ["all_unreclaimable", "start_pfn", "inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "4.4",
      counters: 39,
      trailer: ["all_unreclaimable", "start_pfn", "inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "4.8",
      counters: 21,
      trailer: ["node_unreclaimable", "start_pfn", "node_inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "4.9",
      nodeCounters: 26,
      counters: 21,
      trailer: ["node_unreclaimable", "start_pfn", "node_inactive_ratio"]
    ),
    ZoneInfoForm(
      release: "4.14",
      unpopulated: 5,
      nodeCounters: 27,
      counters: 19,
      trailer: ["node_unreclaimable", "start_pfn"]
    ),
    ZoneInfoForm(
      release: "5.10",
      unpopulated: 5,
      nodeCounters: 32,
      counters: 18,
      trailer: ["node_unreclaimable", "start_pfn"]
    ),
    ZoneInfoForm(
      release: "5.16",
      unpopulated: 5,
      hasCMA: true,
      hasBoost: true,
      nodeCounters: 34,
      counters: 17,
      trailer: ["node_unreclaimable", "start_pfn"]
    ),
    ZoneInfoForm(
      release: "6.12",
      unpopulated: 5,
      hasCMA: true,
      hasBoost: true,
      hasPromo: true,
      nodeCounters: 42,
      counters: 18,
      trailer: ["node_unreclaimable", "start_pfn"]
    ),
    ZoneInfoForm(
      release: "7.2",
      unpopulated: 5,
      hasCMA: true,
      hasBoost: true,
      hasPromo: true,
      nodeCounters: 43,
      counters: 18,
      trailer: ["node_unreclaimable", "start_pfn", "reserved_highatomic", "free_highatomic"]
    ),
  ]

  func bytes() throws -> [UInt8] { try TextFixture.bytes("zoneinfo/" + release) }

  func parsed() throws -> ZoneInfo { try Self.parse(try bytes()) }

  static func parse(_ text: some Sequence<UInt8>) throws(ParseError) -> ZoneInfo {
    let bytes = Array(text)
    return try ZoneInfoText.parse(bytes.span, file: "zoneinfo")
  }
}

@Suite("zoneinfo of every kernel since 2.6.14")
struct ZoneInfoTextTests {
  @Test("has its zones, sizes and last lines", arguments: ZoneInfoForm.all)
  func parts(form: ZoneInfoForm) throws {
    let info = try form.parsed()
    let populated = info.zones.filter(\.isPopulated)
    #expect(info.nodes.map(\.node) == [NodeID(0), NodeID(1)])
    #expect(populated.map(\.kind.name) == form.zones)
    #expect(info.zones.count - populated.count == form.unpopulated)
    for zone in populated {
      #expect(zone.trailer.entries.indices.map { zone.trailer.name(at: $0) } == form.trailer)
      #expect(zone.counterTable.entries.count == form.counters)
      #expect(zone.pages.has(ZoneSize.managed) == form.hasManaged)
      #expect(zone.managed == (form.hasManaged ? zone.managed : zone.present))
      #expect(zone.managed.value != nil)
      #expect((zone.cma.value != nil) == form.hasCMA)
      #expect((zone.pages["boost"] != nil) == form.hasBoost)
      #expect((zone.pages["promo"] != nil) == form.hasPromo)
      #expect(zone.protection.count == info.zones[0].protection.count)
      if form.counters > 0 {
        #expect(zone.gauge(.freePages).value == zone.free.value)
      }
    }
    for node in info.nodes { #expect(node.counterTable.entries.count == form.nodeCounters) }
  }

  @Test("has the sizes that the file shows, wherever its release prints them")
  func sizes() throws {
    for form in ZoneInfoForm.all {
      let zone = try #require(try form.parsed().node(NodeID(0))?.zone(.dma))
      #expect(zone.free == .known(3840))
      #expect(zone.minWatermark == .known(19))
      #expect(zone.lowWatermark == .known(23))
      #expect(zone.highWatermark == .known(28))
      #expect(zone.spanned == .known(4095))
      #expect(zone.present == .known(3998))
      #expect(zone.startPFN == .known(1))
      #expect(zone.frames.value?.end == 4096)
    }
  }

  @Test(
    "keeps the lists of each cpu; before 2.6.26 a hot and a cold one",
    arguments: ZoneInfoForm.all
  )
  func pagesets(form: ZoneInfoForm) throws {
    let zone = try #require(try form.parsed().node(NodeID(1))?.zone(.normal))
    #expect(zone.pagesets.count == form.pagesets)
    #expect(Set(zone.pagesets.map(\.cpu)) == [0, 1])
    #expect(zone.perCPUFree > 0)
    let hasThreshold = form.release != "2.6.14"
    #expect(zone.pagesets.allSatisfy { ($0.statThreshold != nil) == hasThreshold })
    let hasLimits = form.release == "6.12" || form.release == "7.2"
    #expect(zone.pagesets.allSatisfy { ($0.highMin != nil) == hasLimits })
    #expect(zone.pagesets.allSatisfy { ($0.highMax != nil) == hasLimits })
  }

  @Test("comes back from its own text, whole", arguments: ZoneInfoForm.all)
  func roundTrip(form: ZoneInfoForm) throws {
    let info = try form.parsed()
    let again = try ZoneInfoForm.parse(ZoneInfoText.render(info).utf8)
    #expect(again == info)
  }

  @Test("is printed as its kernel prints it, word for word", arguments: ["5.16", "6.12"])
  func render(release: String) throws {
    let bytes = try TextFixture.bytes("zoneinfo/" + release)
    let info = try ZoneInfoForm.parse(bytes)
    let rendered = ZoneInfoText.render(info)
    // Only the width of the pageset columns and of `pages` differs between releases.
    let words = { (text: String) in text.split { $0 == " " }.joined(separator: " ") }
    #expect(words(rendered) == words(String(decoding: bytes, as: UTF8.self)))
  }

  @Test("reads the same without its indentation, and with carriage returns")
  func indentation() throws {
    for form in ZoneInfoForm.all {
      let text = String(decoding: try form.bytes(), as: UTF8.self)
      let bare = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      for newline in ["\n", "\r\n", "   \n"] {
        let changed = bare.map { $0 + newline }.joined()
        #expect(try ZoneInfoForm.parse(changed.utf8) == form.parsed())
      }
    }
  }

  @Test("keeps a key that no release has, in the part where it stands")
  func unknownKeys() throws {
    let text = String(decoding: try TextFixture.bytes("zoneinfo/7.2"), as: UTF8.self)
      .replacing("\n        spanned", with: "\n        lately   7\n        spanned")
      .replacing("\n      nr_mlock ", with: "\n      nr_later 8\n      nr_mlock ")
      .replacing("\n  start_pfn:", with: "\n  node_later:  9\n  start_pfn:")
    let info = try ZoneInfoForm.parse(text.utf8)
    let zone = try #require(info.node(NodeID(0))?.zone(.normal))
    #expect(zone.pages["lately"] == 7)
    #expect(zone.counterTable["nr_later"] == 8)
    #expect(zone.trailer["node_later"] == 9)
    #expect(zone.startPFN == .known(1_048_576))
    #expect(try ZoneInfoForm.parse(ZoneInfoText.render(info).utf8) == info)
  }

  @Test("refuses counts below zero and counts that no zone can hold, and says why")
  func nonsense() throws {
    let text = String(decoding: try TextFixture.bytes("zoneinfo/6.12"), as: UTF8.self)
      .replacing("nr_mlock     0", with: "nr_mlock     18446744073709551615")
      .replacing("nr_zone_inactive_file 1500", with: "nr_zone_inactive_file 99999999")
    let info = try ZoneInfoForm.parse(text.utf8)
    let zone = try #require(info.node(NodeID(0))?.zone(.normal))
    guard case .rejected(_, "nr_mlock", let why)? = zone.gauge(.mlocked).reason else {
      Issue.record("nr_mlock is \(zone.gauge(.mlocked))")
      return
    }
    #expect(why.contains("below zero"))
    guard
      case .rejected(_, "nr_zone_inactive_file", let size)? = zone.gauge(.zoneInactiveFile)
        .reason
    else {
      Issue.record("nr_zone_inactive_file is \(zone.gauge(.zoneInactiveFile))")
      return
    }
    #expect(size.contains("262144"))
  }

  @Test("what a release does not print is unknown, not zero")
  func notReported() throws {
    let old = try #require(ZoneInfoForm.all[2].parsed().node(NodeID(0))?.zone(.normal))
    #expect(old.cma == .unknown(.notReported(input: "\(old.input)", field: "cma")))
    #expect(old.gauge(.zspages).value == nil)
  }
}
