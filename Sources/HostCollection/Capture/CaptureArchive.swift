internal import CArchive
internal import Glibc

/// Writes a tar, packed with gzip or plain, under a temporary name that becomes the real one when
/// all is there. Every unsafe call of libarchive's writing half is in this file.
@safe final class CaptureArchive {
  struct Failure: Error {
    var why: String
  }

  private let archive: OpaquePointer
  private let descriptor: Int32
  private let path: String
  /// Nil where the bytes go to standard output, and once the file has its real name.
  private var temporary: String?

  /// Begins the file; `-` is standard output. A file of that name is replaced by `finish`.
  init(path: String) throws(Failure) {
    self.path = path
    if path == "-" {
      descriptor = STDOUT_FILENO
    } else {
      // A link or a device there would be replaced: what the user meant is not to be guessed.
      var status = stat()
      if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw Failure(why: "it exists and is not a regular file")
      }
      let name = "\(path).\(getpid()).tmp"
      // O_EXCL follows no link and takes no file that is there already.
      descriptor = unsafe Glibc.open(
        name,
        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
        0o600
      )
      guard descriptor >= 0 else { throw Failure(why: Self.systemError()) }
      temporary = name
    }
    guard let archive = unsafe archive_write_new() else { throw Failure(why: "out of memory") }
    unsafe self.archive = unsafe archive
    let isPacked: Int32 = path.hasSuffix(".tar") ? 0 : 1
    guard unsafe zonewise_archive_format(archive, isPacked) != 0 else { throw failure() }
    guard unsafe archive_write_open_fd(archive, descriptor) == ZONEWISE_ARCHIVE_OK else {
      throw failure()
    }
  }

  deinit {
    unsafe archive_write_free(archive)
    if let temporary {
      close(descriptor)
      unsafe unlink(temporary)
    }
  }

  /// Adds a file, or a directory where there are no contents.
  func add(_ name: String, contents: [UInt8]?, time: Int) throws(Failure) {
    guard let entry = unsafe archive_entry_new() else { throw Failure(why: "out of memory") }
    defer { unsafe archive_entry_free(entry) }
    let size = Int64(contents?.count ?? 0)
    unsafe zonewise_set_entry(entry, name, contents == nil ? 0 : 1, size, Int64(time))
    guard unsafe archive_write_header(archive, entry) == ZONEWISE_ARCHIVE_OK else {
      throw failure()
    }
    guard let contents, !contents.isEmpty else { return }
    // libarchive reads `count` bytes of a buffer that has as many.
    let count = unsafe contents.withUnsafeBytes {
      unsafe archive_write_data(archive, $0.baseAddress, $0.count)
    }
    guard count == contents.count else { throw failure() }
  }

  /// Ends the archive and gives the file its name.
  func finish() throws(Failure) {
    guard unsafe archive_write_close(archive) == ZONEWISE_ARCHIVE_OK else { throw failure() }
    guard let temporary else { return }
    guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
      throw Failure(why: Self.systemError())
    }
    close(descriptor)
    self.temporary = nil
  }

  private func failure() -> Failure {
    // libarchive's text is NUL-terminated and lives until its next call.
    guard let text = unsafe archive_error_string(archive) else {
      return Failure(why: "can't be written")
    }
    return Failure(why: unsafe String(cString: text))
  }

  private static func systemError() -> String { unsafe String(cString: strerror(errno)) }
}
