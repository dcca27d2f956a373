/// A YAML text of one document, without anchors and aliases: a few lines of those can stand for
/// gigabytes.
package struct YAMLDocument {
  package let root: YAMLNode

  /// Reads a text. One that is larger than any person writes is refused unread.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - file: Its file.
  ///   - firstLine: The line of the file on which the text begins.
  ///   - limit: The most bytes that it may have.
  /// - Throws: What is wrong, and where.
  package init(
    _ text: String,
    file: String,
    firstLine: Int = 1,
    limit: Int = 16 << 20
  ) throws(LocatedError) {
    guard text.utf8.count <= limit else {
      throw LocatedError("larger than \(limit >> 20) MiB", file: file, line: firstLine)
    }
    let whole = try YAMLText(file: file, Array(text.utf8), firstLine: firstLine, isSingle: true)
    guard let node = whole.documents.first else {
      throw LocatedError("the file is empty", file: file, line: firstLine)
    }
    root = YAMLNode(node, in: whole)
  }
}
