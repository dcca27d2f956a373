package import HostModel
package import KernelBehavior
package import Profiles

/// The whole answer for one host: what every report is made from.
package struct Assessment: Sendable {
  package var snapshot: HostSnapshot
  package var pageSize: PageSize
  package var profile: Profile
  package var profileChoice: ProfileChoice
  package var current: CurrentBalance
  package var demand: Reading<Demand>
  package var sizing: Reading<Sizing>
  package var wish: WishAnswer?
  package var recommendation: Recommendation
  /// Worst first.
  package var findings: [Finding]
  /// Slugs of the rules that looked and found nothing.
  package var passed: [String]
  package var unknown: [UnreadInput]
}

/// Whether the Movable that the user would like is safe here.
package struct WishAnswer: Hashable, Sendable {
  package var wish: MovableWish
  /// In bytes of this host; for `max` what is safe.
  package var movable: ByteCount
  package var isSafe: Bool
}

/// What to do.
package struct Recommendation: Sendable {
  package enum Method: String, Hashable, Sendable {
    case none
    case bootArguments = "boot-arguments"
    case onlinePolicy = "online-policy"
  }

  /// Why this, or why nothing.
  package indirect enum Reason: Hashable, Sendable {
    case demandUnknown
    /// No memory is Movable and none was asked for.
    case notAsked(safe: ByteCount)
    case zonesFit
    /// The kernel zones need all there is.
    case noneIsSafe(needed: ByteCount)
    /// Memory comes and goes, and its blocks are not known.
    case blocksUnknown
    case notPredicted(BootLayoutRefusal)
    case policy(OnlinePolicyArguments.Reason)
    case noArgument(LayoutInverse.Impossible, instead: Reason)
    /// Nil where the size of memory blocks is not known.
    case smallestSize(isBlockAligned: Bool?)
  }

  package var method: Method
  /// Kernel arguments to set, in order.
  package var arguments: [String]
  /// Names of arguments that must go.
  package var remove: [String]
  package var rebootNeeded: Bool
  package var reason: Reason
  /// The zones that the arguments give, where they can be predicted.
  package var predicted: Prediction?

  package init(
    method: Method,
    arguments: [String] = [],
    remove: [String] = [],
    rebootNeeded: Bool = false,
    reason: Reason,
    predicted: Prediction? = nil
  ) {
    self.method = method
    self.arguments = arguments
    self.remove = remove
    self.rebootNeeded = rebootNeeded
    self.reason = reason
    self.predicted = predicted
  }
}
