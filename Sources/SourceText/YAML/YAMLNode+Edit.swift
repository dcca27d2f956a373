// Changes to a mapping in its text; comments and order stay.
extension YAMLNode {
  /// The value of a key.
  package func value(of key: String) -> YAMLNode? {
    YAMLText.entry(key, of: node).map { YAMLNode($0.value, in: text) }
  }

  /// The edit that gives a key of this mapping a value: in the place of its scalar, else behind
  /// another key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: As YAML text.
  ///   - anchor: The key behind which a new one goes.
  /// - Returns: The edit.
  /// - Throws: Why it can't be written there.
  package func setting(
    _ key: String,
    to value: String,
    behind anchor: String
  ) throws(LocatedError) -> TextEdit {
    if let old = self.value(of: key) {
      guard let scalar = text.scalar(old.node), scalar.isPlainToEdit else {
        throw old.failure("write \(key) in one line")
      }
      return TextEdit(range: scalar.range, text: value)
    }
    guard let neighbour = self.value(of: anchor), let scalar = text.scalar(neighbour.node),
      scalar.isPlainToEdit, let first = node.mapping?.first?.key
    else { throw failure("write \(anchor) in one line, so that \(key) can stand behind it") }
    let end = scalar.range.upperBound
    if text.isFlow(node) {
      return TextEdit(range: end..<end, text: ", \(key): \(value)")
    }
    let start = text.offset(of: first)
    let indent = String(repeating: " ", count: start - text.lineStart(of: start))
    let place = text.lineEnd(of: end)
    return TextEdit(
      range: place..<place,
      text: "\(text.lineBreak(of: start))\(indent)\(key): \(value)"
    )
  }
}
