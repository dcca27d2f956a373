/// A file that the user asked for: there whole or not at all.
package enum OutputFile {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  /// Writes beside the file and renames. A link or a device in its place is refused, not followed.
  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = try AtomicFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
