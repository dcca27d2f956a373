package import History
package import HostModel

/// What would make the day come later.
package enum Postponement: Hashable, Sendable {
  /// A term that makes most of the growth, with its part of it in percent and what it grows by a day.
  case lookAt(HistoryKey, percent: Int, perDay: ByteCount)
  /// More memory in the kernel zones: how many days each gibibyte is worth, and how much it takes for
  /// a year.
  case kernelZones(node: NodeID?, daysPerGibibyte: Double, forYear: ByteCount)
  /// Boot arguments for zones that hold the growth that was measured.
  case arguments([String], days: Int)
}
