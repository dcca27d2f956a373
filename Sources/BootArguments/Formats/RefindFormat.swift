internal import SourceText

extension KernelArgumentFormat {
  /// rEFInd: `refind_linux.conf` beside the kernel, a title and a command line on each line; and
  /// `options` of the stanzas in `refind.conf`.
  static let refind = KernelArgumentFormat(
    name: "refind",
    title: "rEFInd",
    documentation: FormatRow(
      recognizedBy: "`refind_linux.conf`, or lines of two quoted texts; `refind.conf`",
      read: """
        the second text of each line; `options` and `add_options` of each stanza, also without the \
        quotes that rEFInd wants
        """,
      notRead: "included files"
    ),
    markers: [.argument, .root],
    recognizes: { sample in
      sample.isPlainText
        && (sample.name.hasPrefix("refind") && sample.hasSuffix(".conf") || sample.hasPairsOnly)
    },
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      var stanza: String?
      for line in TextLine.lines(of: bytes) {
        if let pair = QuotedPair(line) {
          lists.append(ArgumentList(title: pair.first.text, fragments: [pair.second.fragment]))
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
          let token = QuotedToken(in: bytes, at: value.lowerBound, to: value.upperBound)
          // Without quotes rEFInd takes no more than a word (refind/config.c, ReadTokenLine); all of it
          // is meant.
          let fragment = token?.fragment ?? .verbatim(value, in: bytes).refusing(unquoted)
          lists.append(ArgumentList(title: stanza, fragments: [fragment]))
        default: continue
        }
      }
      if !lists.isEmpty { lists[0].key = "first" }
      return lists
    }
  )

  private static let unquoted =
    "rEFInd takes options without quotes up to the first blank or =; put them in quotes"

  /// A text for between quotes, in which a quote is written twice.
  static func refindQuoted(_ text: String) -> String { text.replacing("\"", with: "\"\"") }
}

/// A text in double quotes, in which two of them stand for one (refind/config.c, `KeepReading`).
private struct QuotedToken {
  let fragment: ArgumentFragment
  /// Behind the closing quote.
  let end: Int

  var text: String { fragment.text }

  /// Nil where none begins at the place, or where it is never closed.
  init?(in bytes: [UInt8], at start: Int, to limit: Int) {
    let quote = UInt8(ascii: "\"")
    guard start < limit, bytes[start] == quote else { return nil }
    var text: [UInt8] = []
    var offsets: [Int] = []
    var position = start + 1
    while position < limit {
      offsets.append(position)
      if bytes[position] == quote {
        guard position + 1 < limit, bytes[position + 1] == quote else {
          end = position + 1
          fragment = ArgumentFragment(
            text: String(decoding: text, as: UTF8.self),
            offsets: offsets,
            range: (start + 1)..<position,
            rewriting: .words { KernelArgumentFormat.refindQuoted($0) }
          )
          return
        }
        position += 1
      }
      text.append(bytes[position])
      position += 1
    }
    return nil
  }
}

/// Two texts in double quotes and nothing else.
private struct QuotedPair {
  let first: QuotedToken
  let second: QuotedToken

  init?(_ line: TextLine) {
    let content = line.trimmed(from: line.range.lowerBound)
    guard
      let first = QuotedToken(in: line.bytes, at: content.lowerBound, to: content.upperBound),
      let second = QuotedToken(
        in: line.bytes,
        at: line.trimmed(from: first.end).lowerBound,
        to: content.upperBound
      ), second.end == content.upperBound
    else { return nil }
    (self.first, self.second) = (first, second)
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
