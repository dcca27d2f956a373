internal import Advice
internal import BootArguments
internal import HostModel
internal import Profiles
internal import Yams

/// The keys of one class, and those of `defaults` where the class has none of its own.
///
/// A class is parsed as a text of its own, so its lines count from the line where it begins in the
/// file.
struct ClassKeys {
  /// A mapping with the text that it was parsed from.
  struct Source {
    var mapping: YAMLMapping
    var text: String
    /// Lines of the file above the text.
    var offset: Int
  }

  let own: Source
  let defaults: Source?

  func source(of key: String) -> Source? {
    if own.mapping[key] != nil { return own }
    return defaults?.mapping[key] == nil ? nil : defaults
  }

  /// What `read` makes of a key; nil where neither has it.
  func value<Value>(
    _ key: String,
    _ read: (YAMLMapping, Node) throws(YAMLError) -> Value
  ) throws(YAMLError) -> Value? {
    guard let source = source(of: key), let node = source.mapping[key] else { return nil }
    do throws(YAMLError) { return try read(source.mapping, node) } catch {
      throw error.moved(by: source.offset)
    }
  }

  func text(_ key: String) throws(YAMLError) -> String? {
    try value(key) { (mapping, _) throws(YAMLError) in try mapping.text(key) }
  }

  func failure(_ message: String, at key: String) -> YAMLError {
    let source = source(of: key) ?? own
    return source.mapping.failure(message, at: key).moved(by: source.offset)
  }

  /// Where a key's value stands in the file.
  func place(_ key: String) -> (line: Int, column: Int)? {
    guard let source = source(of: key), let mark = source.mapping[key]?.mark else { return nil }
    return (mark.line + source.offset, mark.column)
  }

  /// The words of the texts under a key, where they stand in the file.
  func words(of nodes: [Node], key: String, file: String) -> [ClassCommandLine.Word] {
    guard let source = source(of: key) else { return [] }
    return nodes.flatMap { YAMLCommandLine.words(of: $0, in: source.text) }.map { word in
      ClassCommandLine.Word(
        word.text,
        at: .init(file: file, line: word.line + source.offset, column: word.column),
        length: word.length
      )
    }
  }
}

extension YAMLError {
  /// The same failure in a text that begins further down in its file.
  func moved(by lines: Int) -> YAMLError {
    var moved = self
    moved.line += lines
    return moved
  }
}
