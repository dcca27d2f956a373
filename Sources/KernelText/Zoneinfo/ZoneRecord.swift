internal import HostModel

/// What a zone's record consists of, in plain numbers: what shows whether it is whole.
struct ZoneRecord {
  /// The node's place in the file, not its number.
  var node: Int
  /// The zone's place among those of its node.
  var zone: Int
  /// Line of the file on which the record begins.
  var line: Int
  /// Lines of each part.
  var pages: Int
  var counters: Int
  var trailer: Int
  /// Entries of `protection`.
  var protection: Int
  var spanned: UInt64?
  var present: UInt64?
  var isPopulated: Bool
  var hasStart: Bool
  /// The first of the sizes that every kernel prints and this record lacks.
  var missing: ZoneSize?

  private init(_ snapshot: ZoneSnapshot, node: Int, zone: Int) {
    self.node = node
    self.zone = zone
    line = snapshot.line
    pages = snapshot.pages.count
    counters = snapshot.counterTable.count
    trailer = snapshot.trailer.count
    protection = snapshot.protection.count
    spanned = snapshot.pages.number(ZoneSize.spanned)
    present = snapshot.pages.number(ZoneSize.present)
    isPopulated = snapshot.isPopulated
    hasStart = snapshot.trailer.has(ZoneSize.startPFN)
    missing = Self.everyKernels.first { !snapshot.pages.has($0) }
  }

  private static let everyKernels: [ZoneSize] = [.free, .min, .low, .high, .spanned, .present]

  /// The records in the order of the file.
  static func all(of info: ZoneInfo) -> [ZoneRecord] {
    var records: [ZoneRecord] = []
    records.reserveCapacity(info.nodes.reduce(0) { $0 + $1.zones.count })
    for (node, zones) in info.nodes.enumerated() {
      for (index, zone) in zones.zones.enumerated() {
        records.append(ZoneRecord(zone, node: node, zone: index))
      }
    }
    return records
  }
}
