internal import SourceText

extension KernelArgumentFormat {
  /// Lines of a tmpfiles.d file that write what a boot argument would set: they reach a running
  /// kernel, not its command line.
  static let tmpfiles = KernelArgumentFormat(
    name: "tmpfiles",
    title: "tmpfiles.d, settings of a running kernel",
    documentation: FormatRow(
      recognizedBy: "a path under `tmpfiles.d/`",
      read: "`w` lines that write settings of hot-plug, as the arguments that say the same",
      notRead: "lines of other types"
    ),
    markers: .memorySetting,
    recognizes: { sample in
      sample.path.contains("tmpfiles.d/") && sample.hasLine(beginning: "w", indented: false)
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      var fragments: [ArgumentFragment] = []
      for line in TextLine.lines(of: bytes) {
        let fields = fields(of: line)
        guard let type = fields.first, bytes[type.lowerBound] != UInt8(ascii: "#") else { continue }
        guard fields.count > 1 else {
          throw LocatedError(
            "expected TYPE PATH MODE USER GROUP AGE ARGUMENT",
            at: SourceLocation(of: type.lowerBound, in: bytes, file: file)
          )
        }
        let path = String(decoding: bytes[fields[1]], as: UTF8.self)
        guard bytes[type.lowerBound] == UInt8(ascii: "w"), fields.count == 7,
          let key = RuntimeSetting.key(of: path)
        else { continue }
        let value = line.trimmed(from: fields[6].lowerBound)
        let lineEnd = bytes[line.range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
        let whole = line.range.lowerBound..<(lineEnd ?? line.range.upperBound)
        fragments.append(
          ArgumentFragment(
            text: key + "=" + String(decoding: bytes[value], as: UTF8.self),
            offsets: Array(repeating: value.lowerBound, count: key.utf8.count + 1)
              + Array(value.lowerBound...value.upperBound),
            range: value,
            removal: ArgumentFragment.Removal(whole),
            rewriting: .whole { CommandLine($0).arguments.first?.value ?? "" }
          )
        )
      }
      let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
      return ArgumentList(
        fragments: fragments,
        isComplete: false,
        insertion: .text(at: bytes.count) {
          (needsBreak ? "\n" : "") + RuntimeSetting.lines($0)
        }
      )
    }
  )

  /// The seven fields of a line, or as many as it has.
  private static func fields(of line: TextLine) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var offset = 0
    while fields.count < 7 {
      let word = line.word(at: offset)
      guard !word.isEmpty else { break }
      fields.append(word)
      offset = word.upperBound - line.range.lowerBound
    }
    return fields
  }
}

/// Kernel arguments that a running kernel takes through sysfs too.
enum RuntimeSetting {
  private static let folder = "/sys/module/memory_hotplug/parameters/"
  private static let autoOnline = "/sys/devices/system/memory/auto_online_blocks"
  private static let prefix = "memory_hotplug."
  /// What only a running kernel has: no argument sets these at boot.
  private static let others = [
    "lru_gen.enabled": "/sys/kernel/mm/lru_gen/enabled",
    "numa.demotion_enabled": "/sys/kernel/mm/numa/demotion_enabled",
  ]

  /// What the kernel starts with (`mm/memory_hotplug.c`).
  static let defaults = [
    "memory_hotplug.online_policy": "contig-zones", "memory_hotplug.auto_movable_ratio": "301",
    "memory_hotplug.auto_movable_numa_aware": "Y",
  ]

  static func path(of key: String) -> String? {
    if key == "memhp_default_state" { return autoOnline }
    if let path = others[key] { return path }
    return defaults[key] == nil ? nil : folder + key.dropFirst(prefix.count)
  }

  static func key(of path: String) -> String? {
    if path == autoOnline { return "memhp_default_state" }
    if let own = others.first(where: { $0.value == path }) { return own.key }
    guard path.hasPrefix(folder) else { return nil }
    let key = prefix + path.dropFirst(folder.count)
    return defaults[key] == nil ? nil : key
  }

  /// A line of tmpfiles.d for each argument that has a path.
  static func lines(_ arguments: [BootArgument]) -> String {
    arguments.compactMap { argument in
      path(of: argument.key).map { "w \($0) - - - - \(argument.value ?? "")\n" }
    }
    .joined()
  }
}
