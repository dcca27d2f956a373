internal import SystemIO

/// One host of a stream of bundles, or one class of a spec, as reports name it: `fleet.ndjson:17`.
package enum StreamPlace {
  /// The file and the line; nil where it is no such name, or a file has that name.
  package static func split(_ path: String) -> (file: String, line: Int)? {
    guard let mark = path.lastIndex(of: ":"), mark != path.startIndex,
      let line = Int(path[path.index(after: mark)...]), line > 0, !FileSystem.exists(path)
    else { return nil }
    let file = String(path[..<mark])
    return FileSystem.isRegularFile(file) ? (file, line) : nil
  }
}
