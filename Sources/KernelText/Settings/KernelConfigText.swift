package import HostModel

/// A kernel's configuration: /boot/config-*, /proc/config.gz unpacked, or `.config`.
package enum KernelConfigText {
  private static let form = "lines such as `CONFIG_MEMORY_HOTPLUG=y`"
  private static let limit = 16 << 20

  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> KernelConfig {
    try CounterText.check(text, file: file, limit: limit)
    var options: [String: KernelConfig.Value] = [:]
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      if text.hasPrefix(content, "#") {
        if let name = unsetOption(text, content) { options[name] = .no }
        continue
      }
      guard text.hasPrefix(content, prefix) else { continue }
      guard let equals = text.firstIndex(of: UInt8(ascii: "="), in: content) else {
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      let name = content.lowerBound + prefix.utf8CodeUnitCount..<equals
      guard text.isVisibleASCII(name) else {
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      // An option that is not named counts as off, so a lost end must not pass for the whole.
      if scanner.position > text.count {
        throw ParseError(
          .truncated(inside: "CONFIG_" + text.string(name), missing: "end of the line"),
          file: file,
          line: scanner.line
        )
      }
      options[text.string(name)] = value(text, equals + 1..<content.upperBound)
    }
    if options.isEmpty { throw ParseError(.malformed(expected: form), file: file, line: 1) }
    return KernelConfig(options: options, input: file)
  }

  private static var prefix: StaticString { "CONFIG_" }

  /// X of `# CONFIG_X is not set`.
  private static func unsetOption(_ text: Span<UInt8>, _ line: Range<Int>) -> String? {
    let mark = text.word(from: line.lowerBound, in: line)
    let name = text.word(from: mark.upperBound, in: line)
    let rest = text.trimmed(name.upperBound..<line.upperBound)
    guard text.equals(mark, "#"), text.hasPrefix(name, prefix), text.equals(rest, "is not set")
    else { return nil }
    return text.string(name.lowerBound + prefix.utf8CodeUnitCount..<name.upperBound)
  }

  private static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> KernelConfig.Value {
    if text.equals(range, "y") { return .yes }
    if text.equals(range, "m") { return .module }
    if text.equals(range, "n") { return .no }
    let quote = UInt8(ascii: "\"")
    guard range.count >= 2, text[range.lowerBound] == quote, text[range.upperBound - 1] == quote
    else { return .text(text.string(range)) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for index in range.lowerBound + 1..<range.upperBound - 1 {
      if text[index] == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        bytes.append(text[index])
        isEscaped = false
      }
    }
    return .text(String(decoding: bytes, as: UTF8.self))
  }
}
