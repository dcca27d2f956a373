internal import CArchive
internal import Glibc
internal import SystemIO

/// Writes a tar, packed with gzip or plain, that is at its place when all is there. Every unsafe call of libarchive's writing half is in this file.
@safe final class CaptureArchive {
  struct Failure: Error {
    var why: String
  }

  private let archive: OpaquePointer
  /// Nil where the bytes go to standard output.
  private let file: AtomicFile?

  /// Begins the file, for its owner alone; `-` is standard output. A file of that name is replaced by
  /// `finish`.
  init(path: String) throws(Failure) {
    do throws(AtomicFile.Failure) {
      file = path == "-" ? nil : try AtomicFile(path, mode: .ownerOnly)
    } catch {
      throw Failure(why: error.why)
    }
    guard let archive = unsafe archive_write_new() else { throw Failure(why: "out of memory") }
    unsafe self.archive = unsafe archive
    let descriptor = file?.descriptor ?? STDOUT_FILENO
    let isPacked: Int32 = path.hasSuffix(".tar") ? 0 : 1
    guard unsafe zonewise_archive_format(archive, isPacked) != 0 else { throw failure() }
    guard unsafe archive_write_open_fd(archive, descriptor) == ZONEWISE_ARCHIVE_OK else {
      throw failure()
    }
  }

  deinit { unsafe archive_write_free(archive) }

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
    do throws(AtomicFile.Failure) { try file?.commit() } catch { throw Failure(why: error.why) }
  }

  private func failure() -> Failure {
    // Above zero it is what the system said; else it is libarchive's own.
    let code = unsafe archive_errno(archive)
    if code > 0 {
      return Failure(why: file.map { $0.failure(code).why } ?? StandardDescriptors.failure(code))
    }
    // libarchive's text is NUL-terminated and lives until its next call.
    guard let text = unsafe archive_error_string(archive) else {
      return Failure(why: "can't be written")
    }
    return Failure(why: unsafe String(cString: text))
  }
}
