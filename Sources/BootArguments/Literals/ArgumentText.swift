/// Tells kernel arguments from other text where nothing else says what a text is.
enum ArgumentText {
  /// More than any kernel takes; what is longer is something else.
  static let limit = 65_536

  /// Whether a text is nothing but arguments, with one among them that only a kernel knows.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - isNamed: Whether something says that it holds arguments; then a flag alone is one.
  /// - Returns: Whether it is a command line or a part of one.
  static func isCommandLine(_ text: String, isNamed: Bool = false) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= limit else { return false }
    var hasKnown = false
    for word in words(bytes, 0..<bytes.count) {
      if isKnown(bytes, word) || isFlag(bytes, word) && (isNamed || bytes.contains(0x3D)) {
        hasKnown = true
      } else if !isArgument(bytes, word) {
        return false
      }
    }
    return hasKnown
  }

  /// The words between blanks and line breaks.
  static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var position = range.lowerBound
    while position < range.upperBound {
      while position < range.upperBound, isBlank(bytes[position]) { position += 1 }
      let start = position
      while position < range.upperBound, !isBlank(bytes[position]) { position += 1 }
      if start < position { words.append(start..<position) }
    }
    return words
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether a word is `name=value` of an argument that zonewise looks for, with a value that it
  /// could have: `kernelcore=nn` is someone's explanation.
  static func isKnown(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    guard let equals = bytes[word].firstIndex(of: UInt8(ascii: "=")) else { return false }
    let name = bytes[word.lowerBound..<equals]
    guard KnownArguments.searchedNames.contains(where: { $0.elementsEqual(name) }) else {
      return false
    }
    var value = bytes[(equals + 1)..<word.upperBound]
    if value.count > 1, value.first == UInt8(ascii: "\""), value.last == value.first {
      value = value.dropFirst().dropLast()
    }
    guard let first = value.first, value.allSatisfy({ isValueByte($0) }) else { return false }
    return (0x30...0x39).contains(first) || value.elementsEqual("mirror".utf8)
      || name.starts(with: "mem".utf8) && value.allSatisfy { !(0x41...0x5A).contains($0) }
      || name.starts(with: "memory_hotplug.".utf8) && value.count == 1
  }

  /// Whether a word is an argument without a value that zonewise looks for; alone it may be anything.
  static func isFlag(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    KnownArguments.flags.contains { flag in
      bytes[word].starts(with: flag)
        && (word.count == flag.count || bytes[word].dropFirst(flag.count).elementsEqual("=1".utf8))
    }
  }

  /// Whether a word says by itself that it is a kernel's argument: no other program has the name.
  static func isUnmistakable(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    isKnown(bytes, word)
      && !KnownArguments.mistakable.contains { name in
        bytes[word].starts(with: name) && bytes[word].dropFirst(name.count).first == 0x3D
      }
  }

  /// Where the first word stands that could be an argument that zonewise looks for; nil where there
  /// is none.
  static func firstArgument(in bytes: [UInt8]) -> Range<Int>? {
    var start = 0
    for index in 0...bytes.count {
      guard
        index == bytes.count || isBlank(bytes[index]) || isBracket(bytes[index])
          || bytes[index] == 0
      else {
        continue
      }
      if start < index, isKnown(bytes, start..<index) || isFlag(bytes, start..<index) {
        return start..<index
      }
      start = index + 1
    }
    return nil
  }

  private static func isBracket(_ byte: UInt8) -> Bool { "\"'`<>[](){}|;&\\".utf8.contains(byte) }

  private static func isValueByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "%.,:@-_".utf8.contains(byte)
    }
  }

  /// Whether a word may be an argument: `name=…`, or a flag that is no word of a sentence.
  static func isArgument(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    let text = bytes[word]
    if text.contains(1) { return true }
    let name = text.prefix { $0 != UInt8(ascii: "=") }
    guard let first = name.first, isLetter(first) || (0x30...0x39).contains(first) || first == 0x5F,
      name.allSatisfy({ isNameByte($0) })
    else { return false }
    if name.count < text.count { return true }
    if text.elementsEqual("BOOT_IMAGE".utf8) || text.elementsEqual("--".utf8) { return true }
    return text.allSatisfy { !(0x41...0x5A).contains($0) }
      && !prose.contains { $0.elementsEqual(text) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || "_-.".utf8.contains(byte)
  }

  /// Words of sentences about arguments, none of them an argument.
  private static let prose = [
    "missing", "required", "expected", "expects", "invalid", "unsupported", "wrong", "needs",
    "must",
    "want", "got", "try", "please", "like", "instead", "found", "contains", "lacks",
    "a", "add", "adding", "an", "and", "are", "as", "at", "be", "boot", "by", "can", "for", "from",
    "has", "have", "if", "in", "is", "it", "kernel", "not", "of", "on", "or", "parameter",
    "parameters", "set", "sets", "setting", "should", "that", "the", "then", "this", "to", "use",
    "uses", "using", "via", "when", "will", "with", "without",
  ].map { Array($0.utf8) }
}
