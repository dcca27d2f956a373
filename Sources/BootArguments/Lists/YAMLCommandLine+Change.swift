package import SourceText

extension YAMLCommandLine {
  /// The text of a mapping with a change made to the arguments under a key: a text, or a list of
  /// texts.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - mapping: The mapping that has it.
  ///   - change: What is to become of the arguments.
  /// - Returns: The bytes of the mapping's whole text.
  /// - Throws: What can't be changed, and where.
  package static func changing(
    _ key: String,
    of mapping: YAMLNode,
    _ change: ArgumentChange
  ) throws(LocatedError) -> [UInt8] {
    let text = mapping.text
    let list: ArgumentList
    if let value = mapping.value(of: key), value.string != nil {
      list = ArgumentList(fragments: [try fragment(value)])
    } else {
      list = try YAMLArgumentList(text: text, root: mapping.node, path: [key]).located()
    }
    return try ArgumentListEdit(file: text.file, bytes: text.bytes, lists: [list])
      .applying(change, owner: nil)
  }

  private static func fragment(_ value: YAMLNode) throws(LocatedError) -> ArgumentFragment {
    let text = value.text
    guard let scalar = text.scalar(value.node) else { throw value.failure("expected a text") }
    let first = text.bytes[text.offset(of: value.node)...].first
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    if scalar.isPlainToEdit, first != UInt8(ascii: "|") {
      return ArgumentFragment(
        text: scalar.text,
        offsets: scalar.offsets,
        range: scalar.range,
        rewriting: .whole { !isQuoted && isPlain($0) ? $0 : YAMLText.quoted($0) }
      )
    }
    // Of a text over several lines single words are changed where each stands.
    guard !isQuoted, scalar.offsets.first != scalar.offsets.last else {
      throw value.failure("write the arguments in one line, or as a list")
    }
    return ArgumentFragment(
      text: scalar.text,
      offsets: scalar.offsets,
      range: scalar.range,
      rewriting: .words { $0 }
    )
  }

  /// Words that mean to YAML what they say, in brackets too.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return false }
    return text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || "0123456789 _-.=%/@+".utf8.contains(byte)
    } && !text.hasSuffix(" ")
  }
}
