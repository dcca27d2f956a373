internal import Glibc
internal import SystemPackage

/// Why a file or directory could not be read.
package enum ReadFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case missing
  case denied
  case tooLarge(limit: Int)
  /// A link that leads out of the tree.
  case outside
  case notAFile
  case failed(String)

  /// What the last system call said.
  package static var last: ReadFailure { ReadFailure(Errno(rawValue: errno)) }

  init(_ error: any Error) {
    self =
      switch error as? Errno {
      case .noSuchFileOrDirectory, .notDirectory: .missing
      // What went away between open(2) and read(2): a process, a device, a memory block.
      case .noSuchProcess, .operationNotSupportedByDevice: .missing
      case .permissionDenied, .notPermitted: .denied
      case .isDirectory: .notAFile
      default: .failed("\(error)")
      }
  }

  package var description: String {
    switch self {
    case .missing: "not there"
    case .denied: "permission denied"
    case .tooLarge(let limit): "larger than \(limit >> 20) MiB"
    case .outside: "a link out of the tree, not followed"
    case .notAFile: "not a regular file"
    case .failed(let cause): cause
    }
  }
}
