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
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      var settings = ArgumentList(title: "settings.boot", fragments: [], isComplete: false)
      var section = ""
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        if let first = content.first, bytes[first] == UInt8(ascii: "["),
          !bytes[content].contains(UInt8(ascii: "="))
        {
          section = bytes.text(content).filter { $0 != "[" && $0 != "]" && $0 != "\"" }
          continue
        }
        guard let setting = SettingLine(line), !setting.name.isEmpty else { continue }
        let path = (section.isEmpty ? "" : section + ".") + bytes.text(setting.name)
        let key = path.filter { $0 != "\"" && $0 != "'" }
        let lead = "settings.boot.kernel-parameters."
        if key.hasPrefix(lead) {
          let start = setting.name.upperBound - key.dropFirst(lead.count).utf8.count
          // A closing quote stands behind the name.
          let isQuoted = bytes[setting.name.upperBound - 1] == UInt8(ascii: "\"")
          let end = setting.name.upperBound - (isQuoted ? 1 : 0)
          let name = ArgumentFragment.verbatim((isQuoted ? start - 1 : start)..<end, in: bytes)
          let values = quoted(from: setting.value.lowerBound, in: bytes)
          settings.fragments += values.isEmpty ? [name] : values.map { name.assigned($0) }
        } else if key.hasSuffix("kernel-parameters") {
          let values = quoted(from: setting.value.lowerBound, in: bytes)
          lists.append(ArgumentList(title: section, fragments: values, isComplete: false))
        }
      }
      return (settings.fragments.isEmpty ? [] : [settings]) + lists.filter { !$0.fragments.isEmpty }
    }
  )

  /// The strings of the array at a place, up to its bracket; or the one string there.
  private static func quoted(from start: Int, in bytes: [UInt8]) -> [ArgumentFragment] {
    let isArray = start < bytes.count && bytes[start] == UInt8(ascii: "[")
    var found: [ArgumentFragment] = []
    var position = isArray ? start + 1 : start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "]"): return found
      case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let close = bytes[(position + 1)...].firstIndex(of: bytes[position]) else {
          return found
        }
        found.append(.line((position + 1)..<close, in: bytes))
        if !isArray { return found }
        position = close + 1
      case 0x0A where !isArray: return found
      default: position += 1
      }
    }
    return found
  }
}
