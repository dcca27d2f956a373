internal import HostModel
internal import SourceText

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
    markers: [.argument, .argumentName, .memorySetting, .guestMemory],
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
    let (lists, guests) = (found(), guests())
    guard guests.count == 1, lists.contains(where: \.saysWhatOnlines) else {
      // Of several nobody knows whose the arguments are.
      return lists + guests.map { ArgumentList(title: $0.title, guest: $0.memory) }
    }
    return lists.map { list in
      var list = list
      if list.saysWhatOnlines { list.guest = guests[0].memory }
      return list
    }
  }

  /// The memory of KubeVirt's virtual machines (`guest`, `maxGuest`) and of NeonVM's, which is slots of
  /// one size.
  private func guests() -> [(title: String?, memory: GuestMemory<Int>)] {
    search.places().compactMap { place in
      guard let memory = kubeVirt(place.node) ?? neonVM(place.node) else { return nil }
      return (place.title, memory)
    }
  }

  private func kubeVirt(_ node: YAMLTree) -> GuestMemory<Int>? {
    guard let boot = size("guest", of: node), let most = size("maxGuest", of: node) else {
      return nil
    }
    return GuestMemory(boot: boot, upTo: most, by: .virtioMem)
  }

  private func neonVM(_ node: YAMLTree) -> GuestMemory<Int>? {
    guard let slot = size("memorySlotSize", of: node),
      let slots = YAMLText.entry("memorySlots", of: node)?.value
    else { return nil }
    func sized(_ key: String) -> GuestMemory<Int>.Size? {
      guard let value = YAMLText.entry(key, of: slots)?.value,
        let count = value.scalar.flatMap({ UInt64($0.string) }), count < 1 << 20
      else { return nil }
      return .init(slot.bytes * count, at: search.text.offset(of: value))
    }
    guard let boot = sized("min"), let most = sized("max") else { return nil }
    return GuestMemory(boot: boot, upTo: most, by: .virtioMem)
  }

  /// `4Gi`, as Kubernetes writes it.
  private func size(_ key: String, of node: YAMLTree) -> GuestMemory<Int>.Size? {
    guard let value = YAMLText.entry(key, of: node)?.value,
      let text = value.scalar?.string, text.hasSuffix("i"),
      let bytes = ByteCount(text: text + "B")
    else { return nil }
    return .init(bytes, at: search.text.offset(of: value))
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
      if let list = sysctl(place) { return [list] }
      return (place.node.mapping ?? []).flatMap { key, value in
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

  /// A task of Ansible's that sets a sysctl, or a mapping from sysctls to their values.
  private func sysctl(_ place: YAMLSearch.Place) -> ArgumentList? {
    func setting(_ name: String?, _ value: YAMLTree?) -> ArgumentFragment? {
      guard let argument = name.flatMap({ MemorySettings.argument($0) }), let value,
        let text = value.scalar?.string, !text.contains("{{")
      else { return nil }
      let start = search.text.offset(of: value)
      let words = text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      return .setting("\(argument)=\"\(words)\"", at: start..<(start + 1))
    }
    let task = setting(
      YAMLText.string("name", of: place.node),
      YAMLText.entry("value", of: place.node)?.value
    )
    let pairs = (place.node.mapping ?? []).compactMap {
      setting($0.key.scalar?.string, $0.value)
    }
    return MemorySettings.list([task].compactMap(\.self) + pairs, titled: "sysctl").first
  }

  /// A mapping from names of arguments to their values; a value of nothing is a flag.
  private func list(ofSettings node: YAMLTree, title: String?) -> ArgumentList? {
    var fragments: [ArgumentFragment] = []
    var isKnown = false
    for (key, value) in node.mapping ?? [] {
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
    ofList items: [YAMLTree],
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
    ofText node: YAMLTree,
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
    guard !FileMarkers(scanning: bytes).isDisjoint(with: [.argument, .memorySetting]) else {
      return []
    }
    return LiteralText(bytes: bytes).lists().map { list in
      var list = list.mapped { fragment.offsets[min($0, fragment.offsets.count - 1)] }
      list.title = title
      return list
    }
  }
}
