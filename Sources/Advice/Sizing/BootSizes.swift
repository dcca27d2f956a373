internal import HostModel
internal import KernelBehavior

/// The sizes of ZONE_MOVABLE that boot arguments can give a host.
struct BootSizes {
  let inputs: BootLayoutInputs
  let blockSize: ByteCount?
  private let search: LayoutSearch
  /// The same machine under each of several kernels, where one argument must suit all of them.
  private let needs: ClassNeeds?

  /// - Throws: Why the zones of this host can't be predicted.
  init(_ facts: HostFacts, suiting needs: ClassNeeds? = nil) throws(BootLayoutRefusal) {
    self.needs = needs
    let inputs = try BootLayoutInputs(snapshot: facts.snapshot)
    if inputs.disagreement != nil { throw .disagrees }
    self.inputs = inputs
    blockSize = facts.snapshot.memoryBlocks.value?.blockSize
    search = LayoutSearch(
      map: inputs.map,
      kernel: inputs.kernel,
      block: blockSize?.pages(of: inputs.map.pageSize)
    )
  }

  private var pageSize: PageSize { inputs.map.pageSize }
  private var total: ByteCount { inputs.map.totalPages.bytes(of: pageSize) }

  /// The argument that makes most memory Movable.
  ///
  /// - Parameters:
  ///   - sizing: What the kernel zones must keep.
  ///   - wish: More than that is not made Movable.
  /// - Returns: The argument, with the layout that it gives.
  /// - Throws: The node for which no size is enough.
  func largest(
    _ sizing: Sizing,
    atMost wish: ByteCount? = nil
  ) throws(LayoutSearch.Impossible) -> LayoutSearch.Answer {
    var search = search
    let own = try search.largestMovable(
      keeping: bounds(sizing),
      atMost: wish?.pages(of: pageSize)
    )
    guard let needs else { return own }
    guard let change = try? needs.change(atMost: wish) else { throw .noSizeSuitsAll }
    var answer = search.answer(for: change.size)
    answer.holdsWithin = change.holdsWithin
    answer.memberDrift = change.drift
    return answer
  }

  /// What can be had around a wish that is not met.
  func nearest(_ wish: ByteCount, _ sizing: Sizing) -> [WishAnswer.Option] {
    var search = search
    let below = try? largest(sizing, atMost: wish)
    let above = try? search.smallestMovable(atLeast: wish.pagesRoundedUp(of: pageSize))
    return [below, above].compactMap { $0 }.map { option($0, sizing) }
  }

  func movable(_ answer: LayoutSearch.Answer) -> ByteCount {
    answer.layout.movablePages.bytes(of: pageSize)
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

  private func cost(_ layout: BootLayout, _ sizing: Sizing) -> WishAnswer.Cost? {
    for node in layout.nodes {
      let keeps = node.kernelPages.bytes(of: pageSize)
      let needs = sizing.kernelFloor[node.id] ?? .zero
      if keeps < needs { return .node(node.id, keeps: keeps, needs: needs) }
    }
    let keeps = layout.kernelPages.bytes(of: pageSize)
    let needs = hostFloor(sizing)
    return keeps < needs ? .host(keeps: keeps, needs: needs) : nil
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
