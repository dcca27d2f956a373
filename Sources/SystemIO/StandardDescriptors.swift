internal import Glibc
internal import SystemPackage

/// Standard input, output and error of the process.
package enum StandardDescriptors {
  /// Puts something in the place of those that the process was started without.
  ///
  /// The first file that is opened would else be taken for standard output, and what is printed would
  /// go into it. What stands there now refuses to be read, or to be written to.
  package static func fill() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      let way = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY
      // The lowest free number is taken, which is this one.
      _ = unsafe open("/dev/null", way)
    }
  }

  /// Why one of them could not be written to, by errno.
  package static func failure(_ code: Int32) -> String {
    code == EBADF ? "not open for writing" : "\(Errno(rawValue: code))"
  }
}
