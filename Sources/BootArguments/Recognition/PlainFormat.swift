extension KernelArgumentFormat {
  /// A file that is one command line: `/etc/kernel/cmdline`, `cmdline.d`, `cmdline.txt` of a
  /// Raspberry Pi, a copy of `/proc/cmdline`.
  static let plain = KernelArgumentFormat(
    name: "cmdline",
    title: "Kernel command line",
    markers: [.root, .knownArgument],
    recognizes: { $0.isCommandLine },
    drafts: { (sample, bytes) throws(BootArgumentsError) -> [CommandLineDraft] in
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
  /// Whether it holds arguments and nothing else, and says so by its name or by its first words.
  fileprivate var isCommandLine: Bool {
    guard isPlainText, bytes.count <= ArgumentText.limit / 4 else { return false }
    let text = text
    let hasName =
      name == "cmdline" || name == "cmdline.txt" || hasSuffix(".cmdline")
      || path.contains("cmdline.d/")
    var lines = 0
    var hasKnown = false
    for line in TextLine.lines(of: text) {
      let words = ArgumentText.words(text, line.range)
      guard let first = words.first else { continue }
      if text[first.lowerBound] == UInt8(ascii: "#"), hasName { continue }
      lines += 1
      for word in words {
        if ArgumentText.isKnown(text, word) {
          hasKnown = true
        } else if !ArgumentText.isArgument(text, word), !hasName {
          return false
        }
      }
      hasKnown = hasKnown || Self.beginsCommandLine(text, words)
    }
    return lines > 0 && (hasName || lines == 1 && hasKnown)
  }

  private static func beginsCommandLine(_ text: [UInt8], _ words: [Range<Int>]) -> Bool {
    guard words.count > 1, let first = words.first.map({ text[$0] }) else { return false }
    let hasRoot = words.contains { text[$0].starts(with: "root=".utf8) }
    return first.starts(with: "BOOT_IMAGE=".utf8)
      || hasRoot
        && (first.starts(with: "root=".utf8) || first.elementsEqual("ro".utf8)
          || first.elementsEqual("rw".utf8) || first.starts(with: "console=".utf8)
          || first.starts(with: "initrd=".utf8) || first.elementsEqual("quiet".utf8))
  }
}
