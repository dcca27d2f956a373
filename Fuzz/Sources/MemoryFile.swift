internal import Glibc

/// An input as a file that has a path and no place on a disk.
enum MemoryFile {
  private static let descriptor: Int32 = {
    var name = Array("/dev/shm/zonewise-fuzz-XXXXXX\0".utf8CString)
    // mkstemp writes into the name's own bytes.
    let descriptor = unsafe mkstemp(&name)
    unsafe unlink(name)
    return descriptor
  }()

  /// The path under which the bytes can be opened until the next call.
  static func path(of bytes: [UInt8]) -> String {
    ftruncate(descriptor, 0)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    return "/proc/self/fd/\(descriptor)"
  }
}
