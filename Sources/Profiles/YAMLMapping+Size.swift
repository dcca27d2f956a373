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

  /// A need such as `hugetlb:1GiB=32@0`.
  package func need(_ key: String) throws(LocatedError) -> MemoryNeed {
    let text = try text(key)
    do throws(MemoryNeed.Mistake) { return try MemoryNeed(text: text) } catch {
      throw failure("\(error)", at: key)
    }
  }
}
