internal import Glibc

/// A file whose bytes the user hands over: by name, or `-` for standard input.
enum InputFile {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Its bytes, unchanged. Pipes are read as well, so that a shell's `<(…)` works.
  static func bytes(_ path: String, limit: Int = 16 << 20) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        // read(2) writes at most the buffer's own count.
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw Failure(description: "\(path): larger than \(limit >> 20) MiB")
      }
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
  }
}
