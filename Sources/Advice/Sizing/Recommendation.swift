package import HostModel
package import KernelBehavior

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
    /// The kernel can use none of HighMem, whatever is Movable.
    case highMemory
    /// The kernel zones need all there is.
    case noneIsSafe(needed: ByteCount, fillsUp: Bool)
    /// Memory comes and goes, and its blocks are not known.
    case blocksUnknown
    case notPredicted(BootLayoutRefusal)
    case policy(OnlinePolicyArguments.Reason)
    /// Planned devices bring so much Movable that the policy has to bound it, and no boot memory
    /// may be Movable.
    case devices(OnlinePolicyArguments.Reason)
    case noArgument(LayoutSearch.Impossible, instead: Reason)
    /// As near to a wish, or to what is safe, as arguments come from below; alignment is nil where
    /// the size of memory blocks is not known, and may cost kernel memory.
    case nearest(isWished: Bool, isBlockAligned: Bool?, roundedUp: ByteCount)
    /// These zones are what the arguments would make.
    case booted
    /// They are, and the kernel zones are short.
    case noSizeHelps
    /// They are nearly so.
    case nearEnough
    /// What is needed takes arguments, and the zones may stay as they are.
    case needs

    /// Whether nothing is advised because nothing is needed.
    var isSatisfied: Bool {
      switch self {
      case .zonesFit, .booted, .nearEnough: true
      case .demandUnknown, .notAsked, .highMemory, .noneIsSafe, .blocksUnknown, .notPredicted,
        .policy, .devices, .noArgument, .nearest, .noSizeHelps, .needs:
        false
      }
    }
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
  /// How much memory firmware may take from the kernel's part of a node, or give back, before the
  /// arguments give another layout.
  package var holdsWithin: ByteCount?
  /// By how much a node's memory differs among the kernels of a class; nil for one machine.
  package var memberDrift: ByteCount?

  package init(
    method: Method,
    arguments: [String] = [],
    remove: [String] = [],
    rebootNeeded: Bool = false,
    reason: Reason,
    predicted: Prediction? = nil,
    holdsWithin: ByteCount? = nil,
    memberDrift: ByteCount? = nil
  ) {
    self.method = method
    self.arguments = arguments
    self.remove = remove
    self.rebootNeeded = rebootNeeded
    self.reason = reason
    self.predicted = predicted
    self.holdsWithin = holdsWithin
    self.memberDrift = memberDrift
  }
}
