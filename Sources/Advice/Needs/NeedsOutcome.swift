internal import HostModel
internal import KernelBehavior
internal import KernelText

/// Holds a plan of needs against the zones that will be there: those of the arguments that are
/// advised, or those that the host has.
struct NeedsOutcome {
  let plan: NeedsPlan
  let demand: Demand
  let sizing: Sizing
  let way: MovableWay
  let recommendation: Recommendation

  private var facts: HostFacts { plan.machine.facts }
  private var pageSize: PageSize { facts.pageSize }

  func answer() -> NeedsAnswer {
    guard plan.takesBoot else { return asItIs() }
    guard let predicted = recommendation.predicted else { return unpredicted() }
    let booted = Booted(predicted, facts: facts)
    let short = shortNodes(booted)
    var result = NeedsAnswer(all: plan.answers)
    for index in result.all.indices {
      settle(&result.all[index], booted, short)
    }
    result.left = left(result.all, booted)
    return result
  }

  // MARK: Without a reboot

  private func asItIs() -> NeedsAnswer {
    var result = NeedsAnswer(all: plan.answers)
    for index in result.all.indices {
      result.all[index].shares = result.all[index].taken
      result.all[index].isMet = result.all[index].way != .none
    }
    result.left = facts.nodes.filter { $0.total > .zero }.map { account in
      let taken = result.all.flatMap(\.taken).filter { $0.node == account.node && !$0.isInArea }
      let inKernel = taken.filter { $0.zone?.servesKernel == true }.map(\.bytes).total()
      let inMovable = taken.filter { $0.zone == .movable }.map(\.bytes).total()
      return NeedsAnswer.Left(
        node: account.node,
        kernel: (account.kernelFree.value ?? .zero).subtractingOrZero(inKernel),
        movable: (account.movableFree.value ?? .zero).subtractingOrZero(inMovable)
      )
    }
    return result
  }

  private func unpredicted() -> NeedsAnswer {
    let why: NeedAnswer.Limit =
      switch (way, sizing.reached) {
      case (.unknown(let refusal), _): .notPredicted(refusal)
      case (.onlining, _): .onlined
      case (.boot, .failure(.nothingLeft)?):
        .host(needs: sizing.neededKernel, of: sizing.present)
      case (.boot, .failure(let impossible)?): .noLayout(impossible)
      case (.boot, _): .noLayout(nil)
      }
    var result = NeedsAnswer(all: plan.answers)
    for index in result.all.indices {
      guard result.all[index].way == .boot else {
        result.all[index].shares = result.all[index].taken
        result.all[index].isMet = result.all[index].way != .none
        continue
      }
      result.all[index].limits.append(why)
    }
    return result
  }

  // MARK: After a reboot

  /// The machine as it will be booted.
  fileprivate struct Booted {
    let layout: BootLayout
    let reservations: BootReservations
    let pages: BootHugePages
    let inputs: BootLayoutInputs

    init(_ predicted: Prediction, facts: HostFacts) {
      layout = predicted.layout
      reservations = predicted.reservations
      inputs = predicted.inputs
      pages = BootHugePages(
        predicted.commandLine,
        on: predicted.inputs.map,
        layout: predicted.layout,
        kernel: predicted.inputs.kernel
      )
    }

    private var pageSize: PageSize { inputs.map.pageSize }

    /// Kernel memory of a node that neither areas nor pages of the command line take.
    func kernel(_ node: BootLayout.Node) -> ByteCount {
      let areas = node.zones.filter(\.kind.servesKernel)
        .map {
          reservations.cma(in: $0, of: node.id) + reservations.withheld(from: $0, of: node.id)
        }
        .total().bytes(of: pageSize)
      let pages = pages.pools.filter { $0.node == node.id }
        .map { $0.size * ($0.count - $0.inMovable) }.total()
      return node.kernelPages.bytes(of: pageSize).subtractingOrZero(areas + pages)
    }

    func movable(_ node: BootLayout.Node) -> ByteCount {
      let pages = pages.pools.filter { $0.node == node.id }.map { $0.size * $0.inMovable }.total()
      return node.movablePages.bytes(of: pageSize).subtractingOrZero(pages)
    }
  }

  /// Nodes on which the kernel would get less than it needs.
  private func shortNodes(_ booted: Booted) -> [NodeID: NeedAnswer.Limit] {
    var found: [NodeID: NeedAnswer.Limit] = [:]
    // What comes online later is in no boot layout: there the host as it is tells.
    if case .onlining = way { return found }
    for node in booted.layout.nodes {
      guard let account = facts.nodes.first(where: { $0.node == node.id }),
        account.cpuCount.value != 0
      else { continue }
      let left = booted.kernel(node)
      let needs = kernelNeeds(account)
      if left < needs { found[node.id] = .kernelNeeds(node.id, left: left, needs: needs) }
    }
    return found
  }

  /// What the kernel needs on a node; gigantic pages that the next boot takes elsewhere left out.
  private func kernelNeeds(_ account: NodeAccount) -> ByteCount {
    let all = (demand.neededByNode[account.node] ?? .zero) + account.kernelReserved
    let atBoot = plan.answers.contains { answer in
      guard case .hugePages(let size, _) = answer.need.kind, plan.machine.isGigantic(size) else {
        return false
      }
      return !answer.arguments.isEmpty
    }
    return atBoot ? all.subtractingOrZero(account.hugePagesInKernel.gigantic) : all
  }

  private func settle(
    _ answer: inout NeedAnswer,
    _ booted: Booted,
    _ short: [NodeID: NeedAnswer.Limit]
  ) {
    let places = answer.need.node.map { [$0] } ?? booted.layout.nodes.map(\.id)
    switch (answer.way, answer.need.kind) {
    case (.none, _): return
    case (.there, _):
      answer.isMet = true
      return
    case (.boot, .hugePages(let size, let count)) where plan.machine.isGigantic(size):
      settle(&answer, size, count, places, booted)
    case (.boot, .hugePages(let size, let count)):
      // From the page allocator, once it is up: Movable first.
      answer.shares = spread(size * count, in: size, places, booted)
    case (.boot, .area(let size)): settleArea(&answer, size, booted)
    case (.boot, .pinned), (.runTime, _):
      answer.shares = answer.taken
      if answer.way == .boot {
        let there = answer.there
        let left = answer.need.bytes.subtractingOrZero(there)
        answer.shares = spread(left, in: pageSize.bytes, places, booted, kernelOnly: true)
      }
    }
    let had = answer.shares.map(\.bytes).total() + (answer.way == .boot ? .zero : answer.there)
    let isWhole = had + (isPinned(answer) ? answer.there : .zero) >= answer.need.bytes
    if !isWhole, answer.way == .boot { answer.limits.append(.atBoot(had)) }
    // What can be had as the host is comes first; the rest lacks what is left then.
    let blocked = answer.way == .boot ? places.compactMap { short[$0] } : []
    answer.limits += blocked
    answer.isMet = isWhole && blocked.isEmpty
    if answer.isMet, answer.way == .boot {
      answer.alternative = alternative(to: answer, booted)
      noteMovable(&answer)
    }
  }

  private func isPinned(_ answer: NeedAnswer) -> Bool {
    if case .pinned = answer.need.kind { return answer.way == .boot }
    return false
  }

  private func settle(
    _ answer: inout NeedAnswer,
    _ size: ByteCount,
    _ count: UInt64,
    _ places: [NodeID],
    _ booted: Booted
  ) {
    if answer.notes.contains(.areaInstead) {
      for reservation in booted.reservations.all where reservation.purpose == .hugePages {
        guard case .placed(let frames, let node) = reservation.outcome, places.contains(node) else {
          if case .placed = reservation.outcome { continue }
          answer.limits.append(.area(reservation.outcome))
          continue
        }
        answer.shares.append(
          NeedAnswer.Share(
            node: node,
            zone: booted.zone(of: frames, on: node),
            bytes: frames.pages.bytes(of: pageSize),
            isInArea: true
          )
        )
      }
      return
    }
    guard !answer.notes.contains(.noCountsByNode) else {
      let bytes = spread(size * count, in: size, places, booted, kernelOnly: true)
      answer.shares = bytes
      return
    }
    var left = count
    for pool in booted.pages.pools where pool.size == size && places.contains(pool.node) {
      let own = min(left, pool.count)
      left -= own
      let inMovable = min(own, pool.inMovable)
      for (zone, pages) in [(ZoneKind.movable, inMovable), (.normal, own - inMovable)]
      where pages > 0 {
        answer.shares.append(
          NeedAnswer.Share(node: pool.node, zone: zone, bytes: size * pages)
        )
      }
    }
  }

  private func settleArea(_ answer: inout NeedAnswer, _ size: ByteCount, _ booted: Booted) {
    for reservation in booted.reservations.all where reservation.purpose == .devices {
      guard case .placed(let frames, let node) = reservation.outcome else {
        answer.limits.append(.area(reservation.outcome))
        continue
      }
      guard answer.need.node == nil || answer.need.node == node else { continue }
      answer.shares.append(
        NeedAnswer.Share(
          node: node,
          zone: booted.zone(of: frames, on: node),
          bytes: frames.pages.bytes(of: pageSize),
          isInArea: true
        )
      )
    }
  }

  /// Memory in small pieces, as much of it as there is on nodes.
  private func spread(
    _ bytes: ByteCount,
    in unit: ByteCount,
    _ places: [NodeID],
    _ booted: Booted,
    kernelOnly: Bool = false
  ) -> [NeedAnswer.Share] {
    var left = bytes
    var shares: [NeedAnswer.Share] = []
    for node in booted.layout.nodes where places.contains(node.id) && left > .zero {
      let movable = kernelOnly ? .zero : booted.movable(node)
      var kernel = booted.kernel(node)
      // Of pins the kernel's need is held against what is left on the node.
      if !kernelOnly, let account = facts.nodes.first(where: { $0.node == node.id }) {
        kernel.take(upTo: kernelNeeds(account))
      }
      for (zone, most) in [(ZoneKind.movable, movable), (.normal, kernel)] {
        let part = left.take(upTo: most.roundedDown(to: unit))
        guard part > .zero else { continue }
        shares.append(NeedAnswer.Share(node: node.id, zone: zone, bytes: part))
      }
    }
    return shares
  }

  private func noteMovable(_ answer: inout NeedAnswer) {
    guard case .hugePages(let size, _) = answer.need.kind, plan.machine.isGigantic(size),
      answer.shares.contains(where: { $0.zone == .movable || $0.isInArea })
    else { return }
    if facts.kernel.hasOrAssumed(.pinsLeaveMovable) { answer.notes.append(.notForPins) }
  }

  /// An area in place of gigantic pages at boot, with a size of the zones that leaves it whole.
  private func alternative(to answer: NeedAnswer, _ booted: Booted) -> [String] {
    guard case .boot(let boot) = way,
      let word = NeedArguments(plan.machine).areaInstead(of: answer.need)
    else { return [] }
    let others = plan.answers.filter { $0.need != answer.need }.flatMap(\.arguments)
    let instead = boot.adding(others + [word], for: facts)
    var sizing = sizing
    sizing.reached = nil
    if instead.cost(booted.layout, sizing) == nil { return [word] }
    let most = booted.layout.movablePages.bytes(of: pageSize)
    guard let found = try? instead.largest(sizing, atMost: most).get() else { return [] }
    return [found.argument, word]
  }

  private func left(_ answers: [NeedAnswer], _ booted: Booted) -> [NeedsAnswer.Left] {
    booted.layout.nodes.map { node in
      var kernel = booted.kernel(node)
      var movable = booted.movable(node)
      for answer in answers {
        let isCounted = answer.way == .boot && !answer.arguments.isEmpty
        for share in answer.shares where share.node == node.id && !share.isInArea {
          // Gigantic pages and areas of the command line are taken off already.
          if isCounted, case .hugePages(let size, _) = answer.need.kind,
            plan.machine.isGigantic(size)
          {
            continue
          }
          if share.zone == .movable {
            movable.take(upTo: share.bytes)
          } else {
            kernel.take(upTo: share.bytes)
          }
        }
      }
      return NeedsAnswer.Left(node: node.id, kernel: kernel, movable: movable)
    }
  }
}

extension NeedsOutcome.Booted {
  /// The zone that frames lie in.
  func zone(of frames: FrameRange, on node: NodeID) -> ZoneKind? {
    layout.node(node)?.zones.first { $0.frames.overlaps(frames) }?.kind
  }
}
