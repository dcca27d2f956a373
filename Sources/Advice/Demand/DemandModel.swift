internal import HostModel
internal import Profiles

/// Turns today's terms and a profile into what the kernel zones must hold at the horizon.
struct DemandModel {
  let facts: HostFacts
  let survey: TermMeasurement
  let profile: Profile
  /// What needs ask of kernel zones, whatever the profile expects.
  var asked: [NeedsPlan.Asked] = []

  /// The demand, or why it can't be told.
  func demand() -> Reading<Demand> {
    facts.nodes.total(\.use).and(facts.nodes.total(\.reserve)).map { use, reserve in
      var measured = survey.found.map(grown)
      let beyond = raise(&measured)
      let planned = plannedTerms()
      let explained = survey.found.map(\.now).total()
      let unexplained = Int64(clamping: use.count) - Int64(clamping: explained.count)
      var projected = ByteCount.zero
      var margin = ByteCount.zero
      var needed: [NodeID: ByteCount] = [:]
      let sums = DemandSums(measured, planned: planned, unexplained: unexplained, of: facts.nodes)
      for account in facts.nodes {
        let size = projection(of: account, sums)
        // What is asked for is a size, not an estimate: it takes no margin.
        let estimated = size.subtractingOrZero(beyond[account.node] ?? .zero)
        let spare = self.margin(of: estimated, on: account)
        projected += size
        margin += spare
        needed[account.node] = size + spare + (account.reserve.value ?? .zero)
      }
      let shown = (measured + planned).filter { $0.now > 0 || $0.projected > 0 }
      return Demand(
        terms: shown,
        now: use,
        unexplained: unexplained,
        projected: projected,
        reserve: reserve,
        margin: margin,
        neededByNode: needed,
        askedByNode: asked.reduce(into: [:]) { $0[$1.node, default: .zero] += $1.bytes }
      )
    }
  }

  // MARK: One term

  private func grown(_ found: TermMeasurement.Found) -> DemandTerm {
    let (projected, formula) = projection(of: found)
    return DemandTerm(
      id: found.id,
      node: found.node,
      now: found.now,
      projected: projected,
      source: found.source,
      formula: formula
    )
  }

  private func projection(of found: TermMeasurement.Found) -> (ByteCount, formula: String) {
    if found.id == .stuckUserPages {
      return (.zero, "0: user pages may live in ZONE_MOVABLE, where there is room for them")
    }
    guard let growth = profile.growth[found.id] else { return (found.now, "as now") }
    let scaled = found.now.scaled(by: growth.percent, over: 100)
    guard let share = growth.floorShare(of: found.id, pageSize: facts.pageSize) else {
      return (scaled, "now × \(growth.percent) %")
    }
    var floor = share.of(memory(of: found.node))
    var fraction = "\(share.numerator)/\(share.denominator) of memory"
    // Guests' memory that is HugeTLB and pinned is one pool: its pages are in the account already.
    let pool = found.id == .pinned ? survey.hugePagesInKernel(on: found.node) : .zero
    if pool > .zero {
      floor.take(upTo: pool)
      fraction += " less huge pages"
    }
    return scaled >= floor
      ? (scaled, "now × \(growth.percent) %, above \(fraction)")
      : (floor, "\(fraction), above now × \(growth.percent) %")
  }

  private func memory(of node: NodeID?) -> ByteCount {
    guard let node else { return facts.present }
    return facts.nodes.first { $0.node == node }?.total ?? .zero
  }

  /// Raises terms to what is asked of them; returns by how much, by node.
  private func raise(_ terms: inout [DemandTerm]) -> [NodeID: ByteCount] {
    var beyond: [NodeID: ByteCount] = [:]
    for ask in asked {
      let index = terms.firstIndex { $0.id == ask.term && $0.node == ask.node }
      let before = index.map { terms[$0].projected } ?? .zero
      guard before < ask.bytes else { continue }
      beyond[ask.node, default: .zero] += ask.bytes.subtractingOrZero(before)
      if let index {
        terms[index].projected = ask.bytes
        terms[index].formula = "what is asked for"
      } else {
        terms.append(
          DemandTerm(
            id: ask.term,
            node: ask.node,
            now: .zero,
            projected: ask.bytes,
            source: "needs",
            formula: "what is asked for"
          )
        )
      }
    }
    return beyond
  }

  // MARK: Demand that is announced

  private func plannedTerms() -> [DemandTerm] {
    let planned: [DemandTerm] = profile.planned.flatMap { plan in
      let source = "profile \(profile.name)"
      switch plan.basis {
      case .host:
        return [
          DemandTerm(
            id: .planned(plan.name),
            node: nil,
            now: .zero,
            projected: plan.size(of: facts.present),
            source: source,
            formula: plan.formula("the host")
          )
        ]
      case .node:
        return facts.nodes.filter { $0.total > 0 }.map {
          DemandTerm(
            id: .planned(plan.name),
            node: $0.node,
            now: .zero,
            projected: plan.size(of: $0.total),
            source: source,
            formula: plan.formula("each node")
          )
        }
      case .cpu:
        return [
          DemandTerm(
            id: .planned(plan.name),
            node: nil,
            now: .zero,
            projected: plan.size(of: facts.present) * facts.cpus,
            source: source,
            formula: plan.formula("each of \(facts.cpus) cpus")
          )
        ]
      }
    }
    return planned + samePageTerms()
  }

  /// KSM keeps a `struct ksm_rmap_item` for each page that it has scanned, in slab that stays (mm/ksm.c):
  /// what it will add where it gets through all user memory.
  private func samePageTerms() -> [DemandTerm] {
    let merging = facts.snapshot.samePages
    guard merging.isRunning.value == true else { return [] }
    let anonymous = facts.snapshot.meminfo.anonPages.value ?? .zero
    let all = max(anonymous, facts.nodes.map { $0.movableForUsers.value ?? .zero }.total())
    let left = all.pages(of: facts.pageSize).subtractingOrZero(merging.scanned.value ?? .zero)
    return [
      DemandTerm(
        id: .planned("ksm"),
        node: nil,
        now: .zero,
        projected: ByteCount(64) * left.count,
        source: "/sys/kernel/mm/ksm",
        formula: "64 B for each page that it has not scanned yet"
      )
    ]
  }

  // MARK: One node

  /// A node's own terms, and its part of what the kernel counts for the whole host: what its use
  /// holds beyond its own terms tells how much of that is here.
  private func projection(of account: NodeAccount, _ sums: DemandSums) -> ByteCount {
    let here = sums.rest(of: account)
    let part =
      sums.rests > 0
      ? sums.hostWide.scaled(by: here.count, over: sums.rests.count)
      : share(of: sums.hostWide, on: account)
    return (sums.projected[account.node] ?? .zero) + part + share(of: sums.spread, on: account)
  }

  /// A node's part of something, by its part of the memory.
  private func share(of size: ByteCount, on account: NodeAccount) -> ByteCount {
    size.scaled(by: account.total.count, over: Swift.max(1, facts.present.count))
  }

  private func margin(of projected: ByteCount, on account: NodeAccount) -> ByteCount {
    profile.margin.beside(
      projected,
      least: share(of: profile.margin.least(of: facts.present), on: account)
    )
  }
}

extension Profile.PlannedDemand {
  fileprivate func formula(_ place: String) -> String {
    switch amount {
    case .size: "once for \(place)"
    case .share(let share): "\(share.numerator)/\(share.denominator) of the memory of \(place)"
    }
  }
}
