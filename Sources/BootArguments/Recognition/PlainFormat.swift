internal import SourceText

extension KernelArgumentFormat {
  /// A file that is one command line: `/etc/kernel/cmdline`, `cmdline.d`, `cmdline.txt` of a
  /// Raspberry Pi, a copy of `/proc/cmdline`.
  static let plain = KernelArgumentFormat(
    name: "cmdline",
    title: "Kernel command line",
    markers: [.root, .knownArgument],
    recognizes: { $0.isCommandLine },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      let isPart = sample.path.contains("cmdline.d/")
      let fragments = TextLine.lines(of: bytes).compactMap { line -> BootFile.Fragment? in
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first, bytes[first] != UInt8(ascii: "#") else { return nil }
        return .line(content, in: bytes)
      }
      return [CommandLineDraft(fragments: fragments, isComplete: !isPart)]
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
