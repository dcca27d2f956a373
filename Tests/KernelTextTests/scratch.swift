internal import HostModel
internal import KernelText
internal import Testing
internal import Foundation

@Test func live() throws {
  let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/proc/zoneinfo")))
  let info = try ZoneInfoText.parse(data.span, file: "/proc/zoneinfo")
  for zone in info.zones { print(zone.node, zone.kind, zone.managed, zone.startPFN, zone.pagesets, zone.trailer.entries.count, zone.counters.entries.count, zone.protection) }
}
