internal import KernelText
internal import SourceText

extension KernelArgumentFormat {
  /// Bottlerocket: settings of the boot (user data), and `kernel-parameters` of a variant's build.
  static let bottlerocket = KernelArgumentFormat(
    name: "bottlerocket",
    title: "Bottlerocket settings (TOML)",
    documentation: FormatRow(
      recognizedBy: "`kernel-parameters` in a TOML file",
      read: """
        `[settings.boot.kernel-parameters]`, each name with each of its values; \
        `kernel-parameters = [ … ]` of a variant
        """,
      notRead: "`init-parameters`"
    ),
    markers: .bottlerocket,
    recognizes: { sample in
      sample.isPlainText || sample.hasSuffix(".toml")
        ? sample.sets(["kernel-parameters"])
          || sample.hasLine(beginning: "[settings.boot.kernel-parameters]")
          || sample.hasLine(beginning: "settings.boot.kernel-parameters.")
          || sample.hasLine(beginning: "boot.kernel-parameters.") : false
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var text = BottlerocketText(file: sample.path, bytes: bytes)
      return try text.lists()
    }
  )
}

/// Kernel arguments as names with lists of values.
struct BottlerocketText {
  private let file: String
  private let bytes: [UInt8]
  private var settings = ArgumentList(
    key: "settings",
    title: "settings.boot",
    fragments: [],
    isComplete: false
  )
  private var variants: [ArgumentList] = []
  private var names: Set<String> = []
  /// Behind the last line of the section of settings.
  private var sectionEnd: Int?

  private static let section = "settings.boot.kernel-parameters"

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  // MARK: Reading

  mutating func lists() throws(LocatedError) -> [ArgumentList] {
    var section = ""
    // Behind what an array over several lines takes.
    var next = 0
    for line in TextLine.lines(of: bytes) where line.range.lowerBound >= next {
      if let header = header(line) {
        section = header
        if section == Self.section { sectionEnd = line.range.upperBound }
      } else if let setting = SettingLine(line), !setting.name.isEmpty {
        next = try read(setting, of: line, in: section)
        if section == Self.section { sectionEnd = next }
      }
    }
    // Its agent keeps them in a table without an order (prairiedog, HashMap).
    settings.order = .shuffled(by: "Bottlerocket")
    if settings.fragments.isEmpty || sectionEnd != nil { settings.insertion = insertion }
    // A variant's build has settings of its own, and no others.
    return settings.fragments.isEmpty && !variants.isEmpty ? variants : [settings] + variants
  }

  /// The name in brackets that begins a section, without quotes.
  private func header(_ line: TextLine) -> String? {
    let content = line.trimmed(from: line.range.lowerBound)
    guard let first = content.first, bytes[first] == UInt8(ascii: "["),
      let close = bytes[content].firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    let rest = bytes[close..<content.upperBound].drop { $0 == UInt8(ascii: "]") }
      .first { !TextLine.isBlank($0) }
    guard rest == nil || rest == UInt8(ascii: "#") else { return nil }
    return bytes.text(content.lowerBound..<close).filter { $0 != "[" && $0 != "\"" }
  }

  /// Behind what was read.
  private mutating func read(
    _ setting: SettingLine,
    of line: TextLine,
    in section: String
  ) throws(LocatedError) -> Int {
    let path = (section.isEmpty ? "" : section + ".") + bytes.text(setting.name)
    let key = path.filter { $0 != "\"" && $0 != "'" }
    let lead = Self.section + "."
    if key.hasPrefix(lead) {
      let name = String(key.dropFirst(lead.count))
      guard names.insert(name).inserted else {
        throw LocatedError(
          "key \(name) appears twice; give one list of values",
          at: SourceLocation(of: setting.name.lowerBound, in: bytes, file: file)
        )
      }
      let (values, end) = quoted(from: setting.value.lowerBound)
      settings.fragments += fragments(setting, name: name, values, to: end, line: line)
      return end
    }
    guard key.hasSuffix("kernel-parameters") else { return line.range.upperBound }
    let (values, end) = quoted(from: setting.value.lowerBound)
    if !values.isEmpty {
      variants.append(ArgumentList(title: section, fragments: values, isComplete: false))
    }
    return end
  }

  /// An argument for each value; only one that has no more than one value can be changed.
  private func fragments(
    _ setting: SettingLine,
    name: String,
    _ values: [ArgumentFragment],
    to end: Int,
    line: TextLine
  ) -> [ArgumentFragment] {
    let isQuoted = "\"'".utf8.contains(bytes[setting.name.upperBound - 1])
    let nameEnd = setting.name.upperBound - (isQuoted ? 1 : 0)
    let nameStart = max(setting.name.lowerBound, nameEnd - name.utf8.count)
    // The caret begins at the quote in front of the name.
    let start = isQuoted ? max(setting.name.lowerBound, nameStart - 1) : nameStart
    let places = [start] + Array(nameStart..<nameEnd).dropFirst() + [nameEnd]
    // Quotes in the midst of a name have no place in the argument.
    let own =
      bytes[nameStart..<nameEnd].elementsEqual(name.utf8)
      ? ArgumentFragment(text: name, offsets: places)
      : .setting(name, at: setting.name.lowerBound..<nameEnd)
    let arguments = values.isEmpty ? [own] : values.map { own.assigned(Self.whole($0)) }
    return arguments.map { argument in
      guard arguments.count == 1 else {
        return argument.refusing("\(name) has several values; change it by hand")
      }
      var argument = argument
      argument.range = setting.name.lowerBound..<end
      argument.removal = ArgumentFragment.Removal(wholeLines(line.range.lowerBound..<end))
      let isDotted = bytes[setting.name].contains(UInt8(ascii: ".")) && !isQuoted
      let lead = isDotted ? bytes.text(setting.name.lowerBound..<start) : ""
      argument.rewriting = .whole { word in
        CommandLine(word).arguments.map { lead + Self.setting($0.name, [$0]) }.joined(
          separator: "\n"
        )
      }
      return argument
    }
  }

  /// In the kernel's quotes where it needs them.
  private static func whole(_ value: ArgumentFragment) -> ArgumentFragment {
    guard value.text.utf8.contains(0x20), !value.text.contains("\"") else { return value }
    var quoted = value
    quoted.text = "\"\(value.text)\""
    quoted.offsets =
      [value.offsets.first ?? 0] + value.offsets.dropLast() + [value.offsets.last ?? 0]
      + [value.offsets.last ?? 0]
    return quoted
  }

  private func wholeLines(_ range: Range<Int>) -> Range<Int> {
    let feed = bytes[range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
    return range.lowerBound..<(feed ?? bytes.count)
  }

  /// The strings of the array at a place and what follows its bracket; or the one string there.
  private func quoted(from start: Int) -> (values: [ArgumentFragment], end: Int) {
    let isArray = start < bytes.count && bytes[start] == UInt8(ascii: "[")
    var found: [ArgumentFragment] = []
    var position = isArray ? start + 1 : start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "]") where isArray: return (found, position + 1)
      case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let close = bytes[(position + 1)...].firstIndex(of: bytes[position]) else {
          return (found, bytes.count)
        }
        found.append(.verbatim((position + 1)..<close, in: bytes))
        if !isArray { return (found, close + 1) }
        position = close + 1
      case 0x0A where !isArray: return (found, position)
      default: position += 1
      }
    }
    return (found, position)
  }

  // MARK: Writing

  private var insertion: ArgumentInsertion {
    if let sectionEnd {
      return .text(at: sectionEnd) { "\n" + Self.settings($0).trimmingSuffix("\n") }
    }
    return .line(endOf: bytes) { arguments in
      "\n[\(Self.section)]\n" + Self.settings(arguments).trimmingSuffix("\n")
    }
  }

  /// A line for each name, with all of its values.
  static func settings(_ arguments: [BootArgument]) -> String {
    var names: [String] = []
    var values: [String: [BootArgument]] = [:]
    for argument in arguments {
      if values[argument.name] == nil { names.append(argument.name) }
      values[argument.name, default: []].append(argument)
    }
    return names.map { setting($0, values[$0] ?? []) + "\n" }.joined()
  }

  private static func setting(_ name: String, _ arguments: [BootArgument]) -> String {
    let values = arguments.compactMap { $0.value }.map { TOMLText.string($0) }
    return "\(TOMLText.string(name)) = [\(values.joined(separator: ", "))]"
  }

  /// The rules of its settings' types (modeled-types, `BootConfigKey` and `BootConfigValue`).
  static func refusal(_ argument: BootArgument) -> String? {
    let words = argument.name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isNameByte) }) else {
      return "Bottlerocket takes names of letters, digits, - and _, with dots between them"
    }
    guard let value = argument.value else { return nil }
    guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return "Bottlerocket takes values of plain ASCII only"
    }
    return value.contains("\"") || value.contains("\\")
      ? "a quote or a backslash in a value is not written here" : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  /// Values of one name stand in one list, so pairs come apart.
  static func regrouping(of arguments: [BootArgument]) -> [String] {
    let sizes = arguments.filter { $0.name == "hugepagesz" }
    let counts = arguments.filter { $0.name == "hugepages" }
    var notes = [
      "names without an order: which argument comes first in the kernel depends on the release"
    ]
    if sizes.count > 1 || counts.count > 1 {
      notes.append(
        "values of one name stand together, so hugepages= no longer follows its hugepagesz=: give "
          + "one pair here, and the other pages with a setting of sysctl or a service"
      )
    } else if !sizes.isEmpty {
      notes.append("hugepagesz= must come before hugepages=: look at /proc/cmdline after the boot")
    }
    return sizes.isEmpty && counts.count < 2 ? [] : notes
  }
}
