package import HostModel
package import SourceText

extension YAMLMapping {
  /// A size such as `512MiB`.
  package func size(_ key: String) throws(LocatedError) -> ByteCount? {
    guard let text = try optionalText(key) else { return nil }
    guard let size = ByteCount(text: text) else {
      throw failure("\(key) must be a size such as 512MiB", at: key)
    }
    return size
  }
}
