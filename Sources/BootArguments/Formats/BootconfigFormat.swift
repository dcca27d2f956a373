internal import SourceText

extension KernelArgumentFormat {
  /// The kernel's boot configuration, which lies behind the initrd: keys under `kernel` go in front
  /// of the command line (`xbc_snprint_cmdline`, init/main.c).
  static let bootconfig = KernelArgumentFormat(
    name: "bootconfig",
    title: "Boot configuration (bootconfig)",
    documentation: FormatRow(
      recognizedBy: "`kernel {` or `kernel.NAME =` with the name of a memory argument",
      read: "every key under `kernel`, with each value of a list",
      notRead: "keys under `init`"
    ),
    markers: .kernelBlock,
    recognizes: { sample in
      sample.isPlainText && sample.markers.contains(.argumentName)
        && (sample.hasLine(beginning: "kernel {") || sample.hasLine(beginning: "kernel{")
          || KnownArguments.searchedNames.contains {
            sample.hasLine(beginning: "kernel." + String(decoding: $0, as: UTF8.self))
          })
    },
    locate: { (_, bytes) in
      var reader = BootconfigText(bytes: bytes)
      let fragments = reader.read()
      return fragments.isEmpty ? [] : [ArgumentList(fragments: fragments, isComplete: false)]
    }
  )
}

/// Keys in words with dots and braces, values behind `=`, `:=`, `+=`, several with commas.
private struct BootconfigText {
  let bytes: [UInt8]
  private var position = 0
  private var prefix: [[UInt8]] = []
  private var fragments: [ArgumentFragment] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() -> [ArgumentFragment] {
    while true {
      skip { ArgumentText.isBlank($0) || $0 == UInt8(ascii: ";") }
      guard position < bytes.count else { return fragments }
      switch bytes[position] {
      case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "}"):
        _ = prefix.popLast()
        position += 1
      default: readKey()
      }
    }
  }

  private mutating func readKey() {
    let start = position
    skip { !ArgumentText.isBlank($0) && !"={};#,+:".utf8.contains($0) }
    let key = start..<position
    skip(TextLine.isBlank)
    guard position < bytes.count else { return add(key, value: nil) }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      prefix.append(Array(bytes[key]))
      position += 1
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: ":"):
      skip { "=+:".utf8.contains($0) }
      readValues(of: key)
    default:
      add(key, value: nil)
      // What stands here was no key.
      if key.isEmpty { position += 1 }
    }
  }

  private mutating func readValues(of key: Range<Int>) {
    while true {
      skip(TextLine.isBlank)
      let value = readValue()
      add(key, value: value)
      skip(TextLine.isBlank)
      guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { return }
      position += 1
      skip { ArgumentText.isBlank($0) }
    }
  }

  private mutating func readValue() -> Range<Int> {
    guard position < bytes.count else { return position..<position }
    let quote = bytes[position]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = position + 1
      let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
      position = min(end + 1, bytes.count)
      return start..<end
    }
    let start = position
    skip { $0 != 0x0A && $0 != 0x0D && !",;#}".utf8.contains($0) }
    return TextLine(bytes: bytes, range: start..<position).trimmed(from: start)
  }

  private mutating func add(_ key: Range<Int>, value: Range<Int>?) {
    let whole = prefix + [Array(bytes[key])]
    let path = Array(whole.joined(separator: [UInt8(ascii: ".")]))
    let lead = Array("kernel.".utf8)
    guard path.starts(with: lead), path.count > lead.count else { return }
    let name = ArgumentFragment.setting(
      String(decoding: path.dropFirst(lead.count), as: UTF8.self),
      at: key
    )
    guard let value, !value.isEmpty else {
      fragments.append(name)
      return
    }
    fragments.append(name.assigned(.verbatim(value, in: bytes)))
  }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while position < bytes.count, isSkipped(bytes[position]) { position += 1 }
  }
}
