package import KernelText
package import SourceText
package import SystemIO

/// Why nothing could be collected.
package enum CollectionError: Error, Hashable, Sendable, CustomStringConvertible {
  case sourceMissing(String)
  case sourceDenied(String)
  /// The source is there and is nothing that zonewise reads.
  case notASource(String)
  /// The one input without which nothing can be judged.
  case unreadable(path: String, ReadFailure)
  case refused(ParseError)
  /// zoneinfo in parts, or with less than the rest of the host says there is: what was read of it.
  case zones(ZoneList)

  /// An archive that is damaged, or that holds something that is not read; the entry where known.
  case archive(path: String, entry: String?, why: String)
  /// A bundle, or a line of them, that is damaged or something else.
  case bundle(LocatedError)
  /// The source is understood, and is not what this command reads.
  case otherKind(path: String, what: String)
  /// What the source was seen to be, which no command reads alone.
  case recognized(path: String, RecognizedText)

  package var description: String {
    switch self {
    case .sourceMissing(let path): "\(path): no such file or directory"
    case .sourceDenied(let path): "\(path): permission denied; run as a user who may read it"
    case .notASource(let path): "\(path): \(RecognizedText.nothing)"
    case .unreadable(let path, let failure): "\(path): \(failure)"
    case .archive(let path, nil, let why): "\(path): \(why)"
    case .archive(let path, let entry?, let why): "\(path): \(entry.printable): \(why)"
    case .bundle(let error): error.description
    case .otherKind(let path, let what): "\(path): \(what)"
    case .recognized(let path, let text): "\(path): \(text.words)"
    case .refused(let error): error.description
    case .zones(let list):
      "\(list.why.map { "\($0)" } ?? "") (zonewise advise lists the zones that were read)"
    }
  }
}
