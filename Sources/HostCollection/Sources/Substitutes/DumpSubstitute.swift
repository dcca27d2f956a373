/// A kind of output that stands in for files of the kernel that a dump lacks: a file of its own, and a
/// line in `DumpSubstitutes.kinds`.
protocol DumpSubstitute: Sendable {
  /// How the names of such outputs begin, for the choice of what is read of an archive; none where
  /// files stand in that are read anyway.
  static var outputs: [String] { get }

  /// Adds what the output tells and the dump lacks.
  static func complete(_ dump: inout IncompleteDump)
}

extension DumpSubstitute {
  static var outputs: [String] { [] }
}
