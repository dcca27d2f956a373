/// A node of a YAML text with all that is under it. Aliases share the node that they stand for.
package final class YAMLTree: Sendable {
  /// What a node is.
  package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([YAMLTree])
    case mapping([(key: YAMLTree, value: YAMLTree)])
  }

  package struct Scalar: Sendable {
    package let string: String
    package let isQuoted: Bool
  }

  /// A place as libyaml counts: lines and characters from 0.
  package struct Mark: Sendable {
    package let line: Int
    package let column: Int
  }

  package let content: Content
  package let mark: Mark
  /// Whether aliases may stand for it.
  package let hasAnchor: Bool

  init(_ content: Content, at mark: Mark, hasAnchor: Bool) {
    self.content = content
    self.mark = mark
    self.hasAnchor = hasAnchor
  }

  package var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

  /// Nothing, in one of its spellings.
  package var isNull: Bool {
    guard let scalar, !scalar.isQuoted else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  package var sequence: [YAMLTree]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  package var mapping: [(key: YAMLTree, value: YAMLTree)]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }
}
