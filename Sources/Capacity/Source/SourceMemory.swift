internal import KernelBehavior
internal import Synchronization

/// Machines that were read once and are asked about again and again, the last ones that were asked for.
package final class SourceMemory: Sendable {
  struct Key: Hashable {
    var path: String
    var need: SourceNeed
    var stated: BootLayoutInputs.Overrides
  }

  struct Kept: Sendable {
    var machines: [SourceReader.Found]
    var isList: Bool
  }

  private let most: Int
  /// Oldest first.
  private let kept = Mutex<[(key: Key, kept: Kept)]>([])

  /// - Parameter most: As many answers of sources as are kept.
  package init(most: Int) { self.most = most }

  /// Reads everything anew from now on.
  package func forget() { kept.withLock { $0.removeAll() } }

  func find(_ key: Key) -> Kept? {
    kept.withLock { entries in
      guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry.kept
    }
  }

  func keep(_ found: Kept, as key: Key) {
    kept.withLock { entries in
      entries.removeAll { $0.key == key }
      if entries.count >= most { entries.removeFirst() }
      entries.append((key, found))
    }
  }
}
