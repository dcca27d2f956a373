/// A file that the user named on the command line.
package enum UserFile {
  /// Its text; bytes that are not UTF-8 become U+FFFD.
  package static func text(_ path: String, limit: Int) throws(ReadFailure) -> String {
    var bytes: [UInt8] = []
    try FileSystem.read(path, limit: limit, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
