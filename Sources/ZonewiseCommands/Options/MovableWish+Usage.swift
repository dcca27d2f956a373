internal import HostModel

extension MovableWish {
  /// Refuses a size that no boundary between memory blocks can make.
  func holdAgainst(_ snapshot: HostSnapshot) throws(UsageFailure) {
    guard case .size(let size) = self, let block = snapshot.memoryBlocks.value?.blockSize,
      size < block
    else { return }
    throw UsageFailure(
      message: "--want \(size.text) is less than one memory block of this host (\(block.text)): "
        + "no less than a block can go offline"
    )
  }
}
