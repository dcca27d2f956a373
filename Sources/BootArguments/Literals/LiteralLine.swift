internal import SourceText

/// One line of some text and the kernel arguments that stand in it as a text of their own.
struct LiteralLine {
  private let text: [UInt8]
  private let offsets: [Int]

  init(_ line: TextLine, in bytes: [UInt8]) {
    let fragment = ArgumentFragment.line(line.range, in: bytes)
    text = Array(fragment.text.utf8)
    offsets = fragment.offsets
  }

  func lists() -> [ArgumentList] {
    guard !isComment else { return [] }
    var pieces: [Range<Int>] = []
    for segment in segments() { pieces += arguments(in: segment) }
    guard !pieces.isEmpty else { return [] }
    // What one command or one list says in several strings is one line to the kernel.
    let fragments = pieces.map { piece in
      ArgumentFragment(
        text: String(decoding: text[piece], as: UTF8.self),
        offsets: Array(offsets[piece.lowerBound...piece.upperBound])
      )
    }
    return [ArgumentList(fragments: fragments, isComplete: false)]
  }

  private var isComment: Bool {
    let start = text.drop { TextLine.isBlank($0) }
    return ["#", "//", "/*", "*", ";", "<!--", "-- "].contains { start.starts(with: $0.utf8) }
  }

  /// The parts between quotes, brackets and whatever ends a command.
  private func segments() -> [Range<Int>] {
    var segments: [Range<Int>] = []
    var start = 0
    var hasQuote = false
    for index in text.indices {
      hasQuote = hasQuote || text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'")
      if text[index] == UInt8(ascii: "#"), index > 0, TextLine.isBlank(text[index - 1]), !hasQuote {
        segments.append(start..<index)
        return segments
      }
      guard "\"'`<>[](){}|;&\\".utf8.contains(text[index]) else { continue }
      if start < index { segments.append(start..<index) }
      start = index + 1
    }
    if start < text.count { segments.append(start..<text.count) }
    return segments
  }

  /// The run of arguments in a part, where it is one and something says what it is for.
  private func arguments(in segment: Range<Int>) -> [Range<Int>] {
    let words = ArgumentText.words(text, segment)
    var found: [Range<Int>] = []
    var run: [Range<Int>] = []
    var before: Range<Int>?
    func close(_ next: Range<Int>?) {
      // What ends in an equals sign gets its value from elsewhere.
      while let last = run.last, text[last].last == UInt8(ascii: "=") { run.removeLast() }
      if isLine(run, before: before, next: next, in: segment), let first = run.first,
        let last = run.last
      {
        found.append(first.lowerBound..<last.upperBound)
      }
      run = []
    }
    func open(_ inner: Range<Int>, behind word: Range<Int>) {
      close(word)
      before = word
      // An option's value ends with its word, unless a quote holds more.
      run = [inner]
      guard isBare(segment) else { return }
      close(nil)
      before = word
    }
    for word in words.map(withoutSed) {
      if isDirective(text[word]) {
        close(word)
        before = word
      } else if let inner = withoutOption(word),
        ArgumentText.isKnown(text, inner) || ArgumentText.isFlag(text, inner)
      {
        open(inner, behind: word)
      } else if ArgumentText.isKnown(text, word) || ArgumentText.isArgument(text, word) {
        run.append(word)
      } else {
        close(word)
        before = word
        if let inner = withoutOption(word) { open(inner, behind: word) }
      }
    }
    close(nil)
    return found
  }

  private func isLine(
    _ run: [Range<Int>],
    before: Range<Int>?,
    next: Range<Int>?,
    in segment: Range<Int>
  ) -> Bool {
    let flags = run.count { ArgumentText.isFlag(text, $0) }
    let known = run.count { ArgumentText.isKnown(text, $0) } + flags
    guard known > 0 else { return false }
    let valued = run.count { text[$0].contains(UInt8(ascii: "=")) }
    let lead = text[..<(run.first?.lowerBound ?? segment.lowerBound)]
    // What sed changes stands behind its script.
    let isSed = before.map { text[$0].contains(UInt8(ascii: "/")) } ?? false
    guard !Self.takesAway(lead) else { return false }
    let isNamed =
      Self.namesArguments(lead) || isSed && Self.namesArguments(text[segment.upperBound...])
    let follows = before.map { isDirective(text[$0]) || withoutOption($0) != nil } ?? false
    if isBare(segment) {
      // Nothing quotes it: assignments look the same.
      return follows && isNamed || valued > 2 && hasRoot(run)
    }
    // A sentence has more words around it; sed has its separators.
    guard before.map({ follows || text[$0].contains { "/#".utf8.contains($0) } }) ?? true,
      next.map({ "/#".utf8.contains(text[$0.lowerBound]) }) ?? true
    else { return false }
    return isNamed || known > 1 || valued > 2 || flags > 0 && valued > 0
      || isWritten(behind: lead, segment) || hasTypical(run) && run.contains { isUnmistakable($0) }
  }

  private func isUnmistakable(_ word: Range<Int>) -> Bool {
    ArgumentText.isUnmistakable(text, word) || ArgumentText.isFlag(text, word)
  }

  /// Whether `echo` puts it into a file whose name says what it is: `echo "…" >> /etc/kernel/cmdline`.
  private func isWritten(behind lead: ArraySlice<UInt8>, _ segment: Range<Int>) -> Bool {
    let tail = text[segment.upperBound...].prefix(Self.near)
    let writes = [">", "tee"].contains { tail.firstRange(of: Array($0.utf8)) != nil }
    return writes && Self.namesArguments(tail)
      && ["echo", "printf"].contains {
        lead.suffix(Self.near).firstRange(of: Array($0.utf8)) != nil
      }
  }

  /// How far around a text is looked for what says what it is for.
  private static let near = 200

  /// Whether words stand among them that hardly any text but a command line has.
  private func hasTypical(_ run: [Range<Int>]) -> Bool {
    hasRoot(run)
      || run.contains { word in
        ["quiet", "rootwait", "ro", "rw", "splash", "nokaslr"].contains {
          text[word].elementsEqual($0.utf8)
        }
          || ["panic=", "earlycon", "init=", "loglevel=", "reboot=", "BOOT_IMAGE="].contains {
            text[word].starts(with: $0.utf8)
          }
      }
  }

  /// An argument that ends a part of a sed script: `s/$/ cma=64M/`.
  private func withoutSed(_ word: Range<Int>) -> Range<Int> {
    guard let slash = text[word].firstIndex(of: UInt8(ascii: "/")), slash > word.lowerBound,
      ["/", "/g", "/;"].contains(where: { text[slash..<word.upperBound].elementsEqual($0.utf8) }),
      ArgumentText.isKnown(text, word.lowerBound..<slash)
    else { return word }
    return word.lowerBound..<slash
  }

  private func hasRoot(_ run: [Range<Int>]) -> Bool {
    run.contains {
      text[$0].starts(with: "root=".utf8) || text[$0].starts(with: "console=".utf8)
    }
  }

  /// Whether no quote stands around a part.
  private func isBare(_ segment: Range<Int>) -> Bool {
    let quotes = "\"'`<>[]\\".utf8
    let before = text[..<segment.lowerBound].suffix(2)
    // What sed has matched stands in front of what it adds.
    let isOpened =
      before.last.map { quotes.contains($0) } ?? false || before.elementsEqual("/&".utf8)
    let isClosed = segment.upperBound < text.count && quotes.contains(text[segment.upperBound])
    return !isOpened || !isClosed
  }

  /// Words that say that arguments follow, and are none.
  private func isDirective(_ word: ArraySlice<UInt8>) -> Bool {
    [
      "append", "APPEND", "options", "kernel", "linux", "-", "=", ":=", "+=", "-append", "--args",
      "--append", "--cmdline",
      "--command-line", "setenv", "bootargs",
    ]
    .contains { $0.utf8.elementsEqual(word) }
      || word.last == UInt8(ascii: ":") && Self.namesArguments(word)
      || text.starts(with: "d-i ".utf8) && word.elementsEqual("string".utf8)
      || word.elementsEqual("-a".utf8) && isOfStarter
      || word.first == UInt8(ascii: "-") && !word.contains(UInt8(ascii: "="))
        && Self.namesArguments(word)
  }

  /// Whether the line calls a program whose option for arguments is no more than a letter.
  private var isOfStarter: Bool {
    ["vng ", "virtme-run ", "kernelstub "].contains {
      text.prefix(Self.near).firstRange(of: Array($0.utf8)) != nil
    }
  }

  /// What stands behind `--args=`, `GRUB_CMDLINE_LINUX=` and their like.
  private func withoutOption(_ word: Range<Int>) -> Range<Int>? {
    guard let equals = text[word].firstIndex(of: UInt8(ascii: "=")), equals + 1 < word.upperBound,
      Self.namesArguments(text[word.lowerBound..<equals]),
      !Self.takesAway(text[word.lowerBound..<equals])
    else { return nil }
    return (equals + 1)..<word.upperBound
  }

  /// Whether the last word in front of a value says that arguments go: `--remove-args=`.
  static func takesAway(_ text: ArraySlice<UInt8>) -> Bool {
    var word = text.suffix(64)
    while let last = word.last, "\"' \t=".utf8.contains(last) { word = word.dropLast() }
    word = word.suffix(from: (word.lastIndex { TextLine.isBlank($0) } ?? word.startIndex - 1) + 1)
    // What a crash kernel boots with, and what is taken from that, is about another memory.
    if word.starts(with: "KDUMP_COMMANDLINE".utf8) { return true }
    return word.first == UInt8(ascii: "-")
      && ["remove", "delete"].contains { word.firstRange(of: Array($0.utf8)) != nil }
  }

  /// Whether a text in front of a value says that arguments of a kernel follow.
  static func namesArguments(_ text: ArraySlice<UInt8>) -> Bool {
    let part = text.suffix(near)
    return part.indices.contains { index in
      namingWords.contains { word in
        part.endIndex - index >= word.count
          && word.indices.allSatisfy { part[index + $0] | 0x20 == word[$0] | 0x20 }
      }
    }
  }

  private static let namingWords = [
    "args", "append", "cmdline", "kern", "karg", "kopt", "grub", "boot", "command_line",
    "command-line", "vng ", "virtme",
  ].map { Array($0.utf8) }
}
