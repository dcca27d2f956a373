internal import SystemPackage

/// A file or a pipe, read piece by piece: nothing of its size is ever held.
package struct ChunkReader: ~Copyable {
  private let file: FileDescriptor
  private let isOwned: Bool

  /// Opens a file; `-` is standard input.
  package init(_ path: String) throws(ReadFailure) {
    isOwned = path != "-"
    file = isOwned ? try FileSystem.open(path, nonBlocking: false) : .standardInput
  }

  deinit { if isOwned { file.closeRead() } }

  /// For messages and for what reads by itself.
  package var descriptor: Int32 { file.rawValue }

  /// Replaces what is in `buffer` by the next piece; false at the end.
  package func next(into buffer: inout [UInt8]) throws(ReadFailure) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    return try more(room: 1 << 20, appendingTo: &buffer)
  }

  /// Appends the next piece; false at the end.
  package func more(room: Int, appendingTo buffer: inout [UInt8]) throws(ReadFailure) -> Bool {
    try FileSystem.readChunk(file.rawValue, room: room, appendingTo: &buffer) > 0
  }

  /// Everything that is left, refused where it is more than `limit`.
  package func all(limit: Int) throws(ReadFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while try more(room: 64 << 10, appendingTo: &bytes) {
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
    return bytes
  }
}
