package import HostModel

/// Walks through a value that has sizes with signs between them, as the kernel's own parsers do:
/// `1G-4G:192M@16M`.
package struct SizeScanner {
  private var rest: Substring.UTF8View

  package init(_ text: String) { rest = text[...].utf8 }

  package var isAtEnd: Bool { rest.isEmpty }

  /// The next size (`memparse`), nil where there are no digits; what follows it stays to be read.
  package mutating func size() -> ByteCount? {
    let number = KernelNumber(String(Substring(rest)))
    guard number.digitCount > 0 else { return nil }
    rest = rest.dropFirst(rest.count - number.afterSuffix.count)
    return number.wrapped ? .max : ByteCount(number.bytes)
  }

  /// Steps over a sign; false where another one stands there.
  package mutating func take(_ sign: Character) -> Bool {
    guard let byte = sign.asciiValue, rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Steps over everything in front of a sign, and over the sign; false where it does not come.
  package mutating func skip(behind sign: Character) -> Bool {
    guard let byte = sign.asciiValue, let place = rest.firstIndex(of: byte) else { return false }
    rest = rest[rest.index(after: place)...]
    return true
  }
}
