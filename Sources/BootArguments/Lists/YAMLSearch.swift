internal import SourceText

/// Finds kernel arguments in YAML (and JSON, which is YAML too) wherever its keys stand.
struct YAMLSearch {
  let text: YAMLText
  /// One text in another is enough: a text in a text in a text is no one's configuration.
  let allowsEmbedded: Bool

  /// A mapping with the names of the things that it is a part of.
  struct Place {
    let node: YAMLTree
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
    _ node: YAMLTree,
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

  private func name(of node: YAMLTree) -> String? {
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
  static func value(_ key: String, of node: YAMLTree) -> YAMLTree? {
    if let value = YAMLText.entry(key, of: node)?.value { return value }
    guard let merged = YAMLText.entry("<<", of: node)?.value else { return nil }
    // Merges of merges are not followed: they could be as many as aliases can make them.
    let bases = merged.sequence.map { Array($0.prefix(64)) } ?? [merged]
    return bases.lazy.compactMap { YAMLText.entry(key, of: $0)?.value }.first
  }

  /// A value by the keys that lead to it.
  static func value(at path: [String], of node: YAMLTree) -> YAMLTree? {
    var node = node
    for key in path {
      guard let next = value(key, of: node) else { return nil }
      node = next
    }
    return node
  }

  /// One scalar, with what a template would put in made opaque; only to be read.
  func fragment(_ node: YAMLTree) -> ArgumentFragment? {
    text.scalar(node).map {
      ArgumentFragment(text: $0.text, offsets: $0.offsets).withoutTemplates
    }
  }

  /// The list of arguments under a key of a mapping, under the mapping's title.
  func list(
    _ key: String,
    of place: Place,
    allowsText: Bool = false,
    isArgument: @escaping (String) -> Bool = { _ in true }
  ) throws(LocatedError) -> ArgumentList {
    try list(at: [key], of: place, allowsText: allowsText, isArgument: isArgument)
  }

  /// The list of arguments that some keys lead to, or the place where it belongs.
  func list(
    at path: [String],
    of place: Place,
    allowsText: Bool = false,
    isArgument: @escaping (String) -> Bool = { _ in true }
  ) throws(LocatedError) -> ArgumentList {
    var list = try YAMLArgumentList(
      text: text,
      root: place.node,
      path: path,
      isDocument: place.depth == 0,
      allowsText: allowsText,
      isArgument: isArgument
    ).located()
    list.title = place.title
    return list
  }

  /// What a text that is a file of its own holds, by the path that it will have.
  func embedded(_ node: YAMLTree, path: String) throws(LocatedError) -> [ArgumentList] {
    guard allowsEmbedded, let scalar = text.scalar(node) else { return [] }
    var inner = FileSample(path: path, bytes: Array(scalar.text.utf8))
    inner.isEmbedded = true
    guard let format = KernelArgumentFormats.format(of: inner), !format.isLiteral else { return [] }
    let lists: [ArgumentList]
    do throws(LocatedError) {
      lists = try format.locateOrSearch(inner, inner.text)
    } catch {
      throw text.failure(
        at: node,
        "the \(format.title) in here is not understood: \(error.message)"
      )
    }
    let isBlock = text.bytes[text.offset(of: node)...].first == UInt8(ascii: "|")
    return lists.filter { !$0.fragments.isEmpty }.map {
      embedded($0, at: node, scalar, isEditable: isBlock && scalar.isPlainToEdit)
    }
  }

  /// A list of a text in a scalar, in its place in the whole.
  private func embedded(
    _ list: ArgumentList,
    at node: YAMLTree,
    _ scalar: YAMLText.Scalar,
    isEditable: Bool
  ) -> ArgumentList {
    func place(_ offset: Int) -> Int { scalar.offsets[min(offset, scalar.offsets.count - 1)] }
    let why = "write the content as a block: content: |"
    var result = list.mapped(place)
    for (index, fragment) in list.fragments.enumerated() {
      guard isEditable, fragment.removal == nil else {
        result.fragments[index].rewriting = .refused(why)
        continue
      }
      result.fragments[index].range =
        place(fragment.range.lowerBound)..<place(fragment.range.upperBound)
      result.fragments[index].rewriting = fragment.rewriting
    }
    switch list.insertion {
    case .last where isEditable, .fragment where isEditable: result.insertion = list.insertion
    default: result.insertion = .refused(text.failure(at: node, why))
    }
    return result
  }
}
