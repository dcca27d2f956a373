internal import Glibc

/// The few system calls that reading takes. All unsafe buffers of this target's IO are here.
enum FileSystem {
  /// Reads a regular file whole. Its size is not asked for first: files in /proc have none.
  static func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    buffer.removeAll(keepingCapacity: true)
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    var room = max(buffer.capacity, 4096, min(Int(status.st_size) + 1, limit + 1))
    while true {
      let start = buffer.count
      let count = readChunk(descriptor, room: room, appendingTo: &buffer)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      if count == 0 { return }
      guard buffer.count <= limit else {
        buffer.removeAll(keepingCapacity: false)
        throw .tooLarge(limit: limit)
      }
      if buffer.count == start + room { room = min(buffer.count, limit + 1) }
    }
  }

  /// Appends one read's bytes; what read(2) returned.
  static func readChunk(
    _ descriptor: Int32,
    room: Int,
    appendingTo buffer: inout [UInt8]
  ) -> Int {
    let old = buffer.count
    buffer.reserveCapacity(old + room)
    var count = 0
    // The array has room for `old + room` bytes, and read(2) writes at most `room` behind `old`.
    buffer.append(addingCapacity: room) { output in
      unsafe output.withUnsafeMutableBufferPointer { pointer, initialized in
        guard let base = pointer.baseAddress else { return }
        count = unsafe Glibc.read(descriptor, base + initialized, room)
        initialized += max(0, count)
      }
    }
    return count
  }

  /// The names in a directory without `.` and `..`.
  static func names(in path: String) throws(ReadFailure) -> [String] {
    guard let directory = unsafe opendir(path) else { throw failure() }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      // d_name is NUL-terminated and lives until the next readdir.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The size of an open regular file; nil for a pipe, a terminal or a device.
  static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The path with every link resolved, nil where it does not exist.
  static func resolved(_ path: String) -> String? {
    // realpath allocates the result, which is freed here.
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  static func failure() -> ReadFailure {
    switch errno {
    case ENOENT, ENOTDIR: .missing
    case EACCES, EPERM: .denied
    case EISDIR: .notAFile
    case let code: .failed(unsafe String(cString: strerror(code)))
    }
  }
}
