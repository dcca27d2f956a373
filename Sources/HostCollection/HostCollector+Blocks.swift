internal import HostModel
internal import KernelText

extension HostCollector {
  /// Memory blocks with their states, zones and nodes.
  mutating func readMemoryBlocks() {
    let folder = HostInput.memory.path
    let blockSize = attempt(HostInput(path: folder + "/block_size_bytes", effect: nil)) {
      text, file throws(ParseError) in try MemoryBlockText.blockSize(text, file: file)
    }
    guard case .known(let size) = blockSize else {
      snapshot.memoryBlocks = blockSize.map { _ in fatalBlockTable }
      return
    }
  }
}
