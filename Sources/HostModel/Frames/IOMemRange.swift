/// A line of /proc/iomem.
package struct IOMemRange: Hashable, Sendable {
  /// First byte, and last byte inclusive.
  package var first: UInt64
  package var last: UInt64
  /// 0 at the top; a nested resource is one deeper than the one around it.
  package var depth: Int
  package var name: String

  package init(first: UInt64, last: UInt64, depth: Int, name: String) {
    self.first = first
    self.last = last
    self.depth = depth
    self.name = name
  }
}
