package import HostModel
package import Profiles

/// What the kernel will need as a machine grows, beyond what it has taken now.
package struct GrowthNeed: Hashable, Sendable {
  /// A term that is at least a share of all memory, so that it grows with the machine.
  package struct Floor: Hashable, Sendable {
    package var id: TermID
    package var share: Profile.Share
    /// What today's projection holds for it already.
    package var covered: ByteCount
  }

  /// What the kernel zones hold for good now.
  package var now: ByteCount
  /// How much more that is at the profile's horizon, on the machine as it is.
  package var growth: ByteCount
  package var floors: [Floor]
  package var margin: Profile.Margin
  /// Descriptors of memory that was added before, which are part of `now`.
  package var descriptorsOfAdded = ByteCount.zero

  /// The need that a host's demand announces.
  package init(_ demand: Demand, profile: Profile, pageSize: PageSize) {
    // User pages that settled in kernel zones are no need of the kernel.
    now = demand.now.subtractingOrZero(demand.stuck)
    growth = demand.growth
    margin = profile.margin
    descriptorsOfAdded = demand.terms.filter { $0.id == .memmapHotAdded }.map(\.now).total()
    floors = Self.floors(profile, pageSize: pageSize) { id in
      // Pinned memory of guests may be huge pages: one pool.
      let covering: Set<TermID> =
        id == .pinned ? [.pinned, .giganticPages, .unmovableHugePages] : [id]
      return demand.terms.filter { covering.contains($0.id) }.map(\.projected).total()
    }
  }

  /// The need on a machine that has only booted: nothing but what the profile announces.
  package init(now: ByteCount, profile: Profile, pageSize: PageSize) {
    self.now = now
    growth = profile.planned.map { $0.size(of: .zero) }.total()
    margin = profile.margin
    floors = Self.floors(profile, pageSize: pageSize) { _ in .zero }
  }

  private static func floors(
    _ profile: Profile,
    pageSize: PageSize,
    covered: (TermID) -> ByteCount
  ) -> [Floor] {
    // Descriptors of added memory are counted device by device.
    var shares = profile.growth.filter { $0.key != .memmapHotAdded }.compactMap { id, growth in
      growth.floorShare(of: id, pageSize: pageSize).map { (id: id, share: $0) }
    }
    // What is planned as a share of memory grows with it, as a floor does.
    for plan in profile.planned {
      if case .share(let share) = plan.amount { shares.append((.planned(plan.name), share)) }
    }
    return shares.sorted { $0.id.id < $1.id.id }
      .map { Floor(id: $0.id, share: $0.share, covered: covered($0.id)) }
  }

  /// How much more than now the kernel takes on a machine of that size, descriptors left out.
  package func growth(total: ByteCount) -> ByteCount {
    growth + floors.map { $0.share.of(total).subtractingOrZero($0.covered) }.total()
  }

  /// How much more it takes on a machine that has grown.
  package func growth(from before: ByteCount, to total: ByteCount) -> ByteCount {
    growth(total: total).subtractingOrZero(growth(total: before))
  }

  /// What is kept free on top.
  package func spare(total: ByteCount) -> ByteCount {
    max((now + growth(total: total)).scaled(by: margin.percent, over: 100), margin.least(of: total))
  }

  /// Kernel memory for each byte of memory that is used, as a fraction, margin included.
  package var costOfUse: (numerator: UInt64, denominator: UInt64) {
    let unit = ByteCount(1 << 32)
    let shares = floors.map { $0.share.of(unit) }.total()
    return (shares.scaled(by: 100 + margin.percent, over: 100).count, unit.count)
  }
}
