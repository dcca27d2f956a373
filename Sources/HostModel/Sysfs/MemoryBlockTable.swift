/// All memory blocks of a host.
package struct MemoryBlockTable: Hashable, Sendable {
  package var blockSize: ByteCount
  /// In ascending order of their numbers.
  package var blocks: [MemoryBlock]
  /// What the pages of each block are, by the block's number; read only where somebody asks for it.
  package var pageTallies: Reading<[UInt64: PageTally]>

  package init(blockSize: ByteCount, blocks: [MemoryBlock]) {
    self.blockSize = blockSize
    self.blocks = blocks
    pageTallies = .unknown(.notAsked(input: "/proc/kpageflags", option: "the command blocks"))
  }
}
