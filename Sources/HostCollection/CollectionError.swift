package import KernelText

/// Why nothing could be collected.
package enum CollectionError: Error, Hashable, Sendable, CustomStringConvertible {
  case sourceMissing(String)
  case sourceDenied(String)
  /// The source is there and is nothing that zonewise reads.
  case notASource(String)
  /// The one input without which nothing can be judged.
  case unreadable(path: String, ReadFailure)
  case refused(ParseError)
  /// zoneinfo holds less than the rest of the host says there is.
  case partial(file: String, what: String)

  package var description: String {
    switch self {
    case .sourceMissing(let path): "\(path): no such file or directory"
    case .sourceDenied(let path): "\(path): permission denied; run as a user who may read it"
    case .notASource(let path):
      "\(path): neither a host's root (a directory with proc/ or sys/) nor a /proc/zoneinfo"
    case .unreadable(let path, let failure): "\(path): \(failure)"
    case .refused(let error): error.description
    case .partial(let file, let what): "\(file): \(what); take the whole file again"
    }
  }
}
