internal import Capacity

/// The first of many rows in some order: of a fleet no more than twice as many are ever held.
struct RankedRows: Sendable {
  private let limit: Int
  private let isBefore: @Sendable (HostRow, HostRow) -> Bool
  private var rows: [HostRow] = []

  init(limit: Int, _ isBefore: @escaping @Sendable (HostRow, HostRow) -> Bool) {
    self.limit = limit
    self.isBefore = isBefore
  }

  mutating func add(_ row: HostRow) {
    rows.append(row)
    // Sorting a doubled list once in a while keeps the first at the price of one sort a host.
    guard rows.count >= 2 * limit + 64 else { return }
    rows = first
  }

  /// In their order.
  var first: [HostRow] { Array(rows.sorted(by: isBefore).prefix(limit)) }
}
