package import HostModel

/// One part of a `memmap=` value: what a person changes in the firmware's map of memory
/// (`parse_memmap_one`, arch/x86/kernel/e820.c).
package enum MemoryMapArgument: Hashable, Sendable {
  /// `64G`: RAM from here on is not used.
  case end(ByteCount)
  /// `1G@2G`: this is RAM.
  case memory(start: ByteCount, size: ByteCount)
  /// `1G$2G`, `1G#2G`, `1G!2G`: this is none, but reserved, ACPI's, or persistent memory.
  case taken(start: ByteCount, size: ByteCount)
  /// `exactmap`: nothing but what the words behind it name.
  case exact
  /// `1G%2G-1+2`: types by number.
  case retyped

  /// The parts of a value, in the order in which the kernel takes them.
  package static func parts(_ value: String) -> [MemoryMapArgument] {
    value.split(separator: ",").compactMap { part(String($0)) }
  }

  /// Nil for what the kernel refuses.
  private static func part(_ text: String) -> MemoryMapArgument? {
    if text.hasPrefix("exactmap") { return .exact }
    var scanner = SizeScanner(text)
    guard let size = scanner.size() else { return nil }
    if scanner.take("@") { return .memory(start: scanner.size() ?? .zero, size: size) }
    if scanner.take("$") || scanner.take("#") || scanner.take("!") {
      return .taken(start: scanner.size() ?? .zero, size: size)
    }
    if scanner.take("%") { return .retyped }
    return .end(size)
  }
}
