/// Why there is no answer, in words for people: what was read, what is wrong with it, what to do.
public struct ZonewiseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason, with file, line and column where there are such.
  public let description: String

  init(_ description: String) { self.description = description }
}
