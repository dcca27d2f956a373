package import HostModel

/// One line of a stream of bundles, which any thread can read.
package struct BundleLine: Sendable {
  package let bytes: [UInt8]
  package let file: String
  package let number: Int

  /// The same line as a part of a longer stream.
  package func moved(by lines: Int, in file: String) -> BundleLine {
    BundleLine(bytes: bytes, file: file, number: number + lines)
  }

  /// The host that the line holds, collected.
  package func snapshot(
    options: CollectionOptions = CollectionOptions()
  ) throws(CollectionError) -> HostSnapshot {
    try HostCollector.collect(from: try source(), options: options)
  }

  /// The files that the line holds.
  package func source() throws(CollectionError) -> BundleSource {
    try BundleSource(bytes, path: file, name: file, line: number)
  }
}
