internal import HostModel
internal import SystemIO

/// Puts everything that advice is made from into one file for another machine: an archive of the files
/// as they are, or a bundle, which is one line of JSON.
package enum Capture {
  /// What a capture is to hold.
  package struct Request: Sendable {
    /// The version of zonewise that takes it.
    package var tool: String
    package var isRedacted = false
    /// Leaves out what advice never needs.
    package var isSlim = false
    package var collection = CollectionOptions()

    package init(tool: String) { self.tool = tool }
  }

  package struct Summary: Sendable {
    package var files: Int
    package var bytes: Int
    package var unreadable: [String]
  }

  /// Collects from `source` and writes what was read as an archive to `path` (`-`: standard output).
  package static func write(
    _ source: any HostSource,
    to path: String,
    _ request: Request
  ) throws(CollectionError) -> Summary {
    let host = try CapturedHost(source, request)
    let name = request.isRedacted ? "redacted" : fileName(host.snapshot.hostName.value ?? "host")
    var entries: [(path: String, contents: [UInt8]?)] = [
      (CaptureManifest.path, Array(host.manifest.text.utf8))
    ]
    entries += host.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    entries += host.emptyFolders.map { ($0, nil) }
    do throws(CaptureArchive.Failure) {
      let archive = try CaptureArchive(path: path)
      for entry in entries {
        try archive.add("zonewise-\(name)\(entry.path)", contents: entry.contents, time: host.time)
      }
      try archive.finish()
    } catch {
      throw .unreadable(path: path == "-" ? "standard output" : path, .failed(error.why))
    }
    return host.summary
  }

  /// Collects from `source` and gives what was read as a bundle: one line with its newline.
  package static func bundle(
    _ source: any HostSource,
    _ request: Request
  ) throws(CollectionError) -> (line: [UInt8], summary: Summary) {
    var host = try CapturedHost(source, request)
    host.fold()
    return (BundleWriter.line(host), host.summary)
  }

  /// The live host, read the way its capture will be.
  package static var liveRoot: (any HostSource)? { DirectoryRoot(path: "/") }

  /// A host's name as part of a path: letters, digits, dots and dashes.
  private static func fileName(_ name: String) -> String {
    String(
      name.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
    )
  }
}
