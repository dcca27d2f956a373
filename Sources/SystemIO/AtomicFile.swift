internal import Glibc
internal import SystemPackage

/// A file that the user asked for: it grows beside its place, and is renamed once it is whole.
///
/// One that is given up leaves nothing behind, nor does one whose process is ended by a signal. A
/// class, for it owns a descriptor and a name.
package final class AtomicFile {
  /// Why a file could not be written.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var why: String

    package var description: String { "\(path): \(why)" }
  }

  /// Who may read and write the file.
  package enum Mode: Hashable, Sendable {
    /// That of the file in its place; of a new one, what the process's umask leaves.
    case ordinary
    /// The owner alone, whatever the umask and the file in its place say.
    case ownerOnly
  }

  private let path: String
  private let mode: FilePermissions
  private let file: FileDescriptor
  /// Nil once the file is in its place.
  private var temporary: TemporaryName?

  /// Opens the temporary file. A link or a device in the file's place is refused, not followed.
  ///
  /// To be called while the process has one thread: the mode of new files is read by setting it.
  package init(_ path: String, mode: Mode = .ordinary) throws(Failure) {
    self.path = path
    let existing = try Self.existingMode(path)
    self.mode =
      switch mode {
      case .ownerOnly: .ownerReadWrite
      case .ordinary: existing ?? Self.newFileMode()
      }
    (file, temporary) = try Self.create(beside: path)
  }

  deinit {
    // A file that is given up has nothing to lose.
    try? file.close()
    temporary?.remove()
  }

  /// The descriptor that the bytes go to.
  package var descriptor: Int32 { file.rawValue }

  package func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw Self.failure(path, error)
    }
  }

  /// Puts the file in its place.
  package func commit() throws(Failure) {
    guard let temporary else { return }
    guard fchmod(file.rawValue, mode.rawValue) == 0, fsync(file.rawValue) == 0,
      temporary.rename(to: path)
    else { throw Self.failure(path, Errno(rawValue: errno)) }
    self.temporary = nil
  }

  /// Writes a whole file.
  package static func write(
    _ bytes: [UInt8],
    to path: String,
    mode: Mode = .ordinary
  ) throws(Failure) {
    let file = try AtomicFile(path, mode: mode)
    try file.write(bytes)
    try file.commit()
  }

  // MARK: The place

  /// The mode of the regular file in that place; nil where there is nothing.
  private static func existingMode(_ path: String) throws(Failure) -> FilePermissions? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFLNK ? "a link" : "no regular file"
      throw Failure(path: path, why: "\(kind); name the file itself")
    }
    return FilePermissions(rawValue: status.st_mode & 0o777)
  }

  private static func newFileMode() -> FilePermissions {
    let mask = umask(0o077)
    umask(mask)
    return FilePermissions(rawValue: 0o666 & ~mask)
  }

  /// A new file beside the place. Where the name is taken (by an earlier process of that number, which
  /// was killed), the next one is tried: somebody's file is never overwritten.
  private static func create(
    beside path: String
  ) throws(Failure) -> (FileDescriptor, TemporaryName) {
    let blocked = SignalCleanup.block()
    defer { SignalCleanup.unblock(blocked) }
    for attempt in 0..<100 {
      let name = "\(path).zonewise-\(getpid())" + (attempt == 0 ? "" : "-\(attempt)")
      do {
        let file = try FileDescriptor.open(
          FilePath(name),
          .writeOnly,
          options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
          permissions: .ownerReadWrite
        )
        return (file, TemporaryName(name))
      } catch Errno.fileExists {
        continue
      } catch {
        throw failure(path, error)
      }
    }
    throw failure(path, Errno.fileExists)
  }

  private static func failure(_ path: String, _ error: any Error) -> Failure {
    guard let error = error as? Errno, error == .noSuchFileOrDirectory else {
      return Failure(path: path, why: "\(error)")
    }
    return Failure(path: path, why: "there is no folder for it; make it first")
  }
}
