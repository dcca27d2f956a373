package import Advice
package import HostModel

/// A host among the worst of a fleet.
package struct FleetHost: Hashable, Comparable, Sendable {
  package var source: String
  package var name: String
  package var verdict: Verdict
  package var kernel: ByteCount
  package var movable: ByteCount
  /// Nil where it is not known.
  package var headroom: ByteCount?
  package var maxSafeMovable: ByteCount?
  /// The arguments that are advised.
  package var arguments: String
  /// Warnings and errors.
  package var rules: [String]

  package init(_ row: HostRow) {
    source = row.source
    name = row.name
    verdict = row.verdict
    kernel = row.kernel
    movable = row.movable
    headroom = row.headroom
    maxSafeMovable = row.maxSafeMovable
    arguments = row.recommendation
    rules = row.rules
  }

  package init(source: String, name: String, verdict: Verdict) {
    self.source = source
    self.name = name
    self.verdict = verdict
    kernel = .zero
    movable = .zero
    arguments = ""
    rules = []
  }

  /// For the order: no memory at all has no ratio, and is the same as no Movable.
  private var ratio: MovableRatio {
    movable == .zero ? MovableRatio(movable: 0, kernel: 1) : MovableRatio(movable, to: kernel)
  }

  /// Worst first: verdict, ratio, headroom (unknown first), name and source; two hosts that are alike
  /// in all of these differ in what is left or are the same.
  package static func < (left: Self, right: Self) -> Bool {
    if left.verdict != right.verdict { return left.verdict > right.verdict }
    if left.ratio < right.ratio || right.ratio < left.ratio { return right.ratio < left.ratio }
    let (a, b) = (left.room, right.room)
    if a != b { return a < b }
    if left.name != right.name { return left.name < right.name }
    if left.source != right.source { return left.source < right.source }
    if left.kernel != right.kernel { return left.kernel < right.kernel }
    let (c, d) = (left.maxSafeMovable?.count ?? 0, right.maxSafeMovable?.count ?? 0)
    if c != d { return c < d }
    if left.arguments != right.arguments { return left.arguments < right.arguments }
    return left.rules.lexicographicallyPrecedes(right.rules)
  }

  /// One more than the headroom; zero where it is not known.
  private var room: UInt64 { headroom.map { $0.count.saturatingSum(1) } ?? 0 }
}
