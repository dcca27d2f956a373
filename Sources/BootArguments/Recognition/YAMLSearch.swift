internal import SourceText
internal import Yams

/// Finds kernel arguments in YAML (and JSON, which is YAML too) wherever its keys stand.
struct YAMLSearch {
  let text: YAMLText
  /// One text in another is enough: a text in a text in a text is no one's configuration.
  let allowsEmbedded: Bool

  /// A mapping with the names of the things that it is a part of.
  struct Place {
    let node: Node
    /// `metadata.name`, `name` of the nearest thing around it that has one.
    let title: String?
    let depth: Int
  }

  /// Deeper than any person nests.
  private static let depthLimit = 200

  /// Every mapping and every list once, in the order of the text.
  ///
  /// Aliases lead to nodes that have been there already: a few lines of them can stand for
  /// gigabytes, but not for more places in the text than it has.
  func places() -> [Place] {
    var seen: Set<Int> = []
    var found: [Place] = []
    for document in text.documents { collect(document, nil, 0, &seen, &found) }
    return found
  }

  private func collect(
    _ node: Node,
    _ title: String?,
    _ depth: Int,
    _ seen: inout Set<Int>,
    _ found: inout [Place]
  ) {
    guard depth < Self.depthLimit, node.scalar == nil else { return }
    // A list and the mapping in its first item never begin at the same byte, but a mapping and a
    // mapping that is its first key may.
    guard seen.insert(text.offset(of: node) &* 2 &+ (node.mapping == nil ? 0 : 1)).inserted else {
      return
    }
    let title = name(of: node) ?? title
    found.append(Place(node: node, title: title, depth: depth))
    if let sequence = node.sequence {
      for item in sequence { collect(item, title, depth + 1, &seen, &found) }
    }
    if let mapping = node.mapping {
      for (_, value) in mapping { collect(value, title, depth + 1, &seen, &found) }
    }
  }

  private func name(of node: Node) -> String? {
    if let metadata = YAMLText.entry("metadata", of: node)?.value,
      let name = YAMLText.string("name", of: metadata)
    {
      return name
    }
    guard let name = YAMLText.string("name", of: node), !name.isEmpty else { return nil }
    return name
  }

  // MARK: Values

  /// The value of a key, also of one that a merge (`<<: *base`) brings.
  static func value(_ key: String, of node: Node) -> Node? {
    if let value = YAMLText.entry(key, of: node)?.value { return value }
    guard let merged = YAMLText.entry("<<", of: node)?.value else { return nil }
    // Merges of merges are not followed: they could be as many as aliases can make them.
    let bases = merged.sequence.map { Array($0.prefix(64)) } ?? [merged]
    return bases.lazy.compactMap { YAMLText.entry(key, of: $0)?.value }.first
  }

  /// A value by the keys that lead to it.
  static func value(at path: [String], of node: Node) -> Node? {
    var node = node
    for key in path {
      guard let next = value(key, of: node) else { return nil }
      node = next
    }
    return node
  }

  /// One scalar, with what a template would put in made opaque.
  func fragment(_ node: Node) -> BootFile.Fragment? {
    text.scalar(node).map {
      BootFile.Fragment(text: $0.text, offsets: $0.offsets).withoutTemplates
    }
  }

  /// A list of arguments; also one text where the format takes that.
  func fragments(
    _ node: Node,
    named name: String,
    allowsText: Bool = false
  ) throws(LocatedError) -> [BootFile.Fragment] {
    if YAMLText.isEmpty(node) || node.null != nil { return [] }
    if allowsText || isTemplate(node), let fragment = fragment(node) { return [fragment] }
    guard let sequence = node.sequence else {
      throw text.failure(at: node, "\(name) must be a list")
    }
    guard sequence.count <= QuotedItems.limit else {
      throw text.failure(at: node, "more than \(QuotedItems.limit) arguments")
    }
    var fragments: [BootFile.Fragment] = []
    for item in sequence {
      guard let fragment = fragment(item) else {
        if isTemplate(item) { continue }
        throw text.failure(at: item, "an item of \(name) must be a text")
      }
      fragments.append(fragment)
    }
    return fragments
  }

  /// `{{ … }}` without quotes, which YAML takes for a mapping in a mapping.
  private func isTemplate(_ node: Node) -> Bool {
    if let string = node.scalar?.string { return string.contains("{{") || string.hasPrefix("$") }
    return text.bytes[text.offset(of: node)...].starts(with: "{{".utf8)
  }

  /// What a text that is a file of its own holds, by the path that it will have.
  func embedded(
    _ node: Node,
    path: String
  ) throws(LocatedError) -> [CommandLineDraft] {
    guard allowsEmbedded, let scalar = text.scalar(node) else { return [] }
    var inner = FileSample(path: path, bytes: Array(scalar.text.utf8))
    inner.isEmbedded = true
    guard let format = KernelArgumentFormats.format(of: inner), !format.isLiteral else { return [] }
    let drafts: [CommandLineDraft]
    do throws(LocatedError) {
      drafts = try format.drafts(inner, inner.text)
    } catch {
      throw text.failure(at: node, "the \(format.title) in here is not understood")
    }
    return drafts.map { $0.mapped { scalar.offsets[min($0, scalar.offsets.count - 1)] } }
  }
}

extension CommandLineDraft {
  /// The same line in another text.
  func mapped(_ place: (Int) -> Int) -> CommandLineDraft {
    var draft = self
    draft.fragments = fragments.map {
      BootFile.Fragment(text: $0.text, offsets: $0.offsets.map(place))
    }
    return draft
  }
}
