/// What the writer and the reader of bundles agree on; Documentation/sources.md describes it.
enum BundleFormat {
  static let schemaVersion: UInt64 = 2
  static let kind = "bundle"

  /// Texts that stand for many small files of a host, in a folder that no kernel has.
  static let memoryBlocks = "/\(CaptureManifest.folder)/memory-blocks"
  static let processes = "/\(CaptureManifest.folder)/processes"

  /// Whether a text begins as a bundle does, or as the snapshots of earlier versions did, which are
  /// refused with what to do about it.
  static func begins(_ head: [UInt8]) -> Bool {
    let start = head.prefix(256)
    return start.has("\"schemaVersion\"")
      && (start.has("\"bundle\"") || start.has("\"command\"") && start.has("\"capture\""))
  }
}
