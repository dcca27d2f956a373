internal import Advice
internal import Capacity
internal import HostModel
internal import SourceText

/// A line for every host of a report, so that those beyond the worst are found in its page too.
///
/// What is held is some 90 bytes a host, and never more than a limit, whatever the fleet.
struct HostIndex: Sendable {
  private struct Place {
    var start: UInt32
    var name: UInt32
    var end: UInt32
  }

  private var text: [UInt8] = []
  private var places: [Place] = []
  /// Hosts that came when there was no room any more.
  private var left = 0
  private let limit: Int
  /// Whether months to tight are known of any.
  private let hasHistories: Bool

  /// Some 600,000 hosts.
  static let limit = 64 << 20
  /// A name that is longer is a stranger's joke.
  private static let longestCell = 300

  init(hasHistories: Bool, limit: Int = HostIndex.limit) {
    self.hasHistories = hasHistories
    self.limit = limit
  }

  mutating func add(_ row: HostRow) {
    guard text.count < limit else {
      left += 1
      return
    }
    let start = text.count
    for cell in cells(row) {
      append(cell)
      text.append(0x09)
    }
    let name = text.count
    append(row.name)
    if row.source != row.name {
      text.append(0x09)
      append(row.source)
    }
    places.append(
      Place(start: UInt32(start), name: UInt32(name), end: UInt32(text.count))
    )
  }

  /// What stands in front of the name.
  private func cells(_ row: HostRow) -> [String] {
    guard row.failure == nil else { return ["not judged", "", "", ""] }
    let months = row.verdict >= .tight ? "now" : row.outlook?.monthsText ?? "?"
    return [
      row.verdict.rawValue, row.hasZones ? CapacityText.text(row.ratio) : "?",
      row.headroomAtHorizon.map(CapacityText.signed) ?? "?",
      hasHistories ? months : row.needed?.text ?? "?",
    ]
  }

  private mutating func append(_ cell: String) {
    text +=
      (cell.utf8.count > Self.longestCell ? String(cell.prefix(100)) + "…" : cell)
      .printable.utf8
  }

  /// The list in the order of the names.
  var page: PageIndex {
    let text = text
    let places = places.sorted { left, right in
      text[Int(left.name)..<Int(left.end)].lexicographicallyPrecedes(
        text[Int(right.name)..<Int(right.end)]
      )
    }
    return PageIndex(
      columns: [
        "verdict", "ratio", "left at horizon", hasHistories ? "months to tight" : "needed", "host",
        "source",
      ],
      count: places.count,
      rest: left == 0 ? "" : "\(left) more hosts are in the CSV (--output csv=FILE) only.",
      size: text.count
    ) { number in
      let place = places[number]
      return String(decoding: text[Int(place.start)..<Int(place.end)], as: UTF8.self)
    }
  }
}
