internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// YAML and JSON of any kind, as far as a value is plainly a kernel's arguments.
  static let values = KernelArgumentFormat(
    name: "yaml",
    title: "Kernel arguments in YAML or JSON",
    documentation: FormatRow(
      recognizedBy: "any other `.yaml`, `.yml`, `.json`, `.sls` with a memory argument",
      read: """
        lists of strings, and texts of nothing but arguments; commands that set some; under a name \
        such as `kernel_options` also mappings from names to values, lists of `name` and `value`, and \
        names with lists of values (`kernel-parameters` of Bottlerocket); user data inside
        """,
      notRead: "sentences; zonewise's own files"
    ),
    // A mapping has names of arguments without a sign behind them.
    markers: [.argument, .argumentName, .memorySetting, .guestMemory, .bottlerocket],
    isLiteral: true,
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json", ".sls", ".yaml.in", ".yml.in")
        // Cobbler's own settings had no suffix.
        || sample.name == "settings" && sample.contains("kernel_options")
    },
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
        if isNamed, let list = SettingPairs(search: search).list(Array(sequence), place.title) {
          return [list]
        }
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
          guard let list = SettingPairs(search: search).list(value, place.title ?? name) else {
            return []
          }
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
    let inner = FileSample(path: "", bytes: bytes)
    guard !inner.markers.isDisjoint(with: [.argument, .memorySetting, .bottlerocket]) else {
      return []
    }
    return (userData(inner, bytes) ?? LiteralText(bytes: bytes).lists()).map { list in
      var list = list.mapped { fragment.offsets[min($0, fragment.offsets.count - 1)] }
      list.title = title
      return list
    }
  }

  /// What a machine gets at its first boot, where a value is such a text; nil where it is not.
  private func userData(_ sample: FileSample, _ bytes: [UInt8]) -> [ArgumentList]? {
    let formats: [KernelArgumentFormat] = [.cloudInitData, .bottlerocket]
    guard let format = formats.first(where: { $0.recognizes(sample) }),
      let lists = try? format.locate(sample, bytes)
    else { return nil }
    return lists.filter { !$0.fragments.isEmpty }
  }
}
