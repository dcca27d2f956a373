internal import HostModel
internal import KernelBehavior

/// The sizes of ZONE_MOVABLE that boot arguments can give a host.
struct BootSizes {
  typealias Found = Result<LayoutSearch.Answer, LayoutSearch.Impossible>

  let inputs: BootLayoutInputs
  let blockSize: ByteCount?
  private(set) var areas: LayoutAreas
  private let search: LayoutSearch
  /// What user memory takes under a layout; nil where it can't be told.
  private let full: FullOutlook?
  /// The same machine under each of several kernels, where one argument must suit all of them.
  private let needs: ClassNeeds?

  /// - Parameters:
  ///   - facts: The host.
  ///   - needs: What all kernels of its class need.
  ///   - words: What will stand on its command line too.
  /// - Throws: Why the zones of this host can't be predicted.
  init(
    _ facts: HostFacts,
    suiting needs: ClassNeeds? = nil,
    adding words: [String] = []
  ) throws(BootLayoutRefusal) {
    self.needs = needs
    let inputs = try facts.bootInputs.get()
    if inputs.disagreement != nil { throw .disagrees }
    self.inputs = inputs
    blockSize = facts.snapshot.memoryBlocks.value?.blockSize
    areas = LayoutAreas(facts.snapshot, inputs: inputs, adding: words)
    full = FullOutlook(facts)
    search = LayoutSearch(
      map: inputs.map,
      kernel: inputs.kernel,
      block: blockSize?.pages(of: inputs.map.pageSize)
    )
  }

  /// The same with other words on the command line.
  func adding(_ words: [String], for facts: HostFacts) -> BootSizes {
    var result = self
    result.areas = LayoutAreas(facts.snapshot, inputs: inputs, adding: words)
    return result
  }

  private var pageSize: PageSize { inputs.map.pageSize }
  private var total: ByteCount { inputs.map.totalPages.bytes(of: pageSize) }

  /// The argument that makes most memory Movable, or the node for which no size is enough.
  ///
  /// - Parameters:
  ///   - sizing: What the kernel zones must keep.
  ///   - wish: More than that is not made Movable.
  /// - Returns: The argument, with the layout that it gives.
  func largest(_ sizing: Sizing, atMost wish: ByteCount? = nil) -> Found {
    // What was found without a wish has no more than that already.
    if let wish, let reached = sizing.reached {
      guard case .success(let answer) = reached else { return reached }
      if movable(answer) <= wish { return reached }
    }
    return largest(sizing, atMost: wish, alone: alone(sizing, atMost: wish))
  }

  /// The same, and whether more could be Movable if user memory left the kernel zones alone, and nothing
  /// had to be had in one piece.
  func reach(_ sizing: Sizing) -> (found: Found, isLimitedByLoad: Bool) {
    let alone = alone(sizing)
    let found = largest(sizing, atMost: nil, alone: alone)
    guard case .success(let most) = alone else { return (found, false) }
    guard case .success(let answer) = found else {
      return (found, lack(most.layout, sizing) > .zero)
    }
    return (found, answer.layout.movablePages < most.layout.movablePages)
  }

  private func largest(_ sizing: Sizing, atMost wish: ByteCount?, alone: Found) -> Found {
    do throws(LayoutSearch.Impossible) {
      let own = try largest(keeping: sizing, atMost: wish, first: alone.get())
      guard let needs else { return .success(own) }
      guard let change = try? needs.change(atMost: wish) else { return .failure(.noSizeSuitsAll) }
      var search = search
      var answer = search.answer(for: change.size)
      answer.holdsWithin = change.holdsWithin
      answer.memberDrift = change.drift
      return .success(answer)
    } catch {
      return .failure(error)
    }
  }

  /// The largest size wherever user memory lies.
  private func alone(_ sizing: Sizing, atMost wish: ByteCount? = nil) -> Found {
    var search = search
    do throws(LayoutSearch.Impossible) {
      return .success(
        try search.largestMovable(
          keeping: bounds(sizing),
          beside: areas,
          atMost: wish?.pages(of: pageSize)
        )
      )
    } catch {
      return .failure(error)
    }
  }

  /// The least kernel memory for all nodes together with which a full host still has what it needs.
  ///
  /// More of it may leave user memory less of ZONE_MOVABLE and so take more of itself: the bound is
  /// found by halving, and what is found is looked at again.
  private func largest(
    keeping sizing: Sizing,
    atMost wish: ByteCount?,
    first: LayoutSearch.Answer
  ) throws(LayoutSearch.Impossible) -> LayoutSearch.Answer {
    guard lack(first.layout, sizing) > .zero else { return first }
    var search = search
    var bounds = bounds(sizing)
    let most = wish?.pages(of: pageSize)
    var low = first.layout.kernelPages
    var high = inputs.map.totalPages
    var best: LayoutSearch.Answer?
    let enough = max(PageCount(1), ByteCount.mebibytes(2).pages(of: pageSize))
    while high > low + enough {
      bounds.host = PageCount((low.count + high.count) / 2)
      let found = try? search.largestMovable(keeping: bounds, beside: areas, atMost: most)
      guard let found, lack(found.layout, sizing) > .zero else {
        if let found { best = found }
        high = bounds.host
        continue
      }
      low = max(bounds.host, found.layout.kernelPages)
    }
    if let best { return best }
    throw .fullOfUserMemory(need: sizing.neededWhenFull.pagesRoundedUp(of: pageSize))
  }

  /// Watermarks and lowmem reserves of the kernel zones of a layout; nil where they can't be told.
  func reserve(_ answer: LayoutSearch.Answer) -> ByteCount? {
    full?.reserve(answer.layout, beside: areas.held(in: answer.layout))
  }

  /// What the kernel zones of a layout lack once user memory fills the host.
  private func lack(_ layout: BootLayout, _ sizing: Sizing) -> ByteCount {
    let pieces = sizing.gigantic.map { $0.lack(in: layout, pageSize: pageSize) }.total()
    guard let full else { return pieces }
    let held = areas.held(in: layout)
    let closed = full.closed(layout, beside: held, sizing.growth)
    let kernel = layout.kernelPages.subtractingOrZero(held.inKernelZones.values.total())
      .bytes(of: pageSize)
    return max(pieces, (sizing.neededWhenFull + closed).subtractingOrZero(kernel))
  }

  /// What can be had around a wish that is not met, below it what was `found`.
  func nearest(_ wish: ByteCount, _ found: Found, _ sizing: Sizing) -> [WishAnswer.Option] {
    var search = search
    let below = try? found.get()
    let above = try? search.smallestMovable(atLeast: wish.pagesRoundedUp(of: pageSize))
    return [below, above].compactMap { $0 }.map { option($0, sizing) }
  }

  func movable(_ answer: LayoutSearch.Answer) -> ByteCount {
    answer.layout.movablePages.bytes(of: pageSize)
  }

  /// CMA areas in the kernel zones of a layout.
  func cma(_ answer: LayoutSearch.Answer) -> ByteCount {
    areas.held(in: answer.layout).inKernelZones.values.total().bytes(of: pageSize)
  }

  private func option(_ answer: LayoutSearch.Answer, _ sizing: Sizing) -> WishAnswer.Option {
    let cost = cost(answer.layout, sizing)
    return WishAnswer.Option(
      argument: answer.argument,
      movable: movable(answer),
      kernel: answer.layout.kernelPages.bytes(of: pageSize),
      isSafe: cost == nil,
      cost: cost
    )
  }

  /// What keeps a layout from being safe; nil where nothing does.
  func cost(_ layout: BootLayout, _ sizing: Sizing) -> WishAnswer.Cost? {
    let held = areas.held(in: layout)
    var sum = ByteCount.zero
    for node in layout.nodes {
      let keeps = node.kernelPages.subtractingOrZero(held.inKernelZones[node.id] ?? .zero)
        .bytes(of: pageSize)
      sum += keeps
      let needs = sizing.kernelFloor[node.id] ?? .zero
      if keeps < needs { return .node(node.id, keeps: keeps, needs: needs) }
      if held.reach[node.id] != nil { return .areaGivenUp(node.id) }
    }
    let needs = hostFloor(sizing)
    if sum < needs { return .host(keeps: sum, needs: needs) }
    let pieces = sizing.gigantic.map { $0.lack(in: layout, pageSize: pageSize) }.total()
    if pieces > .zero { return .pieces(lacks: pieces) }
    let lack = lack(layout, sizing)
    return lack > .zero ? .userMemory(lacks: lack) : nil
  }

  private func bounds(_ sizing: Sizing) -> LayoutSearch.Bounds {
    LayoutSearch.Bounds(
      nodes: sizing.kernelFloor.mapValues { $0.pagesRoundedUp(of: pageSize) },
      host: hostFloor(sizing).pagesRoundedUp(of: pageSize)
    )
  }

  /// What boot memory must keep: what was added later and is kernel memory is kept beside it.
  private func hostFloor(_ sizing: Sizing) -> ByteCount {
    sizing.hostFloor.subtractingOrZero(sizing.present.subtractingOrZero(total))
  }
}
