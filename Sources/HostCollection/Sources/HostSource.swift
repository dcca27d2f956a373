package import HostModel
package import SystemIO

/// Where a host's files come from: the one seam between zonewise and the outside.
///
/// Paths are absolute as on the host (`/proc/zoneinfo`), wherever the bytes really are.
package protocol HostSource: Sendable {
  var description: SourceDescription { get }
  /// Files that are not the host's own but stand in for some that this source lacks.
  var substitutes: [Substitute] { get }

  /// When the files were taken, in seconds since 1970; nil where the source does not tell.
  var taken: Int64? { get }

  /// Reads a whole file into `buffer`, in place of what was there.
  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure)

  /// The names in a directory, in no order.
  func names(in directory: String) throws(ReadFailure) -> [String]

  /// The path under which the user finds what is read as `path`.
  func displayPath(_ path: String) -> String

  /// The flags of each page frame, /proc/kpageflags: too large to be read whole or to be captured.
  func pageFlags() throws(ReadFailure) -> PageFlagsFile

  /// Nodes by libnuma's account; nil where it knows nothing of this host.
  func nodes() -> [LibNUMA.Node]?
}

extension HostSource {
  package var substitutes: [Substitute] { [] }

  /// As a capture's manifest says.
  package var taken: Int64? {
    var manifest: [UInt8] = []
    guard (try? read(CaptureManifest.path, limit: 4 << 20, into: &manifest)) != nil else {
      return nil
    }
    return CaptureManifest.taken(in: manifest)
  }

  package func displayPath(_ path: String) -> String { description.path + path }
  package func pageFlags() throws(ReadFailure) -> PageFlagsFile { throw .missing }
  package func nodes() -> [LibNUMA.Node]? { nil }

  /// Whether what is read changes meanwhile.
  var isRunning: Bool { description.kind == .live }
}
