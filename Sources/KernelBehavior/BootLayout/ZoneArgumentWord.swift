package import HostModel
package import KernelText

/// One word of a command line that concerns ZONE_MOVABLE: what was written and what became of it.
package struct ZoneArgumentWord: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable {
    case kernelcore
    case movablecore
    case movableNode = "movable_node"
  }

  /// What the kernel makes of the word.
  package enum Meaning: Hashable, Sendable {
    case pages(PageCount)
    case percent(UInt64)
    case mirror
    case movableNode
    /// `Malformed early option` in the log, or a form that this kernel does not know.
    case nothing
    case crash
  }

  /// A way in which the kernel's reading differs from what a person meant.
  package enum Trap: Hashable, Sendable {
    /// No suffix: the number counts bytes.
    case parsedAsBytes(ByteCount)
    /// `1.5G`: reading stops at the point, and the suffix is never seen.
    case fraction
    /// `010G`: a leading zero makes the number octal.
    case octal(decimal: String, value: UInt64)
    /// `0x1E`: the last digit is no suffix.
    case hexadecimalDigitNotSuffix
    /// `2GB`: everything behind the suffix is ignored.
    case trailingJunk(String)
    /// `1G@4G`: only out-of-tree kernels know a place; mainline ignores it.
    case placeIgnored(String)
    /// Less than a page: as if the argument were absent.
    case zeroPages
    /// `0%` changes nothing; an earlier size counts again.
    case zeroPercent
    case percentAtLeast100(UInt64)
    /// This kernel takes the number of percent for a number of bytes.
    case percentNotSupported
    case mirrorNotSupported
    /// Passed 2^64 (on 32-bit kernels also 2^32 pages) and lost its upper bits.
    case wrapped
    case crash
    case malformed
    /// This kernel has no such argument on this architecture.
    case notSupported
    /// Index of the word that counts instead.
    case overriddenByLater(Int)
    case ignoredByMovableNode
    case ignoredByMirror
    /// With `bootconfig` on the line, words from the bootconfig stand in /proc/cmdline too, and
    /// those come too late for these arguments.
    case mayComeFromBootconfig
  }

  package var name: Name
  package var argument: KernelArgument
  package var meaning: Meaning
  /// The bytes that were read, before they became pages.
  package var bytes: ByteCount?
  package var traps: [Trap] = []

  /// Where the whole word stands in the line, in bytes.
  package var range: Range<Int> { argument.range }

  /// Whether the word sets an amount.
  package var isSize: Bool {
    switch meaning {
    case .pages, .percent: true
    case .mirror, .movableNode, .nothing, .crash: false
    }
  }

  /// Whether the kernel uses anything of this word in the end.
  package var isEffective: Bool {
    !traps.contains {
      switch $0 {
      case .zeroPages, .zeroPercent, .malformed, .notSupported, .mirrorNotSupported,
        .overriddenByLater, .ignoredByMovableNode, .ignoredByMirror:
        true
      default: false
      }
    }
  }

  init(
    _ name: Name,
    _ argument: KernelArgument,
    pageSize: PageSize,
    kernel: Kernel,
    is64Bit: Bool
  ) {
    self.name = name
    self.argument = argument
    meaning = .nothing
    guard name != .movableNode else {
      meaning = .movableNode
      return
    }
    guard kernel.hasOrAssumed(.sizeArguments) else {
      traps = [.notSupported]
      return
    }
    guard let value = argument.value else {
      // The search for `mirror` reads through the missing value (lib/cmdline.c, since 4.6).
      let crashes = name == .kernelcore && kernel.hasOrAssumed(.mirrorArgument)
      meaning = crashes ? .crash : .nothing
      traps = [crashes ? .crash : .malformed]
      return
    }
    if name == .kernelcore, Self.asksForMirror(value) {
      if kernel.hasOrAssumed(.mirrorArgument) {
        meaning = .mirror
        return
      }
      traps.append(.mirrorNotSupported)
    }
    readSize(value, pageSize: pageSize, kernel: kernel, is64Bit: is64Bit)
  }

  private mutating func readSize(
    _ value: String,
    pageSize: PageSize,
    kernel: Kernel,
    is64Bit: Bool
  ) {
    let number = KernelNumber(
      value,
      suffixes: kernel.hasOrAssumed(.largeSizeSuffixes) ? "KMGTPE" : "KMG"
    )
    let wordMask: UInt64 = is64Bit ? .max : UInt64(UInt32.max)
    noteDigits(of: value, number)
    if number.isPercentage, kernel.hasOrAssumed(.percentages) {
      let percent = number.digits & wordMask
      if percent != number.digits { traps.append(.wrapped) }
      noteRest(String(Substring(number.afterDigits.dropFirst())))
      if percent == 0 { traps.append(.zeroPercent) }
      if percent >= 100 { traps.append(.percentAtLeast100(percent)) }
      meaning = .percent(percent)
      return
    }
    let read = ByteCount(number.bytes)
    let whole = read.pages(of: pageSize).count
    let pages = PageCount(whole & wordMask)
    bytes = read
    if number.isPercentage {
      traps.append(.percentNotSupported)
    } else {
      noteRest(number.digitCount > 0 ? String(Substring(number.afterSuffix)) : value)
    }
    if pages.count != whole, !traps.contains(.wrapped) { traps.append(.wrapped) }
    if number.suffix == nil, number.digitCount > 0, !traps.contains(.fraction),
      !number.isPercentage, read < .mebibytes(1), read > .zero
    {
      traps.append(.parsedAsBytes(read))
    }
    if pages == .zero { traps.append(.zeroPages) }
    meaning = .pages(pages)
  }

  private mutating func noteDigits(of value: String, _ number: KernelNumber) {
    if number.wrapped { traps.append(.wrapped) }
    let isLong = value.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
    if number.base == 8, isLong {
      let decimal = value.prefix { $0.isASCII && $0.isNumber }
      traps.append(.octal(decimal: String(decimal), value: number.digits))
    }
    if number.base == 16, number.suffix == nil, number.digits & 0xF == 0xE,
      number.afterDigits.isEmpty
    {
      traps.append(.hexadecimalDigitNotSuffix)
    }
  }

  private mutating func noteRest(_ rest: String) {
    guard let first = rest.utf8.first else { return }
    switch first {
    case UInt8(ascii: "."): traps.append(.fraction)
    case UInt8(ascii: "@"): traps.append(.placeIgnored(rest))
    default:
      // `08G` reads as 0: the octal trap has said it.
      let isOctal = traps.contains { if case .octal = $0 { true } else { false } }
      if !isOctal || !(0x30...0x39).contains(first) { traps.append(.trailingJunk(rest)) }
    }
  }

  /// Whether a comma-separated element is exactly `mirror` (`parse_option_str`).
  private static func asksForMirror(_ value: String) -> Bool {
    value.split(separator: ",").contains("mirror")
  }

  /// Whether a name other than the three was probably meant for one of them.
  static func looksAlike(_ name: String) -> Bool {
    let letters = name.lowercased().filter { $0 != "_" && $0 != "." }
    return ["kernelcore", "movablecore", "movablenode"].contains { letters.hasPrefix($0) }
      || letters == "moveablecore" || letters == "moveablenode" || letters == "kernelcores"
  }
}
