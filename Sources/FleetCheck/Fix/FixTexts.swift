/// A file that is to be changed, and other files that it names.
struct FixTexts: Hashable, Sendable {
  var own: [UInt8]
  /// By their paths; only those that change.
  var others: [String: [UInt8]] = [:]
}
