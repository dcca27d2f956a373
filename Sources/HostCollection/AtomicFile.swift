internal import Glibc

/// A file that grows beside the place where it is wanted, and is renamed once it is whole.
///
/// One that is given up leaves nothing behind. A class, for it owns a descriptor and a name.
package final class AtomicFile {
  private let path: String
  private let temporary: String
  private let mode: mode_t
  private var descriptor: Int32
  private var isCommitted = false

  /// Opens the temporary file. A link or a device in the file's place is refused, not followed.
  ///
  /// To be called while the process has one thread: the mode of new files is read by setting it.
  package init(_ path: String) throws(OutputFile.Failure) {
    self.path = path
    var status = stat()
    if unsafe lstat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        let kind = status.st_mode & S_IFMT == S_IFLNK ? "a link" : "no regular file"
        throw OutputFile.Failure(description: "\(path): \(kind); name the file itself")
      }
      mode = status.st_mode & 0o777
    } else {
      mode = 0o666 & ~Self.currentMask()
    }
    temporary = "\(path).zonewise-\(getpid())"
    descriptor = unsafe open(
      temporary,
      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      0o600
    )
    guard descriptor >= 0 else {
      // Somebody else's file of that name is not ours to remove.
      isCommitted = true
      throw Self.failure(path)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isCommitted { unsafe unlink(temporary) }
  }

  package func write(_ bytes: [UInt8]) throws(OutputFile.Failure) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // `start` is below the count, so the base address is there and the range is inside.
        unsafe Glibc.write(
          descriptor,
          buffer.baseAddress.map { unsafe $0 + start },
          buffer.count - start
        )
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      start += count
    }
  }

  /// Puts the file in its place.
  package func commit() throws(OutputFile.Failure) {
    guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0,
      unsafe rename(temporary, path) == 0
    else { throw Self.failure(path) }
    isCommitted = true
  }

  private static func currentMask() -> mode_t {
    let mask = umask(0o077)
    umask(mask)
    return mask
  }

  private static func failure(_ path: String) -> OutputFile.Failure {
    OutputFile.Failure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
  }
}
