internal import HostModel
internal import KernelBehavior

/// What can be told about long-term pins here: how much, by whom, and what limits them.
struct PinFacts {
  let context: RuleContext

  init(_ context: RuleContext) { self.context = context }

  /// Outstanding pins: references, so at least as many as pages.
  var outstanding: Reading<ByteCount> { context.snapshot.pins.system.bytes(of: context.pageSize) }

  var devices: [PinningDevice] { context.snapshot.devices.pinners.value ?? [] }

  /// Those that are there to pin; SEV is a switch that most AMD hosts have on.
  var likely: [PinningDevice] { devices.filter { $0.kind != .sev } }

  /// Kernel memory that pins can still take: CMA is not for them, as headroom counts already.
  var room: Reading<ByteCount> { context.headroom }

  /// The soft limit of services (init's), nil where it is not told; `.max` for unlimited.
  var lockLimit: ByteCount? { context.snapshot.lockLimit.value }

  /// Pins leave ZONE_MOVABLE and CMA before they take hold.
  var migrateFirst: Bool { context.kernel.hasOrAssumed(.pinsLeaveMovable) }

  /// What processes say they have pinned, where they were read.
  var byProcesses: ByteCount? { context.snapshot.processes.value?.pinned }

  /// The most that references can stand for in kernel zones.
  ///
  /// A kernel that pins huge pages by one reference (seen on 6.12) counts 2 MiB as one; before 5.13
  /// pinned pages may be in ZONE_MOVABLE. Wherever they are, they are user pages.
  func most(of references: ByteCount) -> ByteCount {
    if migrateFirst, let byProcesses, byProcesses > 0 { return Swift.max(references, byProcesses) }
    let zones = context.facts.zoneinfo.nodes.flatMap(\.kernelZones)
    let user =
      zones.total { zone in
        zone.lru(.activeAnon) + zone.lru(.inactiveAnon) + zone.lru(.unevictable)
      }.bytes(of: context.pageSize).value ?? .zero
    guard migrateFirst || !context.facts.hasMovable else { return Swift.min(references, user) }
    // A huge page of the page-table level above base pages: 512 of 4 KiB.
    let wide = references * (context.pageSize.bytes.count / 8)
    return Swift.max(references, Swift.min(wide, user))
  }
}

extension [PinningDevice] {
  /// `RDMA mlx5_0, VFIO 12 and 3 more`; empty where there are none.
  var names: String {
    let names = prefix(2).map {
      $0.name.isEmpty ? $0.kind.rawValue : "\($0.kind.rawValue) \($0.name)"
    }
    let rest = count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// Where each was seen.
  var evidence: [Evidence] { map { Evidence($0.seenAt) } }
}
