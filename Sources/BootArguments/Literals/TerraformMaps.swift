internal import SourceText

extension ArgumentList {
  /// Whether another list begins within this one.
  func covers(_ other: ArgumentList) -> Bool {
    guard let first = fragments.first?.offsets.first, let last = fragments.last?.offsets.last,
      let start = other.fragments.first?.offsets.first
    else { return false }
    return (first...max(first, last)).contains(start)
  }
}

/// Maps of arguments in Terraform, as its libvirt provider takes them: `cmdline = [{ name = "value",
/// _ = "words" }]`; and under other names that say what they hold (`kernel_params`).
struct TerraformMaps {
  let bytes: [UInt8]

  private static let names: Set = [
    "cmdline", "kernel_cmdline", "kernel_command_line", "kernel_params", "kernel_parameters",
    "kernel_args", "kernel_arguments", "extra_kernel_args", "kernel_options", "kargs", "boot_args",
    "bootargs",
  ]

  func lists() -> [ArgumentList] {
    var found: [ArgumentList] = []
    var start = 0
    // A name, an equals sign, and a bracket in front of a map.
    while let equals = bytes[start...].firstIndex(of: UInt8(ascii: "=")) {
      start = equals + 1
      let before = bytes[..<equals].suffix(64).reversed().drop { TextLine.isBlank($0) }
        .prefix { Self.isNameByte($0) || $0 == UInt8(ascii: "\"") }
      let name = String(decoding: before.reversed().filter { $0 != 0x22 }, as: UTF8.self)
      guard Self.names.contains(name.replacing("-", with: "_")) else { continue }
      let rest = bytes[start...].drop { ArgumentText.isBlank($0) }
      guard let first = rest.first, "[{".utf8.contains(first) else { continue }
      let fragments = settings(from: rest.startIndex, &start)
      let isKnown = fragments.contains { fragment in
        let text = Array(fragment.text.utf8)
        return ArgumentText.words(text, 0..<text.count).contains {
          ArgumentText.isKnown(text, $0) || ArgumentText.isFlag(text, $0)
        }
      }
      if isKnown { found.append(ArgumentList(fragments: fragments, isComplete: false)) }
    }
    return found
  }

  /// `name = "value"` on lines of their own up to the last bracket.
  private func settings(from open: Int, _ end: inout Int) -> [ArgumentFragment] {
    var depth = 0
    var position = open
    var fragments: [ArgumentFragment] = []
    var name: Range<Int>?
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        end = position + 1
        if depth == 0 { return fragments }
      case UInt8(ascii: "#"):
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        continue
      case UInt8(ascii: "\""):
        let close = bytes[(position + 1)...].firstIndex { $0 == byte || $0 == 0x0A } ?? bytes.count
        let text = (position + 1)..<close
        let next = bytes[min(close + 1, bytes.count)...].first { !ArgumentText.isBlank($0) }
        if name == nil, next == UInt8(ascii: "=") || next == UInt8(ascii: ":") {
          name = text
        } else {
          if let name { fragments.append(fragment(name, text)) }
          name = nil
        }
        position = close
      case let byte where Self.isNameByte(byte):
        let stop =
          bytes[position...].firstIndex { !Self.isNameByte($0) } ?? bytes.count
        name = position..<stop
        position = stop
        continue
      default: break
      }
      position += 1
    }
    end = bytes.count
    return fragments
  }

  /// Words without a name stand behind `_`.
  private func fragment(_ name: Range<Int>, _ value: Range<Int>) -> ArgumentFragment {
    let words = ArgumentFragment.line(value, in: bytes)
    return bytes.text(name) == "_"
      ? words : ArgumentFragment.verbatim(name, in: bytes).assigned(words)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E: true
    default: false
    }
  }
}
