internal import Glibc

/// A file that is either there as a whole or not at all.
package enum OutputFile {
  /// Writes under a temporary name in the same directory, then renames; never through a link.
  package static func write(_ bytes: [UInt8], to path: String) throws(CollectionError) {
    var status = stat()
    if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .unreadable(path: path, .failed("it exists and is not a regular file"))
    }
    let temporary = "\(path).\(getpid()).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe Glibc.open(temporary, flags, 0o600)
    guard descriptor >= 0 else { throw .unreadable(path: path, FileSystem.failure()) }
    defer { close(descriptor) }
    var start = 0
    while start < bytes.count {
      // `start` is below the count, so the rest of the buffer is inside it.
      let count = unsafe bytes[start...].withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failed(temporary, path) }
      start += count
    }
    guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
      throw failed(temporary, path)
    }
  }

  private static func failed(_ temporary: String, _ path: String) -> CollectionError {
    let failure = FileSystem.failure()
    unsafe unlink(temporary)
    return .unreadable(path: path, failure)
  }
}
