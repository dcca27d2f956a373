package import Advice
internal import HostModel
internal import Profiles

/// What `zonewise watch` has seen so far, and what its user looks at: pure, so that a test can drive it.
package struct WatchHistory: Sendable {
  package enum Order: CaseIterable, Sendable {
    case size
    case change
    case name
  }

  /// What a key asks for.
  package enum Key: Sendable {
    case sort
    case up
    case down
    case open
    case back
    case hold
  }

  struct Look: Sendable {
    var time: Double
    var headroom: ByteCount?
    var whenFull: ByteCount?
    var terms: [TermPlace: ByteCount]
  }

  struct TermPlace: Hashable, Sendable {
    var id: TermID
    var node: NodeID?

    init(_ term: DemandTerm) { (id, node) = (term.id, term.node) }
  }

  /// How far back headroom is shown, in seconds.
  static let span: Double = 600
  /// Over how many seconds a change is measured.
  static let window: Double = 30

  private(set) var latest: Assessment?
  private(set) var looks: [Look] = []
  /// When each finding was first there; in the order in which they came.
  private(set) var findings: [(finding: Finding, since: Double)] = []
  private(set) var order = Order.size
  private(set) var selected: TermPlace?
  private(set) var isOpen = false
  package private(set) var isHeld = false
  /// Why the last look failed.
  package var failure: String?

  package init() {}

  package var hasLooks: Bool { latest != nil }

  /// Takes in a look; `time` never goes back.
  package mutating func add(_ assessment: Assessment, at time: Double) {
    failure = nil
    latest = assessment
    let terms = (assessment.demand.value?.terms ?? []).map { (TermPlace($0), $0.now) }
    looks.append(
      Look(
        time: time,
        headroom: assessment.current.headroom.value,
        whenFull: assessment.current.full.value?.least,
        terms: Dictionary(terms) { first, _ in first }
      )
    )
    looks.removeAll { $0.time < time - Self.span }
    let now = assessment.findings
    findings.removeAll { old in !now.contains { Self.isSame($0, old.finding) } }
    for finding in now {
      let place = findings.firstIndex { Self.isSame($0.finding, finding) }
      if let place { findings[place].finding = finding } else { findings.append((finding, time)) }
    }
    if selected == nil || !terms.contains(where: { $0.0 == selected }) {
      selected = sortedTerms.first.map { TermPlace($0) }
    }
  }

  package mutating func press(_ key: Key) {
    let terms = sortedTerms.map { TermPlace($0) }
    let place = terms.firstIndex { $0 == selected }
    switch key {
    case .sort:
      let all = Order.allCases
      order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
    case .up: if let place, place > 0 { selected = terms[place - 1] }
    case .down: if let place, place + 1 < terms.count { selected = terms[place + 1] }
    case .open: isOpen.toggle()
    case .back: isOpen = false
    case .hold: isHeld.toggle()
    }
  }

  /// Bytes a second that a term grew by lately; nil before there are two looks.
  func change(of term: DemandTerm) -> Double? {
    guard let last = looks.last, let now = last.terms[TermPlace(term)] else { return nil }
    let base = looks.first {
      $0.time >= last.time - Self.window && $0.terms[TermPlace(term)] != nil
    }
    guard let base, base.time < last.time, let old = base.terms[TermPlace(term)] else { return nil }
    return (Double(now.count) - Double(old.count)) / (last.time - base.time)
  }

  var sortedTerms: [DemandTerm] {
    let terms = latest?.demand.value?.terms ?? []
    func rank(_ term: DemandTerm) -> Double {
      switch order {
      case .size: Double(term.now.count)
      case .change: abs(change(of: term) ?? 0)
      case .name: 0
      }
    }
    // Of equals the order of the account stays.
    return terms.enumerated().sorted { left, right in
      if order == .name, left.element.id != right.element.id {
        return left.element.id.title < right.element.id.title
      }
      let (first, second) = (rank(left.element), rank(right.element))
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  private static func isSame(_ left: Finding, _ right: Finding) -> Bool {
    left.code == right.code && left.subject == right.subject
  }
}
