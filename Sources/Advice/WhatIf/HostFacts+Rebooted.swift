internal import HostModel
internal import KernelBehavior

extension HostFacts {
  /// The host right after it was booted with another layout of its zones, where the kernel holds what
  /// it holds now and no user memory has settled yet.
  ///
  /// What was added after boot stays as it was onlined. What the kernel holds beyond its zones of a node
  /// is taken off there: it has to come from elsewhere.
  ///
  /// - Parameters:
  ///   - layout: The zones of boot memory.
  ///   - held: CMA areas in its kernel zones.
  /// - Returns: The same host with the accounts of its nodes under that layout.
  func rebooted(_ layout: BootLayout, beside held: LayoutAreas.Held) -> HostFacts {
    let late = lateMovable
    let outlook = ReserveOutlook(self)
    var parts: [NodeID: Part] = [:]
    for account in nodes {
      guard let node = layout.nodes.first(where: { $0.id == account.node }) else { continue }
      parts[account.node] = Part(
        account,
        node,
        late: late[account.node] ?? .zero,
        area: (held.inKernelZones[account.node] ?? .zero).bytes(of: pageSize),
        facts: self
      )
    }
    let kernel = parts.mapValues { $0.kernel.subtractingOrZero($0.area) }
    let reserves = outlook?.reserves(kernel) ?? [:]
    let rooms = outlook?.rooms(
      kernel,
      beside: parts.mapValues { $0.movableForUsers },
      held: nodes.reduce(into: [:]) { $0[$1.node] = $1.heldForGood }
    )
    return HostFacts(
      self,
      nodes: nodes.map { account in
        guard let part = parts[account.node] else { return account }
        return account.rebooted(part, reserve: reserves[account.node], rooms?[account.node])
      },
      late: late.merging(parts.mapValues(\.addedMovable)) { _, own in own }
    )
  }

  /// The sizes of a node's zones under a layout.
  fileprivate struct Part {
    var kernel: ByteCount
    var high: ByteCount
    var movable: ByteCount
    /// What of it was added after boot.
    var addedMovable: ByteCount
    var area: ByteCount
    /// RAM of the kernel zones that no allocator owns.
    var reserved: ByteCount
    var movableReserved: ByteCount

    var movableForUsers: ByteCount { movable.subtractingOrZero(movableReserved) + area }

    init(
      _ account: NodeAccount,
      _ node: BootLayout.Node,
      late: ByteCount,
      area: ByteCount,
      facts: HostFacts
    ) {
      let boot = node.pages.bytes(of: facts.pageSize)
      let added = account.total.subtractingOrZero(boot)
      addedMovable = min(added, late)
      let bootMovable = node.movablePages.bytes(of: facts.pageSize)
      kernel =
        node.kernelPages.bytes(of: facts.pageSize) + added.subtractingOrZero(addedMovable)
      high = node.highPages.bytes(of: facts.pageSize)
      movable = bootMovable + addedMovable
      self.area = area
      // Boot took descriptors from the node's top, whichever zone that is.
      let above = account.movableReserved.value ?? .zero
      let all = account.kernelReserved + above
      movableReserved = min(bootMovable, facts.memmapBelowMovable(account) + above)
      reserved = all.subtractingOrZero(movableReserved)
    }
  }
}

extension NodeAccount {
  fileprivate func rebooted(
    _ part: HostFacts.Part,
    reserve kept: ByteCount?,
    _ room: ReserveOutlook.Room?
  ) -> NodeAccount {
    var result = self
    let unseen = Reading<ByteCount>.unknown(.undetermined("the host was not booted so"))
    result.kernelPresent = part.kernel
    result.highPresent = part.high
    result.movablePresent = part.movable
    result.cma = part.area
    result.kernelManaged = kernelManaged.map { _ in
      part.kernel.subtractingOrZero(part.reserved)
    }
    result.movableManaged = .known(part.movable.subtractingOrZero(part.movableReserved))
    result.kernelFree = unseen
    result.movableFree = unseen
    result.userPages = .known(.zero)
    result.stuckUserPages = .known(.zero)
    if let kept { result.reserve = .known(kept) }
    if let room {
      result.openToUsers = .known(room.open)
      result.slack = .known(room.slack)
    }
    result.movableForUsers = .known(part.movableForUsers)
    let left = (result.kernelManaged - result.reserve).map { $0.subtractingOrZero(part.area) }
    let beside = (pinned.value ?? .zero) + (unevictableKernel.value ?? .zero)
    result.hardUse = hardUse.and(left).map { min($0, $1.subtractingOrZero(beside)) }
    result.headroom = left.subtractingOrZero(result.use) + reclaimableSlab
    return result
  }
}
