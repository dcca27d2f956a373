internal import Glibc

/// An input as a file that has a path and no place on a disk.
enum MemoryFile {
  private static let descriptor = unsafe memfd_create("input", UInt32(MFD_CLOEXEC))

  /// The path under which the bytes can be opened until the next call.
  static func path(of bytes: [UInt8]) -> String {
    ftruncate(descriptor, 0)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    return "/proc/self/fd/\(descriptor)"
  }
}
