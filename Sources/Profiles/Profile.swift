package import HostModel

/// What a workload asks of the kernel zones, and how much risk its owner takes.
///
/// A value from a YAML file (`profiles/*.yaml`); every number there carries its reason.
package struct Profile: Hashable, Sendable {
  package var name: String
  /// One line for lists.
  package var title: String
  package var limits: Limits
  /// How many days ahead the growth factors look.
  package var horizonDays: Int
  /// Growth by term; a term that is not named stays as it is.
  package var growth: [TermID: Growth]
  package var margin: Margin
  package var planned: [PlannedDemand]
  package var goal: MovableWish?
  /// What must be contiguous or pinned for the workload.
  package var needs: [MemoryNeed]
  /// What a host shows that this profile is for.
  package var selectors: [ProfileSelector]
  /// Why the numbers are what they are, for `profiles show`.
  package var rationale: [String]
  package var references: [String]

  package init(name: String, title: String) {
    self.name = name
    self.title = title
    limits = Limits()
    horizonDays = 90
    growth = [:]
    margin = Margin()
    planned = []
    goal = nil
    needs = []
    selectors = []
    rationale = []
    references = []
  }

  /// Ratios and sizes at which the verdict changes.
  package struct Limits: Hashable, Sendable {
    /// Up to here a ratio is fine.
    package var fine = MovableRatio(movable: 3, kernel: 1)
    /// Up to here it draws a warning; above, an error.
    package var warning = MovableRatio(movable: 4, kernel: 1)
    /// A node with less kernel memory than this has a sliver.
    package var minimumKernelPerNode = ByteCount.mebibytes(256)

    package init() {}
  }

  /// How a term grows until the horizon.
  package struct Growth: Hashable, Sendable {
    /// Of today's size, in percent: 200 doubles.
    package var percent: UInt64
    /// At least this share of the memory that the term's node (or the host) has.
    package var floorShare: Share?

    package init(percent: UInt64 = 100, floorShare: Share? = nil) {
      self.percent = percent
      self.floorShare = floorShare
    }

    /// The floor of a term where base pages have that size.
    ///
    /// Profiles are written for 4 KiB: what the kernel keeps for each page falls as pages grow.
    package func floorShare(of term: TermID, pageSize: PageSize) -> Share? {
      guard let floorShare, term.isPerPage else { return floorShare }
      let pages = max(1, pageSize.bytes.count / PageSize.kib4.bytes.count)
      return Share(floorShare.numerator, floorShare.denominator * pages)
    }
  }

  /// An exact fraction, such as 1/512.
  package struct Share: Hashable, Sendable {
    package var numerator: UInt64
    package var denominator: UInt64

    package init(_ numerator: UInt64, _ denominator: UInt64) {
      self.numerator = numerator
      self.denominator = denominator
    }

    package func of(_ size: ByteCount) -> ByteCount {
      size.scaled(by: numerator, over: denominator)
    }
  }

  /// What is left free on top of everything that is foreseen.
  package struct Margin: Hashable, Sendable {
    package var percent: UInt64 = 20
    package var minimum = ByteCount.mebibytes(128)

    package init() {}

    /// The least that is kept of a machine of that size: 1/128 of it up to the minimum. What one
    /// machine has left differs from boot to boot by less.
    package func least(of total: ByteCount) -> ByteCount {
      min(minimum, total.scaled(by: 1, over: 128))
    }

    /// What is kept beside an estimate: its percentage, and never less than `least`.
    package func beside(_ estimate: ByteCount, least: ByteCount) -> ByteCount {
      max(estimate.scaled(by: percent, over: 100), least)
    }
  }

  /// Kernel memory that is not there yet and will be.
  package struct PlannedDemand: Hashable, Sendable {
    package enum Basis: Hashable, Sendable {
      /// Once for the host, spread over its nodes by their memory.
      case host
      /// Once for each node.
      case node
      /// Once for each cpu, spread over nodes by their memory.
      case cpu
    }

    /// How much: a size, or a share of the memory of the host or node.
    package enum Amount: Hashable, Sendable {
      case size(ByteCount)
      case share(Share)
    }

    package var name: String
    package var amount: Amount
    package var basis: Basis

    package init(name: String, amount: Amount, basis: Basis) {
      self.name = name
      self.amount = amount
      self.basis = basis
    }

    /// The demand on that much memory.
    package func size(of memory: ByteCount) -> ByteCount {
      switch amount {
      case .size(let size): size
      case .share(let share): share.of(memory)
      }
    }
  }
}
