/// A line of /proc/iomem.
package struct IOMemRange: Hashable, Sendable {
  package var addresses: AddressRange
  /// 0 at the top; a nested resource is one deeper than the one around it.
  package var depth: Int
  package var name: String

  package init(_ addresses: AddressRange, depth: Int, name: String) {
    self.addresses = addresses
    self.depth = depth
    self.name = name
  }
}
