/// What a command wants of a SOURCE.
package enum SourceNeed: CaseIterable, Sendable {
  /// What is in use: advice is made from it.
  case use
  /// How memory is divided at boot.
  case layout
  /// A machine that memory can be added to.
  case growth
  /// Memory blocks, and in which zone each is.
  case blocks
  /// Kernel, architecture and command line.
  case identity
}
