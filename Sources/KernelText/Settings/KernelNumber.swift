/// A number as the kernel reads it from its command line.
///
/// `simple_strtoull` with base 0 and `memparse` (lib/cmdline.c): no sign, no blanks, `0x` for
/// hexadecimal, a leading 0 for octal, wrapping at 2^64, one size suffix, and silence about
/// whatever follows.
package struct KernelNumber: Sendable {
  /// The digits' value, modulo 2^64.
  package var digits: UInt64 = 0
  /// 8, 10 or 16.
  package var base: UInt64 = 10
  /// How many digits were read; zero leaves the value 0.
  package var digitCount = 0
  /// The size suffix behind the digits, in upper case.
  package var suffix: UInt8?
  /// The value with its suffix applied, modulo 2^64.
  package var bytes: UInt64 = 0
  /// Whether digits or bits were lost on the way.
  package var wrapped = false
  /// What stands behind the digits; `%` makes it a percentage.
  package var afterDigits: Substring.UTF8View
  /// What stands behind the suffix, ignored by the kernel.
  package var afterSuffix: Substring.UTF8View

  /// Reads the start of a text.
  /// - Parameters:
  ///   - text: The value of an argument.
  ///   - suffixes: The letters that this kernel knows, smallest first.
  package init(_ text: String, suffixes: String = "KMGTPE") {
    var rest = text[...].utf8
    let first = rest.first
    if first == UInt8(ascii: "0") {
      let second = rest.dropFirst().first
      let third = rest.dropFirst(2).first
      if second.map({ $0 | 0x20 }) == UInt8(ascii: "x"), third.flatMap(Self.digit) != nil {
        base = 16
        rest = rest.dropFirst(2)
      } else {
        base = 8
      }
    }
    while let byte = rest.first, let digit = Self.digit(byte), digit < base {
      let (product, overflow) = digits.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(digit)
      digits = sum
      wrapped = wrapped || overflow || carry
      digitCount += 1
      rest = rest.dropFirst()
    }
    afterDigits = rest
    afterSuffix = rest
    bytes = digits
    guard let byte = rest.first,
      let step = suffixes.utf8.enumerated().first(where: {
        $0.element == byte & ~0x20 && byte & ~0x20 != byte || $0.element == byte
      })
    else { return }
    let shift = UInt64(step.offset + 1) * 10
    suffix = step.element
    bytes = digits << shift
    wrapped = wrapped || bytes >> shift != digits
    afterSuffix = rest.dropFirst()
  }

  /// Whether the kernel takes the number for a percentage.
  package var isPercentage: Bool { afterDigits.first == UInt8(ascii: "%") }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x41...0x46: UInt64(byte - 0x37)
    case 0x61...0x66: UInt64(byte - 0x57)
    default: nil
    }
  }
}
