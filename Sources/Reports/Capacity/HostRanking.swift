internal import Advice
internal import Capacity
internal import HostModel

/// Orders in which hosts are shown.
enum HostRanking {
  /// Worst first: verdict, then ratio, then headroom, then name.
  static func worst(_ left: HostRow, _ right: HostRow) -> Bool {
    if left.verdict != right.verdict { return left.verdict > right.verdict }
    if left.ratio != right.ratio { return left.ratio > right.ratio }
    let (a, b) = (left.headroomAtHorizon ?? .min, right.headroomAtHorizon ?? .min)
    return (a, left.name, left.source) < (b, right.name, right.source)
  }

  /// What is tight first comes first, and what nobody knows in front of what is not expected.
  static func tightFirst(_ left: HostRow, _ right: HostRow) -> Bool {
    let (a, b) = (left.tightOrder, right.tightOrder)
    return a == b ? worst(left, right) : a < b
  }

  /// What a what-if does, worst first: by how many steps the verdict falls, then the verdict that it
  /// falls to, then what is left.
  static func fall(_ left: HostRow, _ right: HostRow) -> Bool {
    guard let (a, b) = both(left.told, right.told) else { return worst(left, right) }
    let (one, other) = (left.verdict.fall(to: a.verdict), right.verdict.fall(to: b.verdict))
    if one != other { return one > other }
    if a.verdict != b.verdict { return a.verdict > b.verdict }
    let (rest, otherRest) = (
      a.headroomAtHorizon.value ?? .min, b.headroomAtHorizon.value ?? .min
    )
    return rest == otherRest ? worst(left, right) : rest < otherRest
  }

  /// The same from the other end: what gets better by most.
  static func rise(_ left: HostRow, _ right: HostRow) -> Bool { fall(right, left) }

  private static func both(
    _ left: WhatIfOutcome?,
    _ right: WhatIfOutcome?
  ) -> (WhatIfOutcome, WhatIfOutcome)? {
    guard let left, let right else { return nil }
    return (left, right)
  }
}

extension HostRow {
  /// What a what-if makes of it, where that can be told.
  var told: WhatIfOutcome? {
    guard case .told(let outcome) = outcome else { return nil }
    return outcome
  }
}
