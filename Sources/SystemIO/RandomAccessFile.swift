internal import SystemPackage

/// A regular file of which pieces are read as they are asked for, in any order.
package final class RandomAccessFile: Sendable {
  private let file: FileDescriptor
  /// Bytes that it had when it was opened.
  package let size: Int

  package init(_ path: String) throws(ReadFailure) {
    file = try FileSystem.open(path, nonBlocking: true)
    guard let size = FileSystem.size(of: file.rawValue) else {
      file.closeRead()
      throw .notAFile
    }
    self.size = size
  }

  deinit { file.closeRead() }

  /// The bytes of a range; fewer where the file ends in it.
  package func bytes(in range: Range<Int>) throws(ReadFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let count = try FileSystem.readChunk(
        file.rawValue,
        at: range.lowerBound + bytes.count,
        room: range.count - bytes.count,
        appendingTo: &bytes
      )
      if count == 0 { break }
    }
    return bytes
  }
}
