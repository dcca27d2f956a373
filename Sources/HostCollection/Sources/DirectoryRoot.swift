internal import Glibc
package import HostModel
package import SystemIO

/// A host's files under some directory: `/` for the live host, a copied or mounted root otherwise.
package struct DirectoryRoot: HostSource {
  package let description: SourceDescription
  /// What stands before every path; empty for the live host.
  private let prefix: String
  /// The root with all links resolved, that no file may lead out of; nil for the live host.
  private let boundary: String?

  /// This host.
  package static let live = DirectoryRoot(
    description: SourceDescription(kind: .live, path: ""),
    prefix: "",
    boundary: nil
  )

  private init(description: SourceDescription, prefix: String, boundary: String?) {
    self.description = description
    self.prefix = prefix
    self.boundary = boundary
  }

  /// A directory that holds `proc` or `sys`, itself or in its one top-level folder.
  ///
  /// Nil where it does not look like a host's root.
  package init?(path: String) {
    guard let root = Self.root(in: path), let resolved = FileSystem.resolved(root) else {
      return nil
    }
    self.init(
      description: SourceDescription(kind: .directory, path: path),
      prefix: root,
      boundary: resolved == "/" ? "" : resolved
    )
  }

  private static func root(in path: String) -> String? {
    func isRoot(_ path: String) -> Bool {
      FileSystem.isDirectory(path + "/proc") || FileSystem.isDirectory(path + "/sys")
    }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if isRoot(path) { return path }
    let folders = ((try? FileSystem.names(in: path)) ?? []).map { path + "/" + $0 }.filter(isRoot)
    return folders.count == 1 ? folders.first : nil
  }

  package func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    try FileSystem.read(try resolved(path), limit: limit, into: &buffer)
  }

  package func names(in directory: String) throws(ReadFailure) -> [String] {
    try FileSystem.names(in: try resolved(directory))
  }

  package func nodes() -> [LibNUMA.Node]? {
    description.kind == .live ? LibNUMA.nodes() : nil
  }

  package func pageFlags() throws(ReadFailure) -> PageFlagsFile {
    try PageFlagsFile(path: try resolved(HostInput.pageFlags.path))
  }

  /// The real path, refused where links lead out of the root.
  private func resolved(_ path: String) throws(ReadFailure) -> String {
    let full = prefix + path
    guard let boundary else { return full }
    guard let real = FileSystem.resolved(full) else {
      throw errno == EACCES ? .denied : .missing
    }
    guard real.hasPrefix(boundary + "/") else { throw .outside }
    return real
  }
}
