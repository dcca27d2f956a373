internal import SourceText

extension KernelArgumentFormat {
  /// rEFInd: `refind_linux.conf` beside the kernel, a title and a command line on each line; and
  /// `options` of the stanzas in `refind.conf`.
  static let refind = KernelArgumentFormat(
    name: "refind",
    title: "rEFInd",
    documentation: FormatRow(
      recognizedBy: "`refind_linux.conf`, or lines of two quoted texts; `refind.conf`",
      read: "the second text of each line; `options` and `add_options` of each stanza",
      notRead: "included files"
    ),
    markers: [.argument, .root],
    recognizes: { sample in
      sample.isPlainText
        && (sample.name.hasPrefix("refind") && sample.hasSuffix(".conf") || sample.hasPairsOnly)
    },
    locate: { (sample, bytes) in
      var lists: [ArgumentList] = []
      var stanza: String?
      for line in TextLine.lines(of: bytes) {
        if let pair = QuotedPair(line) {
          lists.append(
            ArgumentList(title: bytes.text(pair.first), fragments: [.line(pair.second, in: bytes)])
          )
          continue
        }
        let word = line.word(at: 0)
        let value = line.trimmed(from: word.upperBound)
        switch bytes.text(word) {
        case "menuentry", "submenuentry":
          stanza =
            bytes.text(value.prefix { bytes[$0] != UInt8(ascii: "{") })
            .filter { $0 != "\"" }.trimmingBlanks
        case "options", "add_options":
          let isQuoted =
            value.count > 1
            && [value.lowerBound, value.upperBound - 1].allSatisfy { bytes[$0] == 0x22 }
          let inner = isQuoted ? value.dropFirst().dropLast() : value
          lists.append(ArgumentList(title: stanza, fragments: [.line(inner, in: bytes)]))
        default: continue
        }
      }
      return lists
    }
  )
}

/// Two texts in double quotes and nothing else.
private struct QuotedPair {
  let first: Range<Int>
  let second: Range<Int>

  init?(_ line: TextLine) {
    let bytes = line.bytes
    let quote = UInt8(ascii: "\"")
    let content = line.trimmed(from: line.range.lowerBound)
    let quotes = content.filter { bytes[$0] == quote }
    guard quotes.count == 4, quotes[0] == content.lowerBound, quotes[3] == content.upperBound - 1,
      bytes[(quotes[1] + 1)..<quotes[2]].allSatisfy(TextLine.isBlank), quotes[2] > quotes[1] + 1
    else { return nil }
    first = (quotes[0] + 1)..<quotes[1]
    second = (quotes[2] + 1)..<quotes[3]
  }
}

extension FileSample {
  /// Whether all lines but comments are two quoted texts.
  fileprivate var hasPairsOnly: Bool {
    guard bytes.count <= ArgumentText.limit, firstByte.map({ "\"#".utf8.contains($0) }) ?? false
    else { return false }
    let lines = TextLine.lines(of: text).filter { line in
      line.word(at: 0).first.map { line.bytes[$0] != UInt8(ascii: "#") } ?? false
    }
    return !lines.isEmpty && lines.allSatisfy { QuotedPair($0) != nil }
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
