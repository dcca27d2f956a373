internal import SourceText

extension KernelArgumentFormat {
  /// U-Boot: `uEnv.txt` and other environments, `boot.cmd` and other scripts for its shell.
  static let uboot = KernelArgumentFormat(
    name: "u-boot",
    title: "U-Boot environment or script",
    documentation: FormatRow(
      recognizedBy: """
        `bootargs=`, `bootargs_…=`, `optargs=`, `setenv bootargs`, `env set bootargs`, also behind \
        the name of another variable; `cmdline=` in a `uEnv.txt`
        """,
      read: "each value; what variables put in is left out",
      notRead: "`boot.scr`, which is made of `boot.cmd`"
    ),
    markers: [.ubootArguments, .commandLineKey],
    recognizes: { sample in
      sample.unreadKind == nil && SourceLanguage.of(sample.name) == nil
        && !sample.hasSuffix(".dts", ".dtsi", ".dtso", ".yaml", ".yml", ".json", ".tf", ".toml")
        && (sample.markers.contains(.ubootArguments) || sample.isUBootEnvironment)
        && UBootText(bytes: sample.text, isEnvironment: sample.isUBootEnvironment).hasArguments
    },
    locate: { (sample, bytes) in
      UBootText(bytes: bytes, isEnvironment: sample.isUBootEnvironment).lists()
    }
  )
}

/// Values of `bootargs` and its like, line by line.
private struct UBootText {
  let bytes: [UInt8]
  /// Whether the file is one of settings, in which BeagleBone's images have `cmdline=`.
  let isEnvironment: Bool

  private static let names: Set<String> = ["optargs", "extraargs"]
  private static let commands = ["setenv ", "env set ", "editenv "]

  var hasArguments: Bool {
    TextLine.lines(of: bytes).contains { line in
      !values(in: line).isEmpty && !isCommandOfShell(line)
    }
  }

  /// `echo "bootargs=…"` is a script's.
  private func isCommandOfShell(_ line: TextLine) -> Bool {
    ["echo", "sed", "printf", "export", "local"].contains(bytes.text(line.word(at: 0)))
  }

  func lists() -> [ArgumentList] {
    TextLine.lines(of: bytes).flatMap { line in
      values(in: line).map { name, value in
        ArgumentList(title: name, fragments: [.line(value, in: bytes)], isComplete: false)
      }
    }
  }

  private func values(in line: TextLine) -> [(name: String, value: Range<Int>)] {
    let content = line.trimmed(from: line.range.lowerBound)
    guard let first = content.first, bytes[first] != UInt8(ascii: "#") else { return [] }
    var found: [(String, Range<Int>)] = []
    if let setting = SettingLine(line), isNamed(bytes.text(setting.name)),
      nextCommand(from: setting.value.lowerBound, in: setting.value) == nil
    {
      found.append((bytes.text(setting.name), setting.unquoted(in: bytes)))
      return found.filter { !$0.1.isEmpty }
    }
    var start = content.lowerBound
    while let command = nextCommand(from: start, in: content) {
      let word = TextLine(bytes: bytes, range: command..<content.upperBound).word(at: 0)
      let name = bytes.text(word)
      let value = value(from: word.upperBound, to: content.upperBound)
      if isNamed(name), !value.isEmpty { found.append((name, value)) }
      start = max(command, value.upperBound)
    }
    return found
  }

  private func isNamed(_ name: String) -> Bool {
    name.hasPrefix("bootargs") || Self.names.contains(name) || isEnvironment && name == "cmdline"
  }

  /// Behind the next `setenv `.
  private func nextCommand(from start: Int, in content: Range<Int>) -> Int? {
    let rest = bytes[start..<content.upperBound]
    return Self.commands.compactMap { rest.firstRange(of: Array($0.utf8))?.upperBound }.min()
  }

  /// Up to the end of the command, without quotes around it.
  private func value(from start: Int, to end: Int) -> Range<Int> {
    var start = start
    while start < end, TextLine.isBlank(bytes[start]) { start += 1 }
    guard start < end else { return start..<start }
    let quote = bytes[start]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let close = bytes[(start + 1)..<end].firstIndex(of: quote) ?? end
      return (start + 1)..<close
    }
    // A separator that is quoted for the shell is none.
    let close = bytes[start..<end].firstIndex(of: UInt8(ascii: ";")) ?? end
    return TextLine(bytes: bytes, range: start..<close).trimmed(from: start)
  }
}

extension FileSample {
  fileprivate var isUBootEnvironment: Bool { name.lowercased() == "uenv.txt" }
}
