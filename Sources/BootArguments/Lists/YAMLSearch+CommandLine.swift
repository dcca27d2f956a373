internal import SourceText

extension YAMLSearch {
  /// The command line that is one text under a key of a mapping, or the place where it belongs; nil
  /// where it is no text.
  ///
  /// - Parameters:
  ///   - name: The key.
  ///   - mapping: What has it, or should.
  ///   - key: What targets choose the list by.
  /// - Returns: The list, whole as it stands.
  func commandLine(_ name: String, of mapping: YAMLTree, key: String) -> ArgumentList? {
    guard let value = Self.value(name, of: mapping) else {
      return ArgumentList(key: key, missing: insertion(of: name, into: mapping))
    }
    guard let scalar = text.scalar(value) else { return nil }
    let isOwn = YAMLText.entry(name, of: mapping) != nil
    let fragment = ArgumentFragment(
      text: scalar.text,
      offsets: scalar.offsets,
      range: scalar.range,
      rewriting: scalar.isPlainToEdit && isOwn
        ? .whole { JSONText.string($0) } : .refused("write \(name) in one line, where it counts")
    )
    return ArgumentList(key: key, fragments: [fragment])
  }

  /// In front of a mapping's first key, laid out like it.
  private func insertion(of name: String, into mapping: YAMLTree) -> ArgumentInsertion {
    guard mapping.mapping != nil, text.isFlow(mapping) else {
      return .refused(text.failure(at: mapping, "write \(name) into this mapping first"))
    }
    let open = text.offset(of: mapping) + 1
    @Sendable func member(_ arguments: [BootArgument]) -> String {
      "\"\(name)\": \(JSONText.string(arguments.line))"
    }
    guard let first = mapping.mapping?.first?.key else { return .text(at: open) { member($0) } }
    let start = text.offset(of: first)
    let gap = start > open ? String(decoding: text.bytes[open..<start], as: UTF8.self) : " "
    return .text(at: start) { member($0) + "," + gap }
  }
}
