package import Advice
package import Capacity
package import HostModel
package import Profiles

/// What moved on one host between two looks at it.
package struct HostDiff: Sendable {
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    case worse
    case same
    case better
  }

  /// A size before and after; nil where it was not known.
  package struct Figure: Hashable, Sendable {
    package var id: String
    package var title: String
    package var before: Int64?
    package var after: Int64?

    package var change: Int64? {
      guard let before, let after else { return nil }
      return after.subtractingReportingOverflow(before).partialValue
    }
    package var isChanged: Bool { before != after }
  }

  package struct Node: Sendable {
    package var node: NodeID
    /// Nil where the node was not there.
    package var verdictBefore: Verdict?
    package var verdictAfter: Verdict?
    package var figures: [Figure]
  }

  package struct Term: Sendable {
    package var id: TermID
    package var node: NodeID?
    package var now: Figure
    package var projected: Figure
  }

  /// Something that is no size, such as the kernel's release.
  package struct Fact: Hashable, Sendable {
    package var what: String
    package var before: String
    package var after: String
  }

  package var before: HostRow
  package var after: HostRow
  package var figures: [Figure]
  package var nodes: [Node]
  /// Largest change first.
  package var terms: [Term]
  package var facts: [Fact]
  package var newFindings: [FindingBrief]
  package var goneFindings: [FindingBrief]

  package init(_ before: HostRow, _ after: HostRow) {
    self.before = before
    self.after = after
    figures = Self.figures(before, after)
    nodes = Self.nodes(before.nodes, after.nodes)
    terms = Self.terms(before.terms, after.terms)
    facts = [
      Fact(what: "host", before: before.name, after: after.name),
      Fact(
        what: "kernel",
        before: before.kernelRelease ?? "unknown",
        after: after.kernelRelease ?? "unknown"
      ),
      Fact(
        what: "zone arguments",
        before: before.zoneArguments.isEmpty ? "none" : before.zoneArguments,
        after: after.zoneArguments.isEmpty ? "none" : after.zoneArguments
      ),
      Fact(what: "profile", before: before.profile, after: after.profile),
    ].filter { $0.before != $0.after }
    newFindings = after.findings.filter { !before.findings.contains($0) }
    goneFindings = before.findings.filter { !after.findings.contains($0) }
  }

  /// By the verdict, and where it stayed by errors and then warnings.
  package var direction: Direction {
    func rank(_ left: Int, _ right: Int) -> Direction? {
      left == right ? nil : left < right ? .worse : .better
    }
    if before.verdict != after.verdict { return before.verdict < after.verdict ? .worse : .better }
    return rank(before.count(.error), after.count(.error))
      ?? rank(before.count(.warning), after.count(.warning)) ?? .same
  }

  package var isChanged: Bool {
    before.verdict != after.verdict || !facts.isEmpty || !newFindings.isEmpty
      || !goneFindings.isEmpty || figures.contains(where: \.isChanged)
      || nodes.contains {
        $0.verdictBefore != $0.verdictAfter || $0.figures.contains(where: \.isChanged)
      }
      || terms.contains { $0.now.isChanged || $0.projected.isChanged }
  }

  // MARK: Parts

  private static func figure(
    _ id: String,
    _ title: String,
    _ before: ByteCount?,
    _ after: ByteCount?
  ) -> Figure {
    Figure(
      id: id,
      title: title,
      before: before.map { Int64(clamping: $0.count) },
      after: after.map { Int64(clamping: $0.count) }
    )
  }

  private static func figures(_ before: HostRow, _ after: HostRow) -> [Figure] {
    [
      figure("kernel", "kernel memory", before.kernel, after.kernel),
      figure("movable", "Movable", before.movable, after.movable),
      figure("kernel-headroom", "kernel headroom", before.headroom, after.headroom),
      Figure(
        id: "kernel-headroom-at-horizon",
        title: "left of it at the horizon",
        before: before.headroomAtHorizon,
        after: after.headroomAtHorizon
      ),
      figure("used-kernel", "kernel use", before.used, after.used),
      Figure(
        id: "unexplained",
        title: "unexplained",
        before: before.unexplained,
        after: after.unexplained
      ),
      figure("needed-kernel", "needed", before.needed, after.needed),
      figure(
        "max-safe-movable",
        "largest safe Movable",
        before.maxSafeMovable,
        after.maxSafeMovable
      ),
    ]
  }

  private static func nodes(_ before: [CurrentBalance.Node], _ after: [CurrentBalance.Node])
    -> [Node]
  {
    let ids = Set(before.map(\.node)).union(after.map(\.node)).sorted()
    return ids.map { id in
      let old = before.first { $0.node == id }
      let new = after.first { $0.node == id }
      return Node(
        node: id,
        verdictBefore: old?.verdict,
        verdictAfter: new?.verdict,
        figures: [
          figure("kernel", "kernel", old?.kernel, new?.kernel),
          figure("movable", "Movable", old?.movable, new?.movable),
          figure("free-kernel", "free kernel", old?.freeKernel.value, new?.freeKernel.value),
          figure("kernel-headroom", "headroom", old?.headroom.value, new?.headroom.value),
        ]
      )
    }
  }

  private struct Key: Hashable {
    var id: TermID
    var node: NodeID?
  }

  /// A term that is in one of the two only is zero in the other: an account names every term that
  /// holds anything.
  private static func terms(_ before: [DemandTerm], _ after: [DemandTerm]) -> [Term] {
    var keys: [Key] = []
    var old: [Key: DemandTerm] = [:]
    var new: [Key: DemandTerm] = [:]
    for term in before {
      let key = Key(id: term.id, node: term.node)
      if old.updateValue(term, forKey: key) == nil { keys.append(key) }
    }
    for term in after {
      let key = Key(id: term.id, node: term.node)
      if new.updateValue(term, forKey: key) == nil, old[key] == nil { keys.append(key) }
    }
    let terms = keys.map { key in
      Term(
        id: key.id,
        node: key.node,
        now: figure("now", "now", old[key]?.now ?? .zero, new[key]?.now ?? .zero),
        projected: figure(
          "projected",
          "at the horizon",
          old[key]?.projected ?? .zero,
          new[key]?.projected ?? .zero
        )
      )
    }
    // A stable order for equal changes: that of the accounts.
    return terms.enumerated().sorted { left, right in
      let (a, b) = (left.element.now.size, right.element.now.size)
      return a == b ? left.offset < right.offset : a > b
    }.map(\.element)
  }
}

extension HostDiff.Figure {
  fileprivate var size: UInt64 { change?.magnitude ?? .max }
}
