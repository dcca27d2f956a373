package import HostModel
package import KernelBehavior

/// Whether a need can be met, from where, and with what.
package struct NeedAnswer: Hashable, Sendable {
  package enum Way: String, Hashable, Sendable {
    /// It is there already.
    case there
    /// It can be had while the host runs.
    case runTime = "run-time"
    /// It takes boot arguments.
    case boot
    case none
  }

  /// A part of it in one zone of a node; of an area that is still to be made no zone is known.
  package struct Share: Hashable, Sendable {
    package var node: NodeID
    package var zone: ZoneKind?
    package var bytes: ByteCount
    /// Whether it comes out of a CMA area there.
    package var isInArea = false
  }

  /// What keeps it from being met, or from being met while the host runs.
  package enum Limit: Hashable, Sendable {
    /// The zones that may serve it have no more.
    case zones(isKernelOnly: Bool, have: ByteCount)
    /// Huge pages of that size are not had here; which are.
    case noSuchPage(ByteCount, among: [ByteCount])
    case noSuchNode(NodeID, among: [NodeID])
    /// The node has less memory, or what the kernel needs of it is more than is left.
    case kernelNeeds(NodeID, left: ByteCount, needs: ByteCount)
    /// All boot arguments together come to that much of it.
    case atBoot(ByteCount)
    case area(BootReservation.Outcome)
    /// This kernel takes no size of an area for one node.
    case noAreaByNode
    case noAreas
    /// An area is only made at boot.
    case onlyAtBoot
    /// All nodes together have less than the kernel needs with everything that is asked for.
    case host(needs: ByteCount, of: ByteCount)
    /// No size of the kernel zones leaves enough.
    case noLayout(LayoutSearch.Impossible?)
    case notPredicted(BootLayoutRefusal)
    /// Movable is onlined here: what comes is not known.
    case onlined
    /// What the kernel zones hold and need is not known.
    case unknown(UnknownReason)
  }

  package var need: MemoryNeed
  package var there = ByteCount.zero
  /// What can be had beside that while the host runs, as it is.
  package var now: [Share] = []
  /// What can be had instead once `settings` are made.
  var withSetting: [Share] = []
  package var way = Way.none
  /// What it comes to with what is advised, that what is there already among it.
  package var shares: [Share] = []
  /// Boot arguments for it, in order.
  package var arguments: [String] = []
  /// Settings for it: `vm.movable_gigantic_pages=1`.
  package var settings: [String] = []
  /// Other boot arguments that would do it too.
  package var alternative: [String] = []
  package var limits: [Limit] = []
  package var notes: [Note] = []
  package var isMet = false

  /// Something to know about the way.
  package enum Note: Hashable, Sendable {
    /// Kernels before 5.16 take no counts by node.
    case noCountsByNode
    /// Gigantic pages in ZONE_MOVABLE keep its blocks from going offline.
    case gigantic
    /// Pages of the command line are not made beside `hugetlb_cma=`.
    case areaInstead
    /// A pin leaves pages where they are, in ZONE_MOVABLE too.
    case pinsStay
    /// In ZONE_MOVABLE or CMA pages can't be pinned for long.
    case notForPins
    /// Scattered kernel memory may leave fewer whole pages than free memory comes to.
    case scattered
    /// How much is pinned or reserved already is not known, and taken for none.
    case thereUnknown(UnknownReason)
  }

  init(_ need: MemoryNeed) { self.need = need }

  /// What is taken while the host runs.
  var taken: [Share] { settings.isEmpty ? now : withSetting }

  /// What of it can be had while the host runs, beside what is there.
  package var atRunTime: ByteCount { now.map(\.bytes).total() }
  /// What of it can't.
  package var missingAtRunTime: ByteCount { need.bytes.subtractingOrZero(there + atRunTime) }
}

/// Whether everything that a machine needs in one piece, or unmoved, can be had together.
package struct NeedsAnswer: Hashable, Sendable {
  /// What a node has left for everything else, with all needs met as far as they can be.
  package struct Left: Hashable, Sendable {
    package var node: NodeID
    package var kernel: ByteCount
    package var movable: ByteCount
  }

  /// In the order in which they were asked for.
  package var all: [NeedAnswer]
  package var left: [Left] = []

  package var isMet: Bool { all.allSatisfy(\.isMet) }
  /// Boot arguments for all of them.
  package var arguments: [String] { all.flatMap(\.arguments) }
  package var settings: [String] {
    var found: [String] = []
    for setting in all.flatMap(\.settings) where !found.contains(setting) { found.append(setting) }
    return found
  }
}

extension NeedsAnswer {
  /// Nothing can be promised where it is not known what the kernel zones hold.
  init(_ answers: [NeedAnswer], unknown reason: UnknownReason?) {
    all = answers.map { answer in
      var answer = answer
      answer.limits.append(.unknown(reason ?? .undetermined("no demand")))
      answer.arguments = []
      return answer
    }
  }
}
