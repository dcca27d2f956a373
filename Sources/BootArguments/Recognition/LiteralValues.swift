internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// YAML and JSON of any kind, as far as a value is plainly a kernel's arguments.
  static let values = KernelArgumentFormat(
    name: "yaml",
    title: "Kernel arguments in YAML or JSON",
    markers: .knownArgument,
    isLiteral: true,
    recognizes: { $0.hasSuffix(".yaml", ".yml", ".json") },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      do throws(LocatedError) {
        let text = try YAMLText(file: sample.path, bytes)
        return LiteralValues(search: YAMLSearch(text: text, allowsEmbedded: false)).drafts()
      } catch {
        // What it is nobody said, so it is no one's mistake either.
        return LiteralText(bytes: bytes).drafts()
      }
    }
  )
}

/// Kernel arguments among the values of any YAML: lists of them, and texts of nothing else.
struct LiteralValues {
  let search: YAMLSearch

  func drafts() -> [CommandLineDraft] {
    guard !isOurs else { return [] }
    return search.places().flatMap { place in
      if let sequence = place.node.sequence {
        return drafts(ofList: Array(sequence), title: place.title)
      }
      return (place.node.mapping.map(Array.init) ?? []).flatMap { key, value in
        drafts(ofText: value, title: place.title ?? key.scalar?.string)
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
  func drafts(ofCommand node: Node) -> [CommandLineDraft] {
    node.sequence.map { drafts(ofList: Array($0), title: nil) } ?? drafts(ofText: node, title: nil)
  }

  private func drafts(ofList items: [Node], title: String?) -> [CommandLineDraft] {
    guard items.count <= QuotedItems.limit else { return [] }
    var single = CommandLineDraft(title: title, fragments: [], isComplete: false)
    var isKnown = false
    var drafts: [CommandLineDraft] = []
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
        drafts += self.drafts(ofText: item, title: title)
      }
    }
    return isKnown ? [single] + drafts : drafts
  }

  private func drafts(ofText node: Node, title: String?) -> [CommandLineDraft] {
    guard let fragment = search.fragment(node) else { return [] }
    if ArgumentText.isCommandLine(fragment.text) {
      return [CommandLineDraft(title: title, fragments: [fragment], isComplete: false)]
    }
    let bytes = Array(fragment.text.utf8)
    guard FileMarkers(scanning: bytes).contains(.knownArgument) else { return [] }
    return LiteralText(bytes: bytes).drafts().map { draft in
      var draft = draft.mapped { fragment.offsets[min($0, fragment.offsets.count - 1)] }
      draft.title = title
      return draft
    }
  }
}
