/// A compressed RAM disk.
package struct ZRAMDevice: Hashable, Sendable {
  package var name: String
  /// What it promises to hold, uncompressed.
  package var diskSize: ByteCount
  /// What it holds, and the memory that it takes for that (mm_stat, since 4.1).
  package var stored: Reading<ByteCount>
  package var used: Reading<ByteCount>

  package init(
    name: String,
    diskSize: ByteCount,
    stored: Reading<ByteCount>,
    used: Reading<ByteCount>
  ) {
    self.name = name
    self.diskSize = diskSize
    self.stored = stored
    self.used = used
  }
}
