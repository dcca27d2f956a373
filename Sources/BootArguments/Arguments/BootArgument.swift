internal import KernelText

/// One argument for a kernel command line: a word that the kernel's parser takes as one.
package struct BootArgument: Hashable, Sendable {
  /// As it stands in the line, quotes included.
  package let word: String
  package let name: String
  package let value: String?

  /// The name with `_` for `-`, by which the kernel tells arguments apart.
  package var key: String { KnownArguments.key(name) }

  init(_ argument: KernelArgument, in line: [UInt8]) {
    word = String(decoding: line[argument.range], as: UTF8.self)
    name = argument.name
    value = argument.value
  }

  /// Cuts a line into arguments and refuses what would not arrive in the kernel as it was written.
  package static func parse(_ line: String) throws(BootArgumentsError) -> [BootArgument] {
    let bytes = Array(line.utf8)
    if let bad = line.unicodeScalars.first(where: { !isCarried($0) }) {
      throw .badArgument(
        line,
        why: bad == "\n" || bad == "\r"
          ? "a line break ends a command line; write one line"
          : "a control character, which boot files do not carry"
      )
    }
    let arguments = KernelCommandLineText.arguments(line).map { BootArgument($0, in: bytes) }
    for argument in arguments { try argument.validate() }
    let rest = KernelCommandLineText.argumentsOfInit(line)
    guard rest.isEmpty, !line.hasSuffix("--") || arguments.last?.word.hasSuffix("--") == true else {
      throw .badArgument("--", why: "what follows it goes to init, not to the kernel; leave it out")
    }
    return arguments
  }

  /// Neither control characters nor what some format takes for the end of a line or of a text.
  private static func isCarried(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: scalar != "\u{FEFF}" && scalar.value & 0xFFFE != 0xFFFE
    }
  }

  private func validate() throws(BootArgumentsError) {
    guard !word.unicodeScalars.contains("\u{FFFD}") else {
      throw .badArgument(word, why: "the kernel takes byte 0xA0 for a blank; put it in quotes")
    }
    guard word.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else {
      throw .badArgument(word, why: "its quote is never closed and would swallow what follows")
    }
    guard !name.isEmpty, !name.hasPrefix("=") else {
      throw .badArgument(word, why: "it has no name")
    }
  }

  /// Whether quotes stand only around the whole word or the whole value, where dropping and
  /// setting them again changes nothing.
  var isPlainlyQuoted: Bool {
    !name.utf8.contains(UInt8(ascii: "\"")) && !(value ?? "").utf8.contains(UInt8(ascii: "\""))
  }

  /// What the kernel takes it for, without any quotes.
  var unquoted: String { value.map { "\(name)=\($0)" } ?? name }
}
