/// Sums over /proc/PID/status.
package struct ProcessTotals: Hashable, Sendable {
  package var pinned: ByteCount = 0
  package var locked: ByteCount = 0
  package var pageTables: ByteCount = 0
  package var resident: ByteCount = 0
  package var swapped: ByteCount = 0
  package var processesRead = 0
  /// Processes that vanished are not counted here; those that were refused are.
  package var processesRefused = 0
  /// True where the bound on the number of processes was reached.
  package var isTruncated = false
  /// True where /proc does not list all: in a container, and to other users with hidepid.
  package var areOthersHidden = false

  /// Whether no process is left out.
  package var isComplete: Bool { processesRefused == 0 && !isTruncated && !areOthersHidden }

  package init() {}
}
