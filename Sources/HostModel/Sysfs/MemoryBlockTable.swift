/// All memory blocks of a host.
package struct MemoryBlockTable: Hashable, Sendable {
  package var blockSize: ByteCount
  /// auto_online_blocks: what happens to blocks added later.
  package var autoOnline: Reading<String>
  /// In ascending order of their numbers.
  package var blocks: [MemoryBlock]
  /// What the pages of each block are, by the block's number; read only where somebody asks for it.
  package var pageTallies: Reading<[UInt64: PageTally]>

  package init(blockSize: ByteCount, autoOnline: Reading<String>, blocks: [MemoryBlock]) {
    self.blockSize = blockSize
    self.autoOnline = autoOnline
    self.blocks = blocks
    pageTallies = .unknown(.notAsked(input: "/proc/kpageflags", option: "blocks"))
  }
}
