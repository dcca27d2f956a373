internal import HostModel
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
    // A mapping has names of arguments without a sign behind them.
    markers: [.argument, .argumentName],
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
  /// Where texts begin that were read in another way.
  var done: Set<Int> = []

  func lists() -> [ArgumentList] {
    guard !isOurs else { return [] }
    let guest = guest()
    return found().map { list in
      var list = list
      if list.saysWhatOnlines { list.guest = guest }
      return list
    }
  }

  /// The memory of the one virtual machine of KubeVirt in a text.
  private func guest() -> GuestMemory<Int>? {
    let guests = search.places().compactMap { place -> GuestMemory<Int>? in
      func size(_ key: String) -> GuestMemory<Int>.Size? {
        guard let value = YAMLText.entry(key, of: place.node)?.value,
          let text = value.scalar?.string, text.hasSuffix("i"),
          let bytes = ByteCount(text: text + "B")
        else { return nil }
        return .init(bytes, at: search.text.offset(of: value))
      }
      guard let boot = size("guest"), let most = size("maxGuest") else { return nil }
      return GuestMemory(boot: boot, upTo: most, by: .virtioMem)
    }
    return guests.count == 1 ? guests.first : nil
  }

  private func found() -> [ArgumentList] {
    // Nodes under a key that says what they are for.
    var named: Set<Int> = []
    // Mappings that were read whole.
    var whole: Set<Int> = []
    return search.places().flatMap { place in
      if let sequence = place.node.sequence {
        let isNamed = named.contains(search.text.offset(of: place.node))
        return lists(ofList: Array(sequence), title: place.title, isNamed: isNamed)
      }
      guard !whole.contains(search.text.offset(of: place.node)) else { return [] }
      return (place.node.mapping.map(Array.init) ?? []).flatMap { key, value in
        let name = key.scalar?.string
        guard LiteralLine.namesArguments(Array((name ?? "").utf8)[...]) else {
          return lists(ofText: value, title: place.title ?? name)
        }
        named.insert(search.text.offset(of: value))
        if value.mapping != nil {
          guard let list = list(ofSettings: value, title: place.title ?? name) else { return [] }
          whole.insert(search.text.offset(of: value))
          return [list]
        }
        return lists(ofText: value, title: place.title ?? name, isNamed: true)
      }
    }
  }

  /// A mapping from names of arguments to their values; a value of nothing is a flag.
  private func list(ofSettings node: Node, title: String?) -> ArgumentList? {
    var fragments: [ArgumentFragment] = []
    var isKnown = false
    for (key, value) in node.mapping.map(Array.init) ?? [] {
      guard let name = search.fragment(key), let text = search.fragment(value) else { continue }
      let isFlag = text.text.isEmpty || text.text == "~" || text.text == "null"
      let fragment = isFlag ? name : name.assigned(text)
      let bytes = Array(fragment.text.utf8)
      let words = ArgumentText.words(bytes, 0..<bytes.count)
      guard words.allSatisfy({ ArgumentText.isArgument(bytes, $0) }) else { continue }
      isKnown =
        isKnown
        || words.contains { ArgumentText.isKnown(bytes, $0) || ArgumentText.isFlag(bytes, $0) }
      fragments.append(fragment)
    }
    return isKnown ? ArgumentList(title: title, fragments: fragments, isComplete: false) : nil
  }

  /// zonewise's own profiles, specs and answers say what they are at their top.
  private var isOurs: Bool {
    search.text.documents.first.map { root in
      YAMLText.string("schema", of: root) == "1"
        || YAMLText.entry("schemaVersion", of: root) != nil
          && YAMLText.entry("command", of: root) != nil
    } ?? false
  }

  private func lists(
    ofList items: [Node],
    title: String?,
    isNamed: Bool = false
  ) -> [ArgumentList] {
    guard items.count <= QuotedItems.limit else { return [] }
    var single = ArgumentList(title: title, fragments: [], isComplete: false)
    var isKnown = false
    var lists: [ArgumentList] = []
    // In a command only what its options name is for the kernel.
    let isCommand = items.contains { $0.scalar.map { $0.string.hasPrefix("--") } ?? false }
    var before: [UInt8] = []
    for item in items {
      guard let whole = search.fragment(item) else { continue }
      let fragment = LiteralText.withoutOption(whole)
      let bytes = Array(fragment.text.utf8)
      let words = ArgumentText.words(bytes, 0..<bytes.count)
      let isValue = before.first == UInt8(ascii: "-") && LiteralLine.namesArguments(before[...])
      before = bytes
      if isCommand, words.count == 1, !isValue, fragment.offsets.count == whole.offsets.count {
        continue
      }
      let isPlain = words.count == 1 || ArgumentText.isCommandLine(fragment.text)
      if isPlain, words.allSatisfy({ ArgumentText.isArgument(bytes, $0) }) {
        single.fragments.append(fragment)
        let isOption = fragment.offsets.count < whole.offsets.count
        isKnown =
          isKnown
          || words.contains { word in
            ArgumentText.isKnown(bytes, word)
              || ArgumentText.isFlag(bytes, word) && (isNamed || isOption)
          }
      } else if words.count > 1 {
        lists += self.lists(ofText: item, title: title)
      }
    }
    return isKnown ? [single] + lists : lists
  }

  private func lists(
    ofText node: Node,
    title: String?,
    isNamed: Bool = false
  ) -> [ArgumentList] {
    guard !done.contains(search.text.offset(of: node)), let fragment = search.fragment(node) else {
      return []
    }
    if ArgumentText.isCommandLine(fragment.text, isNamed: isNamed) {
      return [ArgumentList(title: title, fragments: [fragment], isComplete: false)]
    }
    let bytes = Array(fragment.text.utf8)
    guard FileMarkers(scanning: bytes).isDisjoint(with: .argument) == false else {
      return []
    }
    return LiteralText(bytes: bytes).lists().map { list in
      var list = list.mapped { fragment.offsets[min($0, fragment.offsets.count - 1)] }
      list.title = title
      return list
    }
  }
}
