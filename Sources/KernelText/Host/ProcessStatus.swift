package import HostModel

/// What /proc/PID/status says of a process's memory.
///
/// Nil stands for a line that is not there: kernel threads and zombies have no memory of their own,
/// and older kernels print fewer lines.
package struct ProcessStatus: Hashable, Sendable {
  package var name: String
  package var virtualSize: ByteCount?
  /// VmPin: pages that devices may use for as long as they like (3.2 and newer).
  package var pinned: ByteCount?
  /// VmLck: mlock, and what vfio counts against the same limit.
  package var locked: ByteCount?
  package var resident: ByteCount?
  /// VmPTE; between 4.0 and 4.14 together with VmPMD, which these kernels print apart.
  package var pageTables: ByteCount?
  /// VmSwap (2.6.34 and newer).
  package var swapped: ByteCount?

  package init(name: String) { self.name = name }

  /// Whether the process has an address space: false for kernel threads and zombies.
  package var hasMemory: Bool { virtualSize != nil || resident != nil }
}

extension ProcessTotals {
  /// Adds a process; lines that are not there add nothing.
  package mutating func add(_ status: ProcessStatus) {
    processesRead += 1
    pinned += status.pinned ?? 0
    locked += status.locked ?? 0
    pageTables += status.pageTables ?? 0
    resident += status.resident ?? 0
    swapped += status.swapped ?? 0
  }
}
