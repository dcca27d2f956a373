internal import BootArguments
internal import SourceText

/// The keys of one class, and those of `defaults` where the class has none of its own.
struct ClassKeys {
  let own: YAMLMapping
  let defaults: YAMLMapping?

  func source(of key: String) -> YAMLMapping? {
    if own[key] != nil { return own }
    return defaults?[key] == nil ? nil : defaults
  }

  /// What `read` makes of a key; nil where neither has it.
  func value<Value>(
    _ key: String,
    _ read: (YAMLMapping, YAMLNode) throws(LocatedError) -> Value
  ) throws(LocatedError) -> Value? {
    guard let source = source(of: key), let node = source[key] else { return nil }
    return try read(source, node)
  }

  func text(_ key: String) throws(LocatedError) -> String? {
    try value(key) { (mapping, _) throws(LocatedError) in try mapping.text(key) }
  }

  func failure(_ message: String, at key: String) -> LocatedError {
    (source(of: key) ?? own).failure(message, at: key)
  }

  /// Where a key's value stands in the file.
  func place(_ key: String) -> SourceLocation? { source(of: key)?[key]?.place }
}

extension ClassCommandLine {
  /// The words of texts, where they stand in the file.
  static func words(of nodes: [YAMLNode]) -> [Word] {
    nodes.flatMap { YAMLCommandLine.words(of: $0) }.map {
      Word($0.text, at: $0.place, length: $0.length)
    }
  }
}
