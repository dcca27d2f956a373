package import SystemIO

/// A file that the user named on the command line.
package enum UserFile {
  /// Its text; bytes that are not UTF-8 become U+FFFD.
  package static func text(_ path: String, limit: Int) throws(ReadFailure) -> String {
    var bytes: [UInt8] = []
    try FileSystem.read(path, limit: limit, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Its bytes.
  package static func bytes(_ path: String, limit: Int) throws(ReadFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try FileSystem.read(path, limit: limit, into: &bytes)
    return bytes
  }

  /// The first bytes of a file.
  package static func head(_ path: String, bytes count: Int) throws(ReadFailure) -> [UInt8] {
    let reader = try ChunkReader(path)
    var bytes: [UInt8] = []
    guard try reader.next(into: &bytes) else { return [] }
    return Array(bytes.prefix(count))
  }

  /// The first bytes of a file as text.
  package static func start(_ path: String, bytes count: Int) throws(ReadFailure) -> String {
    let reader = try ChunkReader(path)
    var bytes: [UInt8] = []
    guard try reader.next(into: &bytes) else { return "" }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  package static func isDirectory(_ path: String) -> Bool { FileSystem.isDirectory(path) }
}
