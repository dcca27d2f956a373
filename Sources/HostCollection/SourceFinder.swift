internal import HostModel

/// Finds out what a SOURCE is, by its content.
package enum SourceFinder {
  /// The source behind a path; nil stands for the live host.
  package static func source(_ path: String?) throws(CollectionError) -> any HostSource {
    guard let path, !path.isEmpty else { return DirectoryRoot.live }
    guard FileSystem.exists(path) else {
      throw errorForMissing(path)
    }
    if FileSystem.isDirectory(path) {
      guard let root = DirectoryRoot(path: path) else { throw .notASource(path) }
      return root
    }
    return try SingleFile(path: path)
  }

  private static func errorForMissing(_ path: String) -> CollectionError {
    FileSystem.failure() == .denied ? .sourceDenied(path) : .sourceMissing(path)
  }
}

/// One file that stands for a host: a copy of /proc/zoneinfo.
struct SingleFile: HostSource {
  let description: SourceDescription
  private let path: String

  init(path: String) throws(CollectionError) {
    self.path = path
    description = SourceDescription(kind: .directory, path: path)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    guard path == HostInput.zoneinfo.path else { throw .missing }
    try FileSystem.read(self.path, limit: limit, into: &buffer)
  }

  func names(in directory: String) throws(ReadFailure) -> [String] { throw .missing }

  func displayPath(_ path: String) -> String { self.path }
}
