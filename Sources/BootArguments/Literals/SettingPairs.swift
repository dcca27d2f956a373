internal import SourceText

/// Names of kernel arguments with their values apart from them, in YAML: a mapping from names to
/// values, a list of mappings with a name and a value each.
struct SettingPairs {
  let search: YAMLSearch

  private static let nameKeys = ["name", "key", "option", "parameter"]

  /// A mapping from names of arguments to their values; a value of nothing is a flag.
  func list(_ node: YAMLTree, _ title: String?) -> ArgumentList? {
    let pairs = node.mapping ?? []
    return list(
      pairs.flatMap { key, value in
        search.fragment(key).map { fragments($0, value) } ?? []
      },
      title
    )
  }

  /// `- name: …` with a `value: …` beside it, for each.
  func list(_ items: [YAMLTree], _ title: String?) -> ArgumentList? {
    guard !items.isEmpty, items.allSatisfy({ $0.mapping != nil }) else { return nil }
    return list(
      items.flatMap { item -> [ArgumentFragment] in
        guard !isAbsent(item),
          let name = Self.nameKeys.lazy.compactMap({ YAMLText.entry($0, of: item)?.value }).first,
          let word = search.fragment(name)
        else { return [] }
        guard let value = YAMLText.entry("value", of: item)?.value else { return [word] }
        return fragments(word, value)
      },
      title
    )
  }

  /// One name with each of its values.
  private func fragments(_ name: ArgumentFragment, _ value: YAMLTree) -> [ArgumentFragment] {
    if let sequence = value.sequence {
      let values = sequence.compactMap { search.fragment($0) }
      return values.isEmpty && sequence.isEmpty ? [name] : values.map { name.assigned($0) }
    }
    if value.mapping != nil {
      guard !isAbsent(value), let inner = YAMLText.entry("value", of: value)?.value else {
        return []
      }
      return fragments(name, inner)
    }
    guard let text = search.fragment(value) else { return [] }
    let isFlag = text.text.isEmpty || text.text == "~" || text.text == "null"
    return [isFlag ? name : name.assigned(text)]
  }

  private func isAbsent(_ node: YAMLTree) -> Bool {
    ["state", "ensure"].contains { YAMLText.string($0, of: node) == "absent" }
  }

  private func list(_ fragments: [ArgumentFragment], _ title: String?) -> ArgumentList? {
    var kept: [ArgumentFragment] = []
    var isKnown = false
    for fragment in fragments {
      let bytes = Array(fragment.text.utf8)
      let words = ArgumentText.words(bytes, 0..<bytes.count)
      guard words.allSatisfy({ ArgumentText.isArgument(bytes, $0) }) else { continue }
      isKnown =
        isKnown
        || words.contains { ArgumentText.isKnown(bytes, $0) || ArgumentText.isFlag(bytes, $0) }
      kept.append(fragment)
    }
    return isKnown ? ArgumentList(title: title, fragments: kept, isComplete: false) : nil
  }
}
