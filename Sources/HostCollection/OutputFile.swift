internal import Glibc

/// A file that the user asked for: there whole or not at all.
package enum OutputFile {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Writes beside the file and renames. A link or a device in its place is refused, not followed.
  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    var mode: mode_t = 0o666 & ~currentMask()
    var status = stat()
    if unsafe lstat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        let kind = status.st_mode & S_IFMT == S_IFLNK ? "a link" : "no regular file"
        throw Failure(description: "\(path): \(kind); name the file itself")
      }
      mode = status.st_mode & 0o777
    }
    let temporary = "\(path).zonewise-\(getpid())"
    let descriptor = unsafe open(
      temporary,
      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      0o600
    )
    guard descriptor >= 0 else { throw failure(path) }
    let isWritten =
      writeAll(bytes, descriptor) && fchmod(descriptor, mode) == 0
      && fsync(descriptor) == 0
    let error = errno
    close(descriptor)
    guard isWritten, unsafe rename(temporary, path) == 0 else {
      let code = isWritten ? errno : error
      unsafe unlink(temporary)
      errno = code
      throw failure(path)
    }
  }

  /// The process has one thread here, so setting the mask for a moment races with nobody.
  private static func currentMask() -> mode_t {
    let mask = umask(0o077)
    umask(mask)
    return mask
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
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
      guard count > 0 else { return false }
      start += count
    }
    return true
  }

  private static func failure(_ path: String) -> Failure {
    Failure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
  }
}
