internal import SourceText

extension KernelArgumentFormat {
  /// A file that is one command line: `/etc/kernel/cmdline`, `cmdline.d`, `cmdline.txt` of a
  /// Raspberry Pi, a copy of `/proc/cmdline`. Line breaks are blanks to the kernel.
  static let plain = KernelArgumentFormat(
    name: "cmdline",
    title: "Kernel command line",
    documentation: FormatRow(
      recognizedBy: """
        `cmdline`, `cmdline.txt`, `*.cmdline`, `cmdline.d/`; or one line of nothing but \
        arguments with `root=`, `BOOT_IMAGE=` or a memory argument
        """,
      read: "the whole file, without `#` lines where the name says what it is",
      notRead: ""
    ),
    markers: [.root, .knownArgument],
    recognizes: { $0.isCommandLine },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      let fragments = TextLine.lines(of: bytes).compactMap { line -> ArgumentFragment? in
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first, bytes[first] != UInt8(ascii: "#") else { return nil }
        return .verbatim(content, in: bytes)
      }
      if fragments.isEmpty {
        let isBlank = bytes.allSatisfy { ArgumentText.isBlank($0) }
        return [
          ArgumentList(
            missing: isBlank ? .text(at: 0) { $0.line } : .line(endOf: bytes) { $0.line }
          )
        ]
      }
      let isPart = sample.path.contains("cmdline.d/")
      return [
        ArgumentList(
          fragments: fragments,
          isComplete: !isPart,
          // The firmware of a Raspberry Pi wants all of it in one line.
          insertion: sample.name == "cmdline.txt" ? .fragment(0) : .last
        )
      ]
    }
  )
}

extension FileSample {
  /// Whether its path says that it is a command line.
  var hasCommandLineName: Bool {
    name == "cmdline" || name == "cmdline.txt" || name.hasSuffix(".cmdline")
      || path.contains("cmdline.d/")
  }

  /// Whether it holds arguments and nothing else, and says so by its path or by what they are.
  fileprivate var isCommandLine: Bool {
    guard isPlainText, bytes.count <= ArgumentText.limit / 4 else { return false }
    let text = text
    let hasName = hasCommandLineName
    var lines = 0
    var isBoot = false
    for line in TextLine.lines(of: text) {
      let words = ArgumentText.words(text, line.range)
      guard let first = words.first else { continue }
      if hasName, text[first.lowerBound] == UInt8(ascii: "#") { continue }
      lines += 1
      for word in words {
        if ArgumentText.isKnown(text, word) {
          isBoot = true
        } else if !ArgumentText.isArgument(text, word) {
          // Where the path says what it is, anything with a value is an argument.
          guard hasName, text[word].contains(UInt8(ascii: "=")) else { return false }
        }
      }
      isBoot = isBoot || words.count > 1 && words.contains { Self.namesRoot(text[$0]) }
    }
    return lines > 0 && (hasName || lines == 1 && isBoot)
  }

  private static func namesRoot(_ word: ArraySlice<UInt8>) -> Bool {
    word.starts(with: "root=".utf8) || word.starts(with: "BOOT_IMAGE=".utf8)
  }
}
