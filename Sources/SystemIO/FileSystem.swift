internal import Glibc
internal import SystemPackage

/// Reading files and directories by their paths.
package enum FileSystem {
  /// Reads a regular file whole. Its size is not asked for first: files in /proc have none.
  package static func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    buffer.removeAll(keepingCapacity: true)
    let file = try open(path, nonBlocking: true)
    defer { file.closeRead() }
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    var room = max(buffer.capacity, 4096, min(Int(status.st_size) + 1, limit + 1))
    while true {
      let start = buffer.count
      guard try readChunk(file.rawValue, room: room, appendingTo: &buffer) > 0 else { return }
      guard buffer.count <= limit else {
        buffer.removeAll(keepingCapacity: false)
        throw .tooLarge(limit: limit)
      }
      if buffer.count == start + room { room = min(buffer.count, limit + 1) }
    }
  }

  /// When a file's contents changed last, in seconds since 1970; nil where it can't be asked.
  package static func modified(_ path: String) -> Int64? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec)
  }

  static func open(_ path: String, nonBlocking: Bool) throws(ReadFailure) -> FileDescriptor {
    var options: FileDescriptor.OpenOptions = [.closeOnExec]
    // A terminal that is opened must not become ours.
    options.insert(FileDescriptor.OpenOptions(rawValue: O_NOCTTY))
    if nonBlocking { options.insert(.nonBlocking) }
    do {
      return try FileDescriptor.open(FilePath(path), .readOnly, options: options)
    } catch {
      throw ReadFailure(error)
    }
  }

  /// Appends one read's bytes, from where the file stands or from an offset; how many there were,
  /// none at the end.
  package static func readChunk(
    _ descriptor: Int32,
    at offset: Int? = nil,
    room: Int,
    appendingTo buffer: inout [UInt8]
  ) throws(ReadFailure) -> Int {
    let old = buffer.count
    buffer.reserveCapacity(old + room)
    var result: Result<Int, ReadFailure> = .success(0)
    // The array has room for `old + room` bytes, and at most `room` are written behind `old`.
    buffer.append(addingCapacity: room) { output in
      unsafe output.withUnsafeMutableBufferPointer { pointer, initialized in
        guard let base = pointer.baseAddress else { return }
        do {
          let file = FileDescriptor(rawValue: descriptor)
          let target = unsafe UnsafeMutableRawBufferPointer(start: base + initialized, count: room)
          let count =
            if let offset {
              try unsafe file.read(fromAbsoluteOffset: Int64(offset), into: target)
            } else {
              try unsafe file.read(into: target)
            }
          initialized += count
          result = .success(count)
        } catch {
          result = .failure(ReadFailure(error))
        }
      }
    }
    return try result.get()
  }

  /// The names in a directory without `.` and `..`.
  package static func names(in path: String) throws(ReadFailure) -> [String] {
    guard let directory = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while true {
      // Only errno tells the end from a failure.
      errno = 0
      guard let entry = unsafe readdir(directory) else {
        guard errno == 0 else { throw .last }
        return names
      }
      // d_name is NUL-terminated and lives until the next readdir.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// The size of an open regular file; nil for a pipe, a terminal or a device.
  package static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The path with every link resolved, nil where it does not exist.
  package static func resolved(_ path: String) -> String? {
    // realpath allocates the result, which is freed here.
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// A path's folder with a slash at its end; empty for the current one.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}

extension FileDescriptor {
  /// Closes what was only read: nothing can be lost.
  func closeRead() { try? close() }
}
