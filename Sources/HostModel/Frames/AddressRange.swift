/// Bytes of the physical address space from a first one up to, not including, an end.
package struct AddressRange: HalfOpenRange {
  package var start: ByteCount
  package var end: ByteCount

  package init(start: ByteCount, end: ByteCount) {
    self.start = start
    self.end = end
  }

  /// The kernel prints the last byte, inclusive.
  ///
  /// The very last byte of the address space, where no memory is, is left out: no number stands
  /// behind it.
  package init(first: UInt64, last: UInt64) {
    self.init(start: ByteCount(first), end: ByteCount(last) + 1)
  }

  /// The last byte, inclusive, as the kernel prints it; nil where there is none.
  package var last: ByteCount? { isEmpty ? nil : ByteCount(end.count &- 1) }  // above the start

  package var size: ByteCount { end.subtractingOrZero(start) }
}
