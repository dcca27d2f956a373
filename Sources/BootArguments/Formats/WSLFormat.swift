internal import SourceText

extension KernelArgumentFormat {
  /// WSL's .wslconfig: `kernelCommandLine` of `[wsl2]`.
  ///
  /// Read as WSL does (src/shared/configfile/configfile.cpp): quotes anywhere, a few escapes, `#`
  /// begins a comment outside quotes, and of several settings the first counts.
  static let wsl = KernelArgumentFormat(
    name: "wsl",
    title: "WSL 2 (.wslconfig)",
    documentation: FormatRow(
      recognizedBy: "`[wsl2]` and `kernelCommandLine`",
      read: "`kernelCommandLine` with its quotes and escapes",
      notRead: ""
    ),
    markers: .iniCommandLine,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "[wsl2]")
        && sample.hasLine(beginning: "kernelCommandLine")
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      try WSLConfig(file: file, bytes: bytes).list()
    }
  )

  /// A value as WSL reads it back.
  static func wslValue(_ text: String) -> String {
    guard text.utf8.contains(where: { "\"\\#".utf8.contains($0) }) else { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

private struct WSLConfig {
  let file: String
  let bytes: [UInt8]

  private static let name = "kernelCommandLine"

  func list() throws(LocatedError) -> ArgumentList {
    var section = ""
    var header: TextLine?
    for line in TextLine.lines(of: bytes) {
      let content = line.trimmed(from: line.range.lowerBound)
      guard let first = content.first, bytes[first] != UInt8(ascii: "#") else { continue }
      if bytes[first] == UInt8(ascii: "[") {
        section = bytes.text(content.dropFirst().prefix { bytes[$0] != UInt8(ascii: "]") })
        if section == "wsl2", header == nil { header = line }
        continue
      }
      guard section == "wsl2", let setting = SettingLine(line),
        bytes.text(setting.name) == Self.name
      else { continue }
      let value = try value(at: setting.value.lowerBound)
      return ArgumentList(key: "wsl2", fragments: [value], isComplete: false)
    }
    return ArgumentList(key: "wsl2", missing: insertion(behind: header))
  }

  /// The value that begins at a place, without its quotes, escapes and comment.
  private func value(at start: Int) throws(LocatedError) -> ArgumentFragment {
    var text: [UInt8] = []
    var offsets: [Int] = []
    // Up to the last character that is no blank, or that a quote keeps.
    var (end, length) = (start, 0)
    var quote: Int?
    var position = start
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
      let place = position
      var byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        quote = quote == nil ? place : nil
        (end, length) = (position, text.count)
        continue
      }
      if byte == UInt8(ascii: "#"), quote == nil { break }
      if byte == UInt8(ascii: "\\") {
        if bytes[position...].starts(with: [0x0D, 0x0A]) { position += 1 }
        guard position < bytes.count, let meant = Self.escapes[bytes[position]] else {
          throw failure(at: place, "WSL knows the escapes \\\\ \\\" \\b \\n \\t and no other")
        }
        byte = meant
        position += 1
        // The line goes on.
        if byte == 0x0A { continue }
      }
      text.append(byte)
      offsets.append(place)
      if !TextLine.isBlank(byte) || quote != nil { (end, length) = (position, text.count) }
    }
    if let quote { throw failure(at: quote, "this quote is never closed") }
    return ArgumentFragment(
      text: String(decoding: text[..<length], as: UTF8.self),
      offsets: Array(offsets[..<length]) + [end],
      range: start..<end,
      rewriting: .whole { KernelArgumentFormat.wslValue($0) }
    )
  }

  /// A line break is none: the line goes on. `\n` is one, which ends a word like a blank.
  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "n"): 0x20, UInt8(ascii: "t"): 0x09, 0x0A: 0x0A,
  ]

  /// A line of its own under the section, which is made where there is none.
  private func insertion(behind header: TextLine?) -> ArgumentInsertion {
    let lineBreak = bytes.contains(0x0D) ? "\r\n" : "\n"
    @Sendable func setting(_ arguments: [BootArgument]) -> String {
      "\(Self.name) = \(KernelArgumentFormat.wslValue(arguments.line))"
    }
    if let header {
      return .text(at: header.range.upperBound) { lineBreak + setting($0) }
    }
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    return .text(at: bytes.count) {
      (needsBreak ? lineBreak : "") + "[wsl2]\(lineBreak)\(setting($0))\(lineBreak)"
    }
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
