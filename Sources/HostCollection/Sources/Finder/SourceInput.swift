internal import Glibc
internal import SystemIO

/// A file or standard input that was opened and begun, so that its content can tell what it is.
package final class SourceInput {
  /// As the user gave it.
  let path: String
  let descriptor: Int32
  /// The first bytes; a short file is here whole.
  package private(set) var head: [UInt8] = []

  /// For messages.
  var name: String { path == "-" ? "standard input" : path }

  /// Enough to see past a shell's preamble in a log, and a tar's first header.
  private static let headSize = 256 << 10

  package init(path: String) throws(CollectionError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
    } else {
      descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else {
        throw ReadFailure.last == .denied ? .sourceDenied(path) : .sourceMissing(path)
      }
    }
    while head.count < Self.headSize {
      guard try more(room: Self.headSize - head.count, &head) else { return }
    }
  }

  deinit { if path != "-" { close(descriptor) } }

  /// All bytes, where they are no more than `limit`.
  package func all(limit: Int) throws(CollectionError) -> [UInt8] {
    guard FileSystem.size(of: descriptor) ?? 0 <= limit else {
      throw .unreadable(path: name, .tooLarge(limit: limit))
    }
    var bytes = head
    while try more(room: 1 << 20, &bytes) {
      if bytes.count > limit { throw .unreadable(path: name, .tooLarge(limit: limit)) }
    }
    return bytes
  }

  /// Replaces what is in `buffer` by the next piece behind the head; false at the end.
  func next(into buffer: inout [UInt8]) throws(CollectionError) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    return try more(room: 1 << 20, &buffer)
  }

  /// All of a file once more, up to what a log can be searched in; nil where it can't be read again.
  package func again() -> [UInt8]? {
    guard path != "-", FileSystem.isRegularFile(path) else { return nil }
    var bytes: [UInt8] = []
    guard (try? FileSystem.read(path, limit: 64 << 20, into: &bytes)) != nil else { return nil }
    return bytes
  }

  private func more(room: Int, _ bytes: inout [UInt8]) throws(CollectionError) -> Bool {
    do throws(ReadFailure) {
      return try FileSystem.readChunk(descriptor, room: room, appendingTo: &bytes) > 0
    } catch {
      throw .unreadable(path: name, error)
    }
  }
}
