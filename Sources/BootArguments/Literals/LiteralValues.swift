internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// YAML and JSON of any kind, as far as a value is plainly a kernel's arguments.
  static let values = KernelArgumentFormat(
    name: "yaml",
    title: "Kernel arguments in YAML or JSON",
    documentation: FormatRow(
      recognizedBy: "any other `.yaml`, `.yml`, `.json` with a memory argument",
      read: "lists of strings, and texts of nothing but arguments; commands that set some",
      notRead: "sentences; zonewise's own files"
    ),
    markers: .knownArgument,
    isLiteral: true,
    recognizes: { $0.hasSuffix(".yaml", ".yml", ".json") },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      do throws(LocatedError) {
        let text = try YAMLText(file: sample.path, bytes)
        return LiteralValues(search: YAMLSearch(text: text, allowsEmbedded: false)).lists()
      } catch {
        // What it is nobody said, so it is no one's mistake either.
        return LiteralText(bytes: bytes).lists()
      }
    }
  )
}

/// Kernel arguments among the values of any YAML: lists of them, and texts of nothing else.
struct LiteralValues {
  let search: YAMLSearch

  func lists() -> [ArgumentList] {
    guard !isOurs else { return [] }
    return search.places().flatMap { place in
      if let sequence = place.node.sequence {
        return lists(ofList: Array(sequence), title: place.title)
      }
      return (place.node.mapping.map(Array.init) ?? []).flatMap { key, value in
        lists(ofText: value, title: place.title ?? key.scalar?.string)
      }
    }
  }

  /// zonewise's own profiles, specs and answers say what they are at their top.
  private var isOurs: Bool {
    search.text.documents.first.map { root in
      YAMLText.string("schema", of: root) == "1"
        || YAMLText.entry("schemaVersion", of: root) != nil
          && YAMLText.entry("command", of: root) != nil
    } ?? false
  }

  /// A command of cloud-init: a text for the shell or a list of its words.
  func lists(ofCommand node: Node) -> [ArgumentList] {
    node.sequence.map { lists(ofList: Array($0), title: nil) } ?? lists(ofText: node, title: nil)
  }

  private func lists(ofList items: [Node], title: String?) -> [ArgumentList] {
    guard items.count <= QuotedItems.limit else { return [] }
    var single = ArgumentList(title: title, fragments: [], isComplete: false)
    var isKnown = false
    var lists: [ArgumentList] = []
    // In a command only what its options name is for the kernel.
    let isCommand = items.contains { $0.scalar.map { $0.string.hasPrefix("--") } ?? false }
    for item in items {
      guard let whole = search.fragment(item) else { continue }
      let fragment = LiteralText.withoutOption(whole)
      if isCommand, fragment.offsets.count == whole.offsets.count { continue }
      let bytes = Array(fragment.text.utf8)
      let words = ArgumentText.words(bytes, 0..<bytes.count)
      if words.count == 1, ArgumentText.isArgument(bytes, words[0]) {
        single.fragments.append(fragment)
        isKnown = isKnown || ArgumentText.isKnown(bytes, words[0])
      } else if words.count > 1 {
        lists += self.lists(ofText: item, title: title)
      }
    }
    return isKnown ? [single] + lists : lists
  }

  private func lists(ofText node: Node, title: String?) -> [ArgumentList] {
    guard let fragment = search.fragment(node) else { return [] }
    if ArgumentText.isCommandLine(fragment.text) {
      return [ArgumentList(title: title, fragments: [fragment], isComplete: false)]
    }
    let bytes = Array(fragment.text.utf8)
    guard FileMarkers(scanning: bytes).contains(.knownArgument) else { return [] }
    return LiteralText(bytes: bytes).lists().map { list in
      var list = list.mapped { fragment.offsets[min($0, fragment.offsets.count - 1)] }
      list.title = title
      return list
    }
  }
}
