package import Advice
package import HostModel

/// How the room that the kernel has left changes, and when it gets short.
package struct RoomForecast: Sendable {
  /// What is looked at.
  package enum Basis: Hashable, Sendable {
    /// Headroom as it was measured.
    case headroom
    /// Headroom once user memory fills the host, at worst, as it was measured.
    case whenFull
    /// Today's headroom, less what the terms grew by.
    case terms
  }

  /// Nil for the host as a whole.
  package var node: NodeID?
  package var basis: Basis
  /// What was measured last.
  package var now: ByteCount
  package var limits: HeadroomLimits
  package var trend: Result<Trend, TooLittle>
  /// When it is below the margin, and when nothing is left.
  package var tight: Crossing?
  package var imbalanced: Crossing?
  /// What was measured, in pieces that a picture can show.
  package var measured: [Point] = []

  package struct Point: Hashable, Sendable {
    package var time: Double
    package var value: Double
  }
}
