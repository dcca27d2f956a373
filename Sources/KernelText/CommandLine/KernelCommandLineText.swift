/// The words of a kernel command line, cut where the kernel cuts them.
///
/// The same cuts as `parse_args` (kernel/params.c) and `next_arg` (lib/cmdline.c) make: quotes only
/// toggle, nothing escapes, and an `=` that begins a word belongs to the name.
package enum KernelCommandLineText {
  /// The kernel's own arguments: everything in front of a bare `--`.
  package static func arguments(_ line: String) -> [KernelArgument] {
    let text = Array(line.utf8)
    var position = 0
    return words(of: text, from: &position)
  }

  /// The arguments behind a bare `--`, which the kernel hands to init.
  ///
  /// A second `--` ends them, and what follows it reaches nobody.
  package static func argumentsOfInit(_ line: String) -> [KernelArgument] {
    let text = Array(line.utf8)
    var position = 0
    _ = words(of: text, from: &position)
    return words(of: text, from: &position)
  }

  /// Collects words up to a bare `--` and leaves `position` behind it.
  private static func words(of text: [UInt8], from position: inout Int) -> [KernelArgument] {
    // To the kernel the line ends at a NUL.
    let end = text.firstIndex(of: 0) ?? text.count
    var arguments: [KernelArgument] = []
    var counted = 0
    var column = 1
    while true {
      while position < end, isSpace(text[position]) { position += 1 }
      guard position < end else { return arguments }
      // Of a scalar's bytes only the first is counted.
      column += text[counted..<position].count { $0 & 0xC0 != 0x80 }
      counted = position
      let argument = word(of: text, from: &position, end: end, column: column)
      if argument.value == nil, argument.name == "--" { return arguments }
      arguments.append(argument)
    }
  }

  private static func word(
    of text: [UInt8],
    from position: inout Int,
    end: Int,
    column: Int
  ) -> KernelArgument {
    let quote = UInt8(ascii: "\"")
    let first = position
    let isQuoted = text[first] == quote
    let start = isQuoted ? first + 1 : first
    var inQuote = isQuoted
    var equals: Int?
    var index = start
    while index < end, inQuote || !isSpace(text[index]) {
      if equals == nil, index > start, text[index] == UInt8(ascii: "=") { equals = index }
      if text[index] == quote { inQuote.toggle() }
      index += 1
    }
    position = index

    // At most one closing quote goes: the value's or else the word's.
    let endsInQuote = index > start && text[index - 1] == quote
    guard let equals else {
      let nameEnd = isQuoted && endsInQuote ? index - 1 : index
      return KernelArgument(
        name: string(text[start..<nameEnd]),
        value: nil,
        range: first..<index,
        column: column
      )
    }
    let hasQuotedValue = equals + 1 < index && text[equals + 1] == quote
    let valueStart = hasQuotedValue ? equals + 2 : equals + 1
    let valueEnd = endsInQuote && (isQuoted || hasQuotedValue) ? index - 1 : index
    // A value that is one lone quote is both its opening and its closing one.
    let value = valueStart..<max(valueStart, valueEnd)
    return KernelArgument(
      name: string(text[start..<equals]),
      value: string(text[value]),
      range: first..<index,
      column: column,
      valueRange: value
    )
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The kernel's `isspace` (lib/ctype.c): ASCII blanks and, from Latin-1, 0xA0.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0xA0
  }
}
