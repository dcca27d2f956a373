internal import Glibc
internal import SystemPackage

/// A program whose output is wanted. Only git is run, and only to ask what has changed.
package enum ChildProcess {
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// What a program on the PATH writes to standard output; its messages go to ours. `NAME=VALUE` of the
  /// environment come before what this process has.
  package static func output(
    _ program: String,
    _ arguments: [String],
    environment: [String] = []
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    let child: pid_t
    do {
      // The child gets a copy of one end as its standard output, and neither of these.
      let (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
      defer { reading.closeRead() }
      do {
        child = try spawn(program, arguments, environment, writing)
      } catch {
        try writing.close()
        throw error
      }
      try writing.close()
      while try FileSystem.readChunk(reading.rawValue, room: 64 << 10, appendingTo: &bytes) > 0 {}
    } catch {
      throw Failure(description: "\(program): \(error)")
    }
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
    _ environment: [String],
    _ output: FileDescriptor
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)
    // strdup's copies live until they are freed below, and the list ends in nil.
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    defer { unsafe words.forEach { unsafe free($0) } }
    let list = unsafe words + [nil]
    let own = unsafe environment.map { unsafe strdup($0) }
    defer { unsafe own.forEach { unsafe free($0) } }
    // The first of a name counts. The list that we were given ends in nil, too.
    var all = unsafe own
    var place = unsafe environ
    while let entry = unsafe place.pointee {
      unsafe all.append(entry)
      unsafe place += 1
    }
    unsafe all.append(nil)
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, program, &actions, nil, list, all)
    guard code == 0 else { throw Errno(rawValue: code) }
    return child
  }
}
