package import HostModel
package import Yams

/// A YAML text as a tree that knows where each of its parts stands.
///
/// Anchors are refused, and with them aliases: a few lines of those can stand for gigabytes.
package struct YAMLDocument {
  let file: String
  package let root: Node

  /// Composes a single document. A larger text than any person writes is refused unread.
  package init(_ text: String, file: String, limit: Int = 16 << 20) throws(YAMLError) {
    self.file = file
    guard text.utf8.count <= limit else {
      throw YAMLError("larger than \(limit >> 20) MiB", file: file, line: 1, column: 1)
    }
    do {
      let parser = try Parser(yaml: text)
      guard let node = try parser.singleRoot() else {
        throw YAMLError("the file is empty", file: file, line: 1, column: 1)
      }
      // Aliases are resolved by now, and nodes know their anchors only while the parser lives.
      try withExtendedLifetime(parser) { try Self.refuseAnchors(node, file: file) }
      root = node
    } catch let error as YAMLError {
      throw error
    } catch {
      throw Self.located(error, file: file)
    }
  }

  private static func located(_ error: any Error, file: String) -> YAMLError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      YAMLError(problem, file: file, line: mark.line, column: mark.column)
    case .reader(let problem, let offset, _, _):
      YAMLError("\(problem) at byte \(offset ?? 0)", file: file, line: 1, column: 1)
    case .duplicatedKeysInMapping(let duplicates, let context):
      YAMLError(
        "key \(duplicates.sorted().joined(separator: ", ")) appears twice",
        file: file,
        line: context.mark.line,
        column: context.mark.column
      )
    default:
      YAMLError("\(error)", file: file, line: 1, column: 1)
    }
  }

  /// Refuses the first anchor, before anything that its aliases have multiplied is looked at.
  private static func refuseAnchors(_ node: Node, file: String) throws {
    if node.scalar?.anchor ?? node.sequence?.anchor ?? node.mapping?.anchor != nil {
      throw refusal("anchors and aliases are not allowed here", node, file: file)
    }
    for child in node.sequence.map(Array.init) ?? [] { try refuseAnchors(child, file: file) }
    for (key, value) in node.mapping.map(Array.init) ?? [] {
      try refuseAnchors(key, file: file)
      try refuseAnchors(value, file: file)
    }
  }

  package static func refusal(_ message: String, _ node: Node, file: String) -> YAMLError {
    YAMLError(message, file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}

/// A mapping whose keys are checked: each must be asked for, and none may be left over.
package struct YAMLMapping {
  let file: String
  let node: Node
  private let pairs: [(key: String, value: Node)]

  package init(_ node: Node, file: String, allowed: [String]) throws(YAMLError) {
    guard let mapping = node.mapping else {
      throw YAMLDocument.refusal("expected a mapping (key: value)", node, file: file)
    }
    self.file = file
    self.node = node
    var pairs: [(key: String, value: Node)] = []
    for (key, value) in mapping {
      guard let name = key.string, allowed.contains(name) else {
        throw YAMLDocument.refusal(
          "unknown key \(key.string ?? "?"); known here: \(allowed.joined(separator: ", "))",
          key,
          file: file
        )
      }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Keys and values from several mappings under one roof; they have been checked before.
  package init(_ pairs: [(key: String, value: Node)], like other: YAMLMapping) {
    file = other.file
    node = other.node
    self.pairs = pairs
  }

  /// Where the mapping begins.
  package var mark: Mark? { node.mark }

  package subscript(key: String) -> Node? { pairs.first { $0.key == key }?.value }

  package func failure(_ message: String, at key: String) -> YAMLError {
    YAMLDocument.refusal(message, self[key] ?? node, file: file)
  }

  /// A text that must be there.
  package func text(_ key: String) throws(YAMLError) -> String {
    guard let value = try optionalText(key) else {
      throw YAMLDocument.refusal("key \(key) is missing", node, file: file)
    }
    return value
  }

  package func optionalText(_ key: String) throws(YAMLError) -> String? {
    guard let value = self[key] else { return nil }
    guard let scalar = value.scalar, !scalar.string.isEmpty else {
      throw failure("\(key) must be a text", at: key)
    }
    return scalar.string
  }

  package func number(_ key: String, in range: ClosedRange<UInt64>) throws(YAMLError) -> UInt64? {
    guard let text = try optionalText(key) else { return nil }
    guard let value = UInt64(text), range.contains(value) else {
      throw failure(
        "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: key
      )
    }
    return value
  }

  /// A size such as `512MiB`.
  package func size(_ key: String) throws(YAMLError) -> ByteCount? {
    guard let text = try optionalText(key) else { return nil }
    guard let size = ByteCount(text: text) else {
      throw failure("\(key) must be a size such as 512MiB", at: key)
    }
    return size
  }

  package func texts(_ key: String) throws(YAMLError) -> [String] {
    guard let value = self[key] else { return [] }
    guard let sequence = value.sequence else { throw failure("\(key) must be a list", at: key) }
    var texts: [String] = []
    for item in sequence {
      guard let text = item.scalar?.string else {
        throw YAMLDocument.refusal("an item of \(key) must be a text", item, file: file)
      }
      texts.append(text)
    }
    return texts
  }
}
