internal import SourceText

/// Files inside another text: what stands between `<<TAG` and `TAG`, where it is a kind of file that
/// says of itself what it is.
struct HereDocuments {
  let bytes: [UInt8]

  private static let mostLines = 20_000

  /// The lists in them, and where in the text they are.
  func lists() -> (lists: [ArgumentList], covered: [Range<Int>]) {
    guard bytes.firstRange(of: Array("<<".utf8)) != nil else { return ([], []) }
    var lists: [ArgumentList] = []
    var covered: [Range<Int>] = []
    let lines = TextLine.lines(of: bytes)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      guard let tag = tag(in: line),
        let end = lines[index...].prefix(Self.mostLines).firstIndex(where: { line in
          bytes[line.trimmed(from: line.range.lowerBound)].elementsEqual(bytes[tag])
        })
      else { continue }
      let content = lines[index..<end]
      let found = self.lists(in: content, path: path(before: tag, in: line))
      if !found.isEmpty, let first = content.first, let last = content.last {
        lists += found
        covered.append(first.range.lowerBound..<last.range.upperBound)
      }
      index = end + 1
    }
    return (lists, covered)
  }

  /// TAG of `<<TAG`, `<<-TAG`, `<<~TAG`, `<<"TAG"`.
  private func tag(in line: TextLine) -> Range<Int>? {
    guard let open = bytes[line.range].firstRange(of: Array("<<".utf8)) else { return nil }
    let rest = bytes[open.upperBound..<line.range.upperBound].drop { "-~\"' \\".utf8.contains($0) }
    let tag = rest.prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || (0x30...0x39).contains(byte)
    }
    return tag.isEmpty ? nil : tag.startIndex..<tag.endIndex
  }

  /// The file that a command of the line writes.
  private func path(before tag: Range<Int>, in line: TextLine) -> String {
    let words = ArgumentText.words(bytes, line.range)
    let target = words.indices.first { index in
      [">", ">>", "tee"].contains(bytes.text(words[index]))
    }
    guard let target else { return "" }
    let path = words[(target + 1)...].first { bytes[$0.lowerBound] != UInt8(ascii: "-") }
    return path.map { bytes.text($0).filter { $0 != "\"" && $0 != "'" } } ?? ""
  }

  private func lists(in lines: ArraySlice<TextLine>, path: String) -> [ArgumentList] {
    let indents = lines.compactMap { line in
      line.range.first { !TextLine.isBlank(bytes[$0]) }.map { $0 - line.range.lowerBound }
    }
    let indent = indents.min() ?? 0
    var text: [UInt8] = []
    var offsets: [Int] = []
    for line in lines {
      let start = min(line.range.lowerBound + indent, line.range.upperBound)
      text += bytes[start..<line.range.upperBound] + [0x0A]
      offsets += Array(start...line.range.upperBound)
    }
    offsets.append(lines.last?.range.upperBound ?? 0)
    let inner = FileSample(path: path, bytes: text)
    guard !inner.markers.isEmpty, let format = KernelArgumentFormats.format(of: inner),
      !format.isLiteral, let found = try? format.locate(inner, text)
    else { return [] }
    return found.filter { !$0.fragments.isEmpty }.map { list in
      var list = list.mapped { offsets[min($0, offsets.count - 1)] }
      // More may be put in when the text is used.
      list.isComplete = false
      return list
    }
  }
}
