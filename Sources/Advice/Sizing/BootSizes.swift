internal import HostModel
internal import KernelBehavior

/// The sizes of ZONE_MOVABLE that boot arguments can give a host.
struct BootSizes {
  typealias Found = Result<LayoutSearch.Answer, LayoutSearch.Impossible>

  let inputs: BootLayoutInputs
  let blockSize: ByteCount?
  private(set) var areas: LayoutAreas
  private let search: LayoutSearch
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
    let inputs = try BootLayoutInputs(snapshot: facts.snapshot)
    if inputs.disagreement != nil { throw .disagrees }
    self.inputs = inputs
    blockSize = facts.snapshot.memoryBlocks.value?.blockSize
    areas = LayoutAreas(facts.snapshot, inputs: inputs, adding: words)
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
    do throws(LayoutSearch.Impossible) {
      var search = search
      let own = try search.largestMovable(
        keeping: bounds(sizing),
        beside: areas,
        atMost: wish?.pages(of: pageSize)
      )
      guard let needs else { return .success(own) }
      guard let change = try? needs.change(atMost: wish) else { return .failure(.noSizeSuitsAll) }
      return .success(search.answer(for: change.size))
    } catch {
      return .failure(error)
    }
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
    return sum < needs ? .host(keeps: sum, needs: needs) : nil
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
