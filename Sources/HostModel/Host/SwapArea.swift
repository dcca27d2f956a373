/// A line of /proc/swaps.
package struct SwapArea: Hashable, Sendable {
  package var path: String
  /// `partition` or `file`.
  package var type: String
  package var size: ByteCount
  package var used: ByteCount
  package var priority: Int

  package init(path: String, type: String, size: ByteCount, used: ByteCount, priority: Int) {
    self.path = path
    self.type = type
    self.size = size
    self.used = used
    self.priority = priority
  }
}
