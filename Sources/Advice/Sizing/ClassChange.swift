package import HostModel

/// What one kernel argument would make of every machine of a class.
package struct ClassChange: Hashable, Sendable {
  /// The number of the argument.
  package var size: ByteCount
  /// As it is written on a command line.
  package var argument: String
  /// On the machine that gets least Movable.
  package var kernel: ByteCount
  package var movable: ByteCount
  /// On the machine that gets most: machines of a class differ by what firmware keeps.
  package var mostMovable: ByteCount
  /// How much memory firmware may take from a node, or give back, before one of the machines gets
  /// other zones.
  package var holdsWithin = ByteCount.zero
  /// By how much a node's memory differs among the machines.
  package var drift = ByteCount.zero

  package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
}
