internal import HostCollection
internal import HostModel
internal import Synchronization
internal import SystemIO

/// A recorded host of which some files are not there, or say something else.
final class ChangedSource: HostSource {
  private let base: any HostSource
  private let missing: Set<String>
  private let texts: [String: String]
  private let seen = Mutex<Set<String>>([])

  init(
    _ base: any HostSource,
    without missing: Set<String> = [],
    saying texts: [String: String] = [:]
  ) {
    self.base = base
    self.missing = missing
    self.texts = texts
  }

  /// What was read and was there.
  var read: [String] { seen.withLock { $0.sorted() } }

  var description: SourceDescription { base.description }
  var substitutes: [Substitute] { base.substitutes }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    if missing.contains(path) { throw .missing }
    if let text = texts[path] {
      buffer = Array(text.utf8)
    } else {
      try base.read(path, limit: limit, into: &buffer)
    }
    seen.withLock { _ = $0.insert(path) }
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    if missing.contains(directory) { throw .missing }
    let names = try base.names(in: directory).filter { !missing.contains("\(directory)/\($0)") }
    seen.withLock { _ = $0.insert(directory) }
    return names
  }
}
