package import HostModel

/// Where a block goes when it comes online, and why.
package struct ZoneChoice: Hashable, Sendable {
  package var zone: ZoneKind
  package var reason: Reason

  package init(zone: ZoneKind, reason: Reason) {
    self.zone = zone
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    case onlineKernel
    case onlineMovable
    /// Contig-zones: the block lies inside a zone's span.
    case continuesZone(ZoneKind)
    /// Contig-zones: no zone or both span the block, and movable_node decides.
    case undecided(movableNode: Bool)
    /// Auto-movable: the ratio allows it.
    case withinRatio
    case refused(AutoMovable.Refusal)
  }
}

extension HotplugMemory {
  /// `zone_for_pfn_range`: the zone of a block under an online type and policy.
  ///
  /// - Parameters:
  ///   - first: The block's first frame.
  ///   - nodeID: Its node.
  ///   - group: Index of its memory group, nil for none.
  ///   - type: Anything but offline.
  ///   - settings: The policy.
  ///   - movableInUnit: Movable pages of its unit, where a group's unit is larger than a block.
  ///   - unitHasKernelPages: Whether anything of that unit is kernel memory.
  /// - Returns: The zone and why.
  package func choice(
    for first: PageFrameNumber,
    on nodeID: NodeID,
    group: Int?,
    type: OnlineType,
    settings: OnliningSettings,
    movableInUnit: PageCount = 0,
    unitHasKernelPages: Bool = false
  ) -> ZoneChoice {
    let node = self.node(nodeID) ?? Node(id: nodeID, kernelZones: [Zone(.normal)])
    let kernel = defaultKernelZone(first, node)
    switch type {
    case .onlineKernel, .offline: return ZoneChoice(zone: kernel.kind, reason: .onlineKernel)
    case .onlineMovable: return ZoneChoice(zone: .movable, reason: .onlineMovable)
    case .online: break
    }
    guard settings.policy.value == .autoMovable else {
      return contiguous(first, node, kernel, movableNode: settings.movableNode.value)
    }
    let policy = AutoMovable(
      ratio: settings.autoMovableRatio.value,
      numaAware: settings.numaAware.value
    )
    let refusal = policy.refusal(
      of: first,
      in: self,
      node: nodeID,
      group: group,
      movableInUnit: movableInUnit,
      unitHasKernelPages: unitHasKernelPages
    )
    return refusal.map { ZoneChoice(zone: kernel.kind, reason: .refused($0)) }
      ?? ZoneChoice(zone: .movable, reason: .withinRatio)
  }

  /// `default_zone_for_pfn`: inherit the zone that alone spans the block.
  private func contiguous(
    _ first: PageFrameNumber,
    _ node: Node,
    _ kernel: Zone,
    movableNode: Bool
  ) -> ZoneChoice {
    let inKernel = kernel.intersects(first, blockPages)
    let inMovable = node.movable.intersects(first, blockPages)
    guard inKernel == inMovable else {
      let kind = inKernel ? kernel.kind : .movable
      return ZoneChoice(zone: kind, reason: .continuesZone(kind))
    }
    return ZoneChoice(
      zone: movableNode ? .movable : kernel.kind,
      reason: .undecided(movableNode: movableNode)
    )
  }

  /// `default_kernel_zone_for_pfn`: the lowest zone whose span meets the block, else Normal.
  private func defaultKernelZone(_ first: PageFrameNumber, _ node: Node) -> Zone {
    node.kernelZones.first { $0.kind != .normal && $0.intersects(first, blockPages) }
      ?? node.kernelZones.first { $0.kind == .normal } ?? Zone(.normal)
  }

  /// Puts neighbouring blocks online in a zone.
  package mutating func online(
    _ first: PageFrameNumber,
    blocks: UInt64 = 1,
    on nodeID: NodeID,
    group: Int?,
    zone: ZoneKind
  ) {
    let pages = blockPages * blocks
    if !nodes.contains(where: { $0.id == nodeID }) {
      nodes = (nodes + [Node(id: nodeID, kernelZones: [Zone(.normal)])]).sorted { $0.id < $1.id }
    }
    for index in nodes.indices where nodes[index].id == nodeID {
      if zone == .movable {
        nodes[index].movable.add(first, pages)
      } else {
        nodes[index].put(first, pages, into: zone)
      }
    }
    guard let group else { return }
    if zone == .movable {
      groups[group].movable += pages
    } else {
      groups[group].kernel += pages
    }
  }
}

extension HotplugMemory.Node {
  fileprivate mutating func put(
    _ first: PageFrameNumber,
    _ pages: PageCount,
    into kind: ZoneKind
  ) {
    if !kernelZones.contains(where: { $0.kind == kind }) {
      kernelZones.append(HotplugMemory.Zone(kind))
    }
    for index in kernelZones.indices where kernelZones[index].kind == kind {
      kernelZones[index].add(first, pages)
    }
  }
}
