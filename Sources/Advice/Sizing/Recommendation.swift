package import HostModel

/// What to do.
package struct Recommendation: Sendable {
  package enum Method: String, Hashable, Sendable {
    case none
    case bootArguments = "boot-arguments"
    case onlinePolicy = "online-policy"
  }

  package var method: Method
  /// Kernel arguments to set, in order.
  package var arguments: [String]
  /// Names of arguments that must go.
  package var remove: [String]
  package var rebootNeeded: Bool
  /// One sentence.
  package var reason: String
  /// The zones that the arguments give, where they can be predicted.
  package var predicted: Prediction?
  /// How much memory firmware may take from the kernel's part of a node, or give back, before the
  /// arguments give another layout.
  package var holdsWithin: ByteCount?

  package init(
    method: Method,
    arguments: [String] = [],
    remove: [String] = [],
    rebootNeeded: Bool = false,
    reason: String,
    predicted: Prediction? = nil,
    holdsWithin: ByteCount? = nil
  ) {
    self.method = method
    self.arguments = arguments
    self.remove = remove
    self.rebootNeeded = rebootNeeded
    self.reason = reason
    self.predicted = predicted
    self.holdsWithin = holdsWithin
  }
}
