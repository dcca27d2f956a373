/// A part of a YAML text that knows where it stands.
package struct YAMLNode {
  package let node: YAMLTree
  package let text: YAMLText

  package init(_ node: YAMLTree, in text: YAMLText) {
    self.node = node
    self.text = text
  }

  package var file: String { text.file }

  /// Where it begins.
  package var place: SourceLocation { text.place(of: node) }

  /// What a scalar says; nil for a list and a mapping.
  package var string: String? { node.scalar?.string }

  /// The items of a list.
  package var items: [YAMLNode]? { node.sequence?.map { YAMLNode($0, in: text) } }

  /// The keys and values of a mapping.
  package var entries: [(key: YAMLNode, value: YAMLNode)]? {
    node.mapping?.map { (YAMLNode($0.key, in: text), YAMLNode($0.value, in: text)) }
  }

  package func failure(_ problem: String) -> LocatedError { LocatedError(problem, at: place) }
}
