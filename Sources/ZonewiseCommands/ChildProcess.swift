internal import Glibc

/// A program whose output is wanted. Only git is run, and only to ask what has changed.
enum ChildProcess {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// What a program on the PATH writes to standard output; its messages go to ours.
  static func output(_ program: String, _ arguments: [String]) throws(Failure) -> [UInt8] {
    var ends: [Int32] = [-1, -1]
    // pipe fills both elements.
    guard unsafe pipe(&ends) == 0 else { throw failure(program) }
    let (reading, writing) = (ends[0], ends[1])
    // The child gets a copy of one end as its standard output, and neither of these.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(reading) }
    var child: pid_t = 0
    let code = spawn(program, arguments, writing, &child)
    close(writing)
    guard code == 0 else {
      errno = code
      throw failure(program)
    }
    let bytes = readAll(reading)
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      let line = ([program] + arguments).joined(separator: " ")
      throw Failure(description: "\(line) failed; its message is above")
    }
    return bytes
  }

  private static func spawn(
    _ program: String,
    _ arguments: [String],
    _ output: Int32,
    _ child: inout pid_t
  ) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // strdup's copies live until they are freed below, and the list ends in nil.
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    defer { unsafe words.forEach { unsafe free($0) } }
    let list = unsafe words + [nil]
    return unsafe posix_spawnp(&child, program, &actions, nil, list, environ)
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        // read(2) writes at most the buffer's own count.
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  private static func failure(_ program: String) -> Failure {
    Failure(description: "\(program): \(unsafe String(cString: strerror(errno)))")
  }
}
