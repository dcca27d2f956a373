/// A list on which the kernel keeps pages that it may reclaim or move.
package enum LRUList: Hashable, Sendable, CaseIterable {
  case activeAnon, inactiveAnon, activeFile, inactiveFile, unevictable

  /// A zone's counter of it since 4.8.
  package var zoneCounter: MemoryCounter {
    switch self {
    case .activeAnon: .zoneActiveAnon
    case .inactiveAnon: .zoneInactiveAnon
    case .activeFile: .zoneActiveFile
    case .inactiveFile: .zoneInactiveFile
    case .unevictable: .zoneUnevictable
    }
  }

  /// A node's counter of it, and a zone's before 4.8.
  package var nodeCounter: MemoryCounter {
    switch self {
    case .activeAnon: .activeAnon
    case .inactiveAnon: .inactiveAnon
    case .activeFile: .activeFile
    case .inactiveFile: .inactiveFile
    case .unevictable: .unevictable
    }
  }
}
