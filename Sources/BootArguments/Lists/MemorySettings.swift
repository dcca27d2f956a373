internal import SourceText

/// Settings of a running kernel that stand in files and commands, as the arguments that say the same
/// at boot: `sysctl.vm.min_free_kbytes=` (since 5.8) and what `RuntimeSetting` has paths for.
struct MemorySettings {
  let bytes: [UInt8]

  /// Those that a rule looks at.
  static let names = [
    "lowmem_reserve_ratio", "min_free_kbytes", "watermark_scale_factor", "movable_gigantic_pages",
  ]
  private static let sysctlFolder = "/proc/sys/vm/"
  private static let blockFolder = "/sys/devices/system/memory/memory"

  /// Whether a name is one of sysctl's that is read: `vm.x`, `vm/x`.
  static func argument(_ name: String) -> String? {
    let name = name.replacing("/", with: ".")
    return names.contains { name == "vm." + $0 } ? "sysctl." + name : nil
  }

  /// `name = value` on lines of their own, as sysctl.conf has them.
  func assignments() -> [ArgumentFragment] {
    TextLine.lines(of: bytes).compactMap { line in
      guard let setting = SettingLine(line) else { return nil }
      var name = setting.name
      // A leading hyphen lets a failure pass.
      if let first = name.first, bytes[first] == UInt8(ascii: "-") { name = name.dropFirst() }
      guard let argument = Self.argument(bytes.text(name)), !setting.value.isEmpty else {
        return nil
      }
      return fragment(argument, bytes.text(setting.unquoted(in: bytes)), at: setting.value)
    }
  }

  /// What commands of a shell write: `sysctl -w vm.x=1`, `echo 1 > /proc/sys/vm/x`, and what onlines
  /// memory.
  func commands() -> [ArgumentFragment] {
    // `$block` of a loop over all of them, in whose lines no path stands.
    let loops =
      bytes.firstRange(of: Array(Self.blockFolder.utf8)) != nil
      && bytes.firstRange(of: Array("/state".utf8)) != nil
    return TextLine.lines(of: bytes).flatMap { line -> [ArgumentFragment] in
      let content = line.trimmed(from: line.range.lowerBound)
      guard let first = content.first, bytes[first] != UInt8(ascii: "#") else { return [] }
      let found = commands(in: content)
      return found.isEmpty && loops ? loopBody(content) : found
    }
  }

  private func commands(in content: Range<Int>) -> [ArgumentFragment] {
    let words = words(in: content)
    var found: [ArgumentFragment] = []
    for (index, word) in words.enumerated() {
      let text = bytes.text(word)
      if let equals = text.firstIndex(of: "="),
        let argument = Self.argument(String(text[..<equals])),
        words[..<index].contains(where: { bytes.text($0).hasSuffix("sysctl") })
      {
        let length = text[text.index(after: equals)...].utf8.count
        var places = [(word.upperBound - length)..<word.upperBound]
        // Several numbers stand in quotes, which part words here.
        if length == 0 {
          places = Array(words[(index + 1)...].prefix { bytes.text($0).allSatisfy(\.isNumber) })
        }
        guard let first = places.first, let last = places.last else { continue }
        let value = places.map { bytes.text($0) }.joined(separator: " ")
        found.append(fragment(argument, value, at: first.lowerBound..<last.upperBound))
      }
      guard let argument = Self.argument(ofPath: text), let value = written(words[..<index]) else {
        continue
      }
      found.append(fragment(argument, bytes.text(value), at: value))
    }
    return found
  }

  /// `echo online_movable > "$block"`: what only a block's state can be given, written to a variable.
  private func loopBody(_ content: Range<Int>) -> [ArgumentFragment] {
    let words = words(in: content)
    guard let echo = words.firstIndex(where: { ["echo", "printf"].contains(bytes.text($0)) }),
      let value = words[(echo + 1)...].first,
      ["online_movable", "online_kernel"].contains(bytes.text(value)),
      bytes[value.upperBound..<content.upperBound].contains(UInt8(ascii: ">")),
      words.contains(where: { word in
        word.lowerBound > value.lowerBound && bytes[word].contains(UInt8(ascii: "$"))
      })
    else { return [] }
    return [fragment("memhp_default_state", bytes.text(value), at: value)]
  }

  /// The argument that says the same as writing to a path.
  private static func argument(ofPath path: String) -> String? {
    if let key = RuntimeSetting.key(of: path) { return key }
    if path.hasPrefix(sysctlFolder) { return argument("vm." + path.dropFirst(sysctlFolder.count)) }
    // One block is one block; a pattern or a variable stands for all that come.
    guard path.hasPrefix(blockFolder) || path.contains("system/memory/"), path.hasSuffix("/state"),
      path.contains("*") || path.contains("$")
    else { return nil }
    return "memhp_default_state"
  }

  /// What `echo` writes: the last plain word in front of the redirection or pipe.
  private func written(_ words: ArraySlice<Range<Int>>) -> Range<Int>? {
    guard let echo = words.lastIndex(where: { ["echo", "printf"].contains(bytes.text($0)) }) else {
      return nil
    }
    return words[(echo + 1)...].first { word in
      let text = bytes.text(word)
      return !text.hasPrefix("-") && !text.isEmpty
        && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }
  }

  /// Words of a command, without quotes and signs around them.
  private func words(in content: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for index in content {
      if " \t\"'`;|>&(),[]".utf8.contains(bytes[index]) {
        if let open = start { words.append(open..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let open = start { words.append(open..<content.upperBound) }
    return words
  }

  private func fragment(_ name: String, _ value: String, at place: Range<Int>) -> ArgumentFragment {
    let words = value.split { $0 == " " || $0 == "\t" || $0 == "," }.joined(separator: " ")
    let text = words.contains(" ") ? "\(name)=\"\(words)\"" : "\(name)=\(words)"
    return .setting(text, at: place)
  }

  /// One list of what was found; none where that is nothing.
  static func list(_ fragments: [ArgumentFragment], titled title: String) -> [ArgumentList] {
    fragments.isEmpty ? [] : [ArgumentList(title: title, fragments: fragments, isComplete: false)]
  }
}
