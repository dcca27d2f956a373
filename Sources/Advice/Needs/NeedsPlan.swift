internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// How needs are to be met: what can be had while the host runs, which boot arguments they take, and
/// what the kernel zones have to hold for them.
struct NeedsPlan {
  /// What the kernel zones of a node must hold of a term at least.
  struct Asked: Hashable {
    var term: TermID
    var node: NodeID
    var bytes: ByteCount
  }

  private(set) var answers: [NeedAnswer]
  private(set) var asked: [Asked] = []
  /// Boot arguments for all needs, in order, and the names of those that they stand in for.
  private(set) var arguments: [String] = []
  private(set) var remove: [String] = []

  let machine: NeedMachine
  private var room: NeedRoom

  /// - Parameters:
  ///   - needs: What is needed.
  ///   - facts: The host.
  ///   - demand: What its kernel zones must hold without them.
  ///   - kernels: Every kernel that the answer is to hold for.
  init(_ needs: [MemoryNeed], facts: HostFacts, demand: Demand?, kernels: [Kernel]) {
    machine = NeedMachine(facts, kernels: kernels)
    room = NeedRoom(facts, demand: demand, hasGiganticAreas: machine.hasGiganticAreas)
    answers = needs.map(NeedAnswer.init)
    for index in answers.indices { answer(index) }
    writeArguments()
  }

  /// Gigantic pages that are to be had while the host runs, out of its kernel zones.
  var gigantic: [GiganticPieces] {
    answers.compactMap { answer in
      guard case .hugePages(let size, let count) = answer.need.kind, machine.isGigantic(size),
        answer.way == .runTime || answer.notes.contains(.noCountsByNode)
      else { return nil }
      let elsewhere = answer.taken.filter { $0.isInArea || $0.zone?.servesKernel == false }
        .map(\.bytes).total()
      let left = count - min(count, elsewhere.count / max(1, size.count))
      guard left > 0 else { return nil }
      return GiganticPieces(size: size, count: left, node: answer.need.node)
    }
  }

  /// Whether what is needed changes with what will be booted.
  var takesBoot: Bool { answers.contains { $0.way == .boot } }

  private mutating func answer(_ index: Int) {
    let need = answers[index].need
    if let node = need.node, !machine.nodes.contains(node) {
      answers[index].limits = [.noSuchNode(node, among: machine.nodes)]
      return
    }
    switch need.kind {
    case .hugePages(let size, let count): answerHugePages(index, size, count)
    case .area: answerArea(index)
    case .pinned: answerPinned(index)
    }
  }

  // MARK: Huge pages

  private mutating func answerHugePages(_ index: Int, _ size: ByteCount, _ count: UInt64) {
    if let why = machine.obstacle(to: size) {
      answers[index].limits = [why]
      return
    }
    let need = answers[index].need
    let places = need.node.map { [$0] } ?? machine.nodes
    let there = min(count, machine.pages(of: size, on: need.node))
    answers[index].there = size * there
    let unknown = machine.facts.snapshot.hugePages.pools.reason
    let isGigantic = machine.isGigantic(size)
    let migrates = machine.facts.kernel.hasOrAssumed(.hugePagesMigrate)
    let inMovable = isGigantic ? machine.takesMovableGigantic : migrates
    let (roomBefore, askedBefore) = (room, asked)
    let shares = take(size, count - there, on: places, isGigantic, inMovable: inMovable)
    answers[index].now = shares
    // Smaller pages fill ZONE_MOVABLE first: from what is in kernel zones they can't move there.
    ask(for: shares, isGigantic ? .giganticPages : .unmovableHugePages)
    if isGigantic, shares.contains(where: { $0.zone != nil }) {
      answers[index].notes.append(.scattered)
    }
    let missing = answers[index].missingAtRunTime
    defer { if let unknown { answers[index].notes.append(.thereUnknown(unknown)) } }
    guard missing > .zero || leavesKernelZones(shares) else {
      answers[index].way = shares.isEmpty ? .there : .runTime
      return
    }
    answers[index].limits.append(
      .zones(isKernelOnly: !inMovable, have: answers[index].atRunTime)
    )
    if isGigantic, !inMovable, machine.has(.movableGiganticPages) {
      let (roomAsItIs, askedAsItIs) = (room, asked)
      // With the setting the kernel looks into ZONE_MOVABLE first.
      (room, asked) = (roomBefore, askedBefore)
      let all = take(size, count - there, on: places, true, inMovable: true)
      if all.map(\.bytes).total() == size * (count - there) {
        ask(for: all, .giganticPages)
        answers[index].withSetting = all
        answers[index].way = .runTime
        answers[index].settings = ["vm.movable_gigantic_pages=1"]
        answers[index].notes = [.gigantic]
        return
      }
      (room, asked) = (roomAsItIs, askedAsItIs)
    }
    guard missing > .zero else {
      answers[index].limits = []
      answers[index].way = .runTime
      return
    }
    // Nothing is taken from the host as it is.
    (room, asked) = (roomBefore, askedBefore)
    answers[index].notes = []
    answers[index].way = .boot
  }

  /// Whether pages had better come from ZONE_MOVABLE, where they can: pins can't.
  private func leavesKernelZones(_ shares: [NeedAnswer.Share]) -> Bool {
    guard machine.has(.movableGiganticPages), !machine.takesMovableGigantic,
      shares.contains(where: { $0.zone?.servesKernel == true })
    else { return false }
    return answers.contains { if case .pinned = $0.need.kind { true } else { false } }
  }

  private mutating func take(
    _ size: ByteCount,
    _ count: UInt64,
    on places: [NodeID],
    _ isGigantic: Bool,
    inMovable: Bool
  ) -> [NeedAnswer.Share] {
    var shares: [NeedAnswer.Share] = []
    var left = count
    // The kernel goes round its nodes; one that has no more leaves it to the others.
    var open = places
    while left > 0, !open.isEmpty {
      let part = max(1, left / UInt64(open.count))
      for node in open where left > 0 {
        let wanted = min(part, left)
        let found =
          isGigantic
          ? room.takeGigantic(size, wanted, on: node, inMovable: inMovable)
          : room.take(size * wanted, in: size, on: node, inMovable: inMovable)
        let had = found.map(\.bytes).total().count / size.count
        left -= min(left, had)
        shares.merge(found)
        if had < wanted { open.removeAll { $0 == node } }
      }
    }
    return shares
  }

  /// What kernel zones must hold of what is taken from them for good.
  private mutating func ask(
    for shares: [NeedAnswer.Share],
    _ term: TermID
  ) {
    for share in shares where share.zone?.servesKernel == true {
      ask(share.bytes, term, on: share.node)
    }
  }

  private mutating func ask(_ bytes: ByteCount, _ term: TermID, on node: NodeID) {
    if let index = asked.firstIndex(where: { $0.term == term && $0.node == node }) {
      asked[index].bytes += bytes
    } else {
      asked.append(Asked(term: term, node: node, bytes: bytes + machine.held(term, on: node)))
    }
  }

  // MARK: Areas

  private mutating func answerArea(_ index: Int) {
    let need = answers[index].need
    let there = machine.deviceAreas(on: need.node)
    guard there < need.bytes else {
      answers[index].there = need.bytes
      answers[index].way = .there
      return
    }
    guard machine.has(.areas), machine.has(.areasForDevices) else {
      answers[index].limits = [.noAreas]
      return
    }
    guard need.node == nil || machine.nodes.count == 1 || machine.has(.deviceAreasByNode) else {
      answers[index].limits = [.noAreaByNode]
      return
    }
    answers[index].limits = [.onlyAtBoot]
    answers[index].way = .boot
  }

  // MARK: Pins

  private mutating func answerPinned(_ index: Int) {
    let need = answers[index].need
    let places = need.node.map { [$0] } ?? machine.nodesWithCPUs
    let held: [NodeID: ByteCount]
    switch machine.pinned(on: places) {
    case .known(let pinned, _): held = pinned
    case .unknown(let reason):
      answers[index].notes.append(.thereUnknown(reason))
      held = [:]
    }
    let there = min(need.bytes, held.values.total())
    answers[index].there = there
    let stays = !machine.facts.kernel.hasOrAssumed(.pinsLeaveMovable)
    if stays { answers[index].notes.append(.pinsStay) }
    var left = need.bytes.subtractingOrZero(there)
    for node in places {
      let found = room.take(
        left,
        in: machine.facts.pageSize.bytes,
        on: node,
        inMovable: stays
      )
      left.take(upTo: found.map(\.bytes).total())
      answers[index].now += found
    }
    // Kernel zones are to hold all of it, wherever they end.
    if need.node != nil || places.count == 1 {
      ask(left + answers[index].atRunTime, .pinned, on: places[0])
    } else {
      let all = places.map(machine.size).total()
      for node in places {
        let part = need.bytes.subtractingOrZero(there)
          .scaled(by: machine.size(node).count, over: max(1, all.count))
        ask(part, .pinned, on: node)
      }
    }
    guard left > .zero else {
      answers[index].way = answers[index].now.isEmpty ? .there : .runTime
      return
    }
    answers[index].limits.append(.zones(isKernelOnly: !stays, have: answers[index].atRunTime))
    answers[index].way = .boot
  }

  // MARK: Arguments

  private mutating func writeArguments() {
    var words = NeedArguments(machine)
    for index in answers.indices where answers[index].way == .boot {
      let need = answers[index].need
      switch need.kind {
      case .hugePages(let size, let count):
        switch words.add(pages: count, of: size, on: need.node) {
        case .counts: break
        case .areas: answers[index].notes.append(.areaInstead)
        case .kernelZones(let node):
          // Pages are taken while the host runs, out of kernel zones that are made for them.
          answers[index].notes += [.noCountsByNode, .scattered]
          // One more, for zones that begin or end inside of one.
          ask(
            size * (count + 1 - answers[index].there.count / size.count),
            .giganticPages,
            on: node
          )
        }
      case .area(let size): words.add(area: size, on: need.node)
      case .pinned: break
      }
    }
    (arguments, remove) = (words.all, words.remove)
    for index in answers.indices where answers[index].way == .boot {
      answers[index].arguments = words.words(for: answers[index].need)
    }
  }
}

extension [NeedAnswer.Share] {
  /// Adds shares to those of the same zone.
  mutating func merge(_ others: [NeedAnswer.Share]) {
    for share in others {
      let index = firstIndex {
        $0.node == share.node && $0.zone == share.zone && $0.isInArea == share.isInArea
      }
      if let index { self[index].bytes += share.bytes } else { append(share) }
    }
  }
}
