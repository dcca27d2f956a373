internal import KernelText

extension ArgumentList {
  /// An argument as the kernel's parser cuts it out of the list.
  struct Word {
    var argument: BootArgument
    /// The piece in which it begins.
    var fragment: Int
    /// Where it stands in that piece's text.
    var range: Range<Int>
    /// Where it stands in the file.
    var source: Range<Int>
    /// Whether it ends in another piece.
    var isSplit: Bool

    /// Whether nothing in it is put in by a shell or a template.
    var isKnown: Bool { !argument.word.unicodeScalars.contains(ArgumentFragment.opaque) }

    /// A quote that is never closed takes all that follows into the word.
    var hasOpenQuote: Bool {
      !argument.word.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2)
    }
  }

  /// The kernel's own arguments in this list, read as the one line that the kernel gets.
  ///
  /// - Complexity: O(bytes of the list)
  func words(in bytes: [UInt8]) -> [Word] {
    var text = ""
    var offsets: [Int] = []
    var starts: [Int] = []
    for fragment in fragments {
      if !offsets.isEmpty {
        // The place behind a piece is where the blank in front of the next one stands.
        if fragment.isGlued { offsets.removeLast() } else { text += " " }
      }
      starts.append(offsets.count)
      text += fragment.text
      offsets += fragment.offsets
    }
    let line = Array(text.utf8)
    var index = 0
    return KernelCommandLineText.arguments(text).map { argument in
      let range = argument.range
      while index + 1 < starts.count, starts[index + 1] <= range.lowerBound { index += 1 }
      let start = offsets[range.lowerBound]
      let word = BootArgument(argument, in: line)
      let end = Self.end(of: word.word, to: range.upperBound, offsets, in: bytes)
      let local = (range.lowerBound - starts[index])..<(range.upperBound - starts[index])
      let length = fragments[index].offsets.count - 1
      return Word(
        argument: word,
        fragment: index,
        range: local.clamped(to: 0..<length),
        source: start..<max(start, end),
        isSplit: local.upperBound > length
      )
    }
  }

  /// Where a word ends in the file, given where each of its bytes stands and what follows.
  ///
  /// What follows may stand elsewhere; so only a word that ends in an escape ends there.
  private static func end(
    of word: String,
    to upper: Int,
    _ offsets: [Int],
    in bytes: [UInt8]
  ) -> Int {
    let next = offsets[upper]
    // All of a setting that stands for an argument has one place.
    guard let byte = word.utf8.last, upper > 0, offsets[upper - 1] < bytes.count,
      upper < 2 || offsets[upper - 1] != offsets[upper - 2],
      bytes[offsets[upper - 1]] == byte, !"\\&'".utf8.contains(byte)
    else { return next }
    return offsets[upper - 1] + 1
  }
}
