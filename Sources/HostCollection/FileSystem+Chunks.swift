internal import Glibc

/// A file or a pipe, read piece by piece: nothing of its size is ever held.
package struct ChunkReader: ~Copyable {
  private let descriptor: Int32
  private let isOwned: Bool

  /// Opens a file; `-` is standard input.
  package init(_ path: String) throws(ReadFailure) {
    guard path != "-" else {
      descriptor = STDIN_FILENO
      isOwned = false
      return
    }
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard opened >= 0 else { throw FileSystem.failure() }
    descriptor = opened
    isOwned = true
  }

  deinit { if isOwned { close(descriptor) } }

  /// Replaces what is in `buffer` by the next piece; false at the end.
  package func next(into buffer: inout [UInt8]) throws(ReadFailure) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    while true {
      let count = FileSystem.readChunk(descriptor, room: 1 << 20, appendingTo: &buffer)
      if count > 0 { return true }
      if count == 0 { return false }
      if errno != EINTR { throw FileSystem.failure() }
    }
  }
}
