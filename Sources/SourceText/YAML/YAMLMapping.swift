/// A mapping whose keys are checked: one that nobody asks for is an error.
package struct YAMLMapping {
  package let node: YAMLNode
  private let pairs: [(key: String, value: YAMLNode)]

  package init(_ node: YAMLNode, allowed: [String]) throws(LocatedError) {
    guard let entries = node.entries else {
      throw node.failure("expected a mapping (key: value)")
    }
    self.node = node
    var pairs: [(key: String, value: YAMLNode)] = []
    for (key, value) in entries {
      guard let name = key.string.flatMap({ Self.known($0, allowed) }) else {
        throw key.failure(
          "unknown key \(key.string ?? "?"); known here: \(allowed.joined(separator: ", "))"
        )
      }
      guard !pairs.contains(where: { $0.key == name }) else {
        throw key.failure("key \(name) is there twice")
      }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// A key as it is known here: `page-size` is another spelling of `pageSize`.
  private static func known(_ key: String, _ allowed: [String]) -> String? {
    if allowed.contains(key) { return key }
    let words = key.split(separator: "-", omittingEmptySubsequences: false)
    guard words.count > 1, words.allSatisfy({ !$0.isEmpty }) else { return nil }
    let name =
      String(words[0])
      + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
    return allowed.contains(name) ? name : nil
  }

  /// Keys and values of several mappings, which have been checked before, as if they stood in one.
  package init(_ pairs: [(key: String, value: YAMLNode)], like other: YAMLMapping) {
    node = other.node
    self.pairs = pairs
  }

  package subscript(key: String) -> YAMLNode? { pairs.first { $0.key == key }?.value }

  /// Where a key's value stands; the mapping's place where it has no such key.
  package func place(of key: String) -> SourceLocation { (self[key] ?? node).place }

  package func failure(_ problem: String, at key: String) -> LocatedError {
    (self[key] ?? node).failure(problem)
  }

  // MARK: Values

  /// A text that must be there.
  package func text(_ key: String) throws(LocatedError) -> String {
    guard let value = try optionalText(key) else {
      throw node.failure("key \(key) is missing")
    }
    return value
  }

  package func optionalText(_ key: String) throws(LocatedError) -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw failure("\(key) must be a text", at: key)
    }
    return text
  }

  package func number(
    _ key: String,
    in range: ClosedRange<UInt64>
  ) throws(LocatedError) -> UInt64? {
    guard let text = try optionalText(key) else { return nil }
    guard let value = UInt64(text), range.contains(value) else {
      throw failure(
        "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: key
      )
    }
    return value
  }

  package func texts(_ key: String) throws(LocatedError) -> [String] {
    guard let value = self[key] else { return [] }
    guard let items = value.items else { throw failure("\(key) must be a list", at: key) }
    var texts: [String] = []
    for item in items {
      guard let text = item.string else { throw item.failure("an item of \(key) must be a text") }
      texts.append(text)
    }
    return texts
  }
}
