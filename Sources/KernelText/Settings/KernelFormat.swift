package import HostModel

/// How the kernel reads a value of one kind, and how it prints it.
///
/// One format serves sysfs and sysctl files, the command line and specs: what the kernel takes is
/// taken, what it refuses is refused.
package struct KernelFormat<Value: Hashable & Sendable>: Sendable {
  /// What a text sets, nil where the kernel refuses it.
  package let parse: @Sendable (String) -> Value?
  /// The text as the kernel prints it.
  package let render: @Sendable (Value) -> String
}

extension KernelFormat where Value == Bool {
  /// `kstrtobool` (lib/kstrtox.c): the first letters decide, whatever follows them.
  package static var boolean: KernelFormat {
    KernelFormat(parse: readBoolean) { $0 ? "Y" : "N" }
  }

  /// The same, printed as a number.
  package static var bit: KernelFormat {
    KernelFormat(parse: readBoolean) { $0 ? "1" : "0" }
  }

  /// A switch among the sysctls: `proc_dointvec` takes numbers only.
  package static var sysctl: KernelFormat {
    KernelFormat(parse: { UInt64($0).map { $0 != 0 } }) { $0 ? "1" : "0" }
  }

  /// `lru_gen/enabled` (mm/vmscan.c, `enabled_store`): y, n, or a mask whose first bit turns it on.
  package static var generations: KernelFormat {
    KernelFormat(parse: readGenerations) { $0 ? "0x0007" : "0x0000" }
  }

  @Sendable
  private static func readGenerations(_ text: String) -> Bool? {
    switch text.first {
    case "y", "Y": true
    case "n", "N": false
    default: KernelFormat<UInt64>.unsigned.parse(text).map { $0 & 1 == 1 }
    }
  }

  @Sendable
  private static func readBoolean(_ text: String) -> Bool? {
    switch text.first {
    case "y", "Y", "t", "T", "1": return true
    case "n", "N", "f", "F", "0": return false
    case "o", "O":
      switch text.dropFirst().first {
      case "n", "N": return true
      case "f", "F": return false
      default: return nil
      }
    default: return nil
    }
  }
}

extension KernelFormat where Value == UInt64 {
  /// A decimal number without a sign.
  package static var number: KernelFormat {
    KernelFormat(parse: { UInt64($0) }) { "\($0)" }
  }

  /// `kstrtouint` with base 0: `0x` for hexadecimal, a leading 0 for octal, 32 bits.
  package static var unsigned: KernelFormat {
    KernelFormat(parse: readUnsigned) { "\($0)" }
  }

  @Sendable
  private static func readUnsigned(_ text: String) -> UInt64? {
    let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = digits.first, first.isHexDigit else { return nil }
    let number: UInt32?
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      number = UInt32(digits.dropFirst(2), radix: 16)
    } else if first == "0", digits.count > 1 {
      number = UInt32(digits.dropFirst(), radix: 8)
    } else {
      number = UInt32(digits)
    }
    return number.map(UInt64.init)
  }
}

extension KernelFormat where Value == [UInt64] {
  /// Decimal numbers with blanks between them.
  package static var numbers: KernelFormat {
    KernelFormat(parse: readNumbers) { $0.map { "\($0)" }.joined(separator: " ") }
  }

  @Sendable
  private static func readNumbers(_ text: String) -> [UInt64]? {
    let words = text.split { $0 == " " || $0 == "\t" }
    let numbers = words.compactMap { UInt64($0) }
    return numbers.count == words.count && !words.isEmpty ? numbers : nil
  }
}

extension KernelFormat where Value == ByteCount {
  /// A size as a decimal number of bytes.
  package static var bytes: KernelFormat {
    KernelFormat(parse: { UInt64($0).map { ByteCount($0) } }) { "\($0.count)" }
  }

  /// `memparse` (lib/cmdline.c): a size on the command line, `512M`; what follows it is ignored.
  package static var memparse: KernelFormat {
    KernelFormat(parse: readSize) { "\($0.count)" }
  }

  @Sendable
  private static func readSize(_ text: String) -> ByteCount? {
    let number = KernelNumber(text)
    return number.digitCount > 0 && !number.wrapped ? ByteCount(number.bytes) : nil
  }

  /// A size as a decimal number of KiB.
  package static var kibibytes: KernelFormat {
    KernelFormat(
      parse: { UInt64($0).flatMap { $0 >> 54 == 0 ? .kibibytes($0) : nil } },
      render: { "\($0.count >> 10)" }
    )
  }

  /// The soft limit of `Max locked memory` in /proc/PID/limits; the largest size for `unlimited`.
  package static var lockLimit: KernelFormat {
    KernelFormat(parse: readLockLimit) {
      "Max locked memory         " + ($0 == .max ? "unlimited" : "\($0.count)")
    }
  }

  @Sendable
  private static func readLockLimit(_ text: String) -> ByteCount? {
    let name = "Max locked memory"
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
      let soft = line.dropFirst(name.count).split(separator: " ").first
    else { return nil }
    return soft == "unlimited" ? .max : UInt64(soft).map { ByteCount($0) }
  }
}

extension KernelFormat where Value: RawRepresentable<String> {
  /// One of several words (`sysfs_match_string`): a newline at its end is allowed, nothing else.
  fileprivate static var word: KernelFormat {
    KernelFormat(
      parse: { Value(rawValue: $0.hasSuffix("\n") ? String($0.dropLast()) : $0) },
      render: { $0.rawValue }
    )
  }
}

extension KernelFormat<OnlineType> {
  /// `mhp_online_type_from_str` (mm/memory_hotplug.c).
  package static var onlineType: KernelFormat<OnlineType> { word }
}

extension KernelFormat<OnlinePolicy> {
  package static var onlinePolicy: KernelFormat<OnlinePolicy> { word }
}

extension KernelFormat<MemmapOnMemory> {
  /// `set_memmap_mode` (mm/memory_hotplug.c): a boolean, or `force`.
  package static var memmapOnMemory: KernelFormat<MemmapOnMemory> {
    KernelFormat(parse: readMode) { mode in
      switch mode {
      case .no: "N"
      case .yes: "Y"
      case .force: "force"
      }
    }
  }

  @Sendable
  private static func readMode(_ text: String) -> MemmapOnMemory? {
    if text == "force" || text == "FORCE" { return .force }
    return KernelFormat<Bool>.boolean.parse(text).map { $0 ? .yes : .no }
  }
}
