internal import SourceText

extension BootTarget {
  /// The running kernel: the onlining policy through sysfs, by tmpfiles.d at every boot.
  ///
  /// No reboot. Only memory that is added later follows the policy; zones that boot arguments make
  /// can't be changed in a running kernel.
  static let sysfs = BootTarget(
    name: "sysfs",
    title: "Running kernel (tmpfiles.d, no reboot)",
    place: "/etc/tmpfiles.d/60-zonewise.conf",
    rebootNeeded: false,
    comment: .hash,
    refusal: { RuntimeSetting.refusal($0) },
    body: { request in
      request.arguments.compactMap { argument in
        RuntimeSetting.path(of: argument.key).map {
          "w \($0) - - - - \(argument.value ?? "")\n"
        }
      }
      .joined()
    },
    apply: { _ in ["systemd-tmpfiles --create /etc/tmpfiles.d/60-zonewise.conf"] },
    rollback: { request in
      ["rm /etc/tmpfiles.d/60-zonewise.conf"]
        + request.arguments.compactMap { argument in
          guard let path = RuntimeSetting.path(of: argument.key) else { return nil }
          guard let value = RuntimeSetting.defaults[argument.key] else {
            return "# write to \(path) what it held before"
          }
          return "echo \(value) > \(path)"
        }
    },
    notes: { _ in
      [
        "without waiting for a boot and without the file: echo VALUE > PATH for each line",
        "set the policy before memory is added: it never moves what is online",
      ]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try RuntimeSetting.parse(file: file, bytes)
    }
  )
}

/// Kernel arguments that a running kernel takes through sysfs too.
enum RuntimeSetting {
  private static let folder = "/sys/module/memory_hotplug/parameters/"
  private static let autoOnline = "/sys/devices/system/memory/auto_online_blocks"
  private static let prefix = "memory_hotplug."

  /// What the kernel starts with (`mm/memory_hotplug.c`).
  static let defaults = [
    "memory_hotplug.online_policy": "contig-zones", "memory_hotplug.auto_movable_ratio": "301",
    "memory_hotplug.auto_movable_numa_aware": "Y",
  ]

  static func path(of key: String) -> String? {
    if key == "memhp_default_state" { return autoOnline }
    return defaults[key] == nil ? nil : folder + key.dropFirst(prefix.count)
  }

  private static func key(of path: String) -> String? {
    if path == autoOnline { return "memhp_default_state" }
    guard path.hasPrefix(folder) else { return nil }
    let key = prefix + path.dropFirst(folder.count)
    return defaults[key] == nil ? nil : key
  }

  static func refusal(_ argument: BootArgument) -> String? {
    guard path(of: argument.key) != nil else {
      return "the kernel takes it only at boot; choose the target of your boot loader"
    }
    guard let value = argument.value, !value.isEmpty, value.utf8.allSatisfy(isPlain) else {
      return "its value must be one word of letters, digits, - and _"
    }
    return nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  /// The lines of a tmpfiles.d file that write to these settings.
  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    var fragments: [BootFile.Fragment] = []
    for line in TextLine.lines(of: bytes) {
      var fields: [Range<Int>] = []
      var offset = 0
      while fields.count < 7 {
        let word = line.word(at: offset)
        guard !word.isEmpty else { break }
        fields.append(word)
        offset = word.upperBound - line.range.lowerBound
      }
      guard let type = fields.first, bytes[type.lowerBound] != UInt8(ascii: "#") else { continue }
      guard fields.count > 1 else {
        throw LocatedError(
          "expected TYPE PATH MODE USER GROUP AGE ARGUMENT",
          at: SourceLocation(of: type.lowerBound, in: bytes, file: file)
        )
      }
      let path = String(decoding: bytes[fields[1]], as: UTF8.self)
      guard bytes[type.lowerBound] == UInt8(ascii: "w"), let key = key(of: path),
        fields.count == 7
      else { continue }
      let value = line.trimmed(from: fields[6].lowerBound)
      let lineEnd = bytes[line.range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
      let whole = line.range.lowerBound..<(lineEnd ?? line.range.upperBound)
      fragments.append(
        BootFile.Fragment(
          text: key + "=" + String(decoding: bytes[value], as: UTF8.self),
          offsets: Array(repeating: fields[1].lowerBound, count: key.utf8.count + 1)
            + Array(value.lowerBound...value.upperBound),
          range: value,
          removal: BootFile.Removal(whole),
          rewriting: .whole { CommandLine($0).arguments.first?.value ?? "" }
        )
      )
    }
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: fragments,
      insertion: .text(at: bytes.count) { arguments in
        (needsBreak ? "\n" : "")
          + arguments.compactMap { argument in
            path(of: argument.key).map { "w \($0) - - - - \(argument.value ?? "")\n" }
          }
          .joined()
      }
    )
  }
}
