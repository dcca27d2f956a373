internal import SourceText

/// Kernel arguments in the strings of a program: by the shape of a command line, since nothing says
/// what a string is for.
struct SourceArguments {
  let bytes: [UInt8]
  let language: SourceLanguage

  func lists() -> [ArgumentList] {
    var lists: [ArgumentList] = []
    var group: [Part] = []
    let pieces = SourceStrings.read(bytes, language)
    for (index, piece) in pieces.enumerated() {
      if piece.link == .none {
        lists += self.lists(of: group)
        group = []
      }
      if piece.isLong, piece.item.text.contains(0x0A) {
        lists += self.lists(of: group) + text(piece.item)
        group = []
        continue
      }
      if piece.link == .assigned, let name = pieces[index - 1].name, let last = group.popLast() {
        // A key that says that its value is a command line is no argument itself.
        let value = fragment(piece.item)
        if value.text.contains("="), LiteralLine.namesArguments(Array(name.text.utf8)[...]) {
          lists += self.lists(of: group)
          group = [Part(fragment: value, link: .none, isNamed: true)]
        } else {
          group.append(Part(fragment: name.assigned(value), link: last.link))
        }
        continue
      }
      if piece.link == .item, let argument = setting(piece, behind: pieces[index - 1]),
        let last = group.popLast()
      {
        group.append(Part(fragment: argument, link: last.link))
        continue
      }
      let whole = fragment(piece.item)
      let inner = LiteralText.withoutOption(whole)
      group.append(
        Part(
          fragment: inner,
          link: piece.link,
          isNamed: inner.offsets.count < whole.offsets.count
        )
      )
    }
    lists += self.lists(of: group)
    return lists.map { list in
      var list = list
      list.confidence = .inSource
      list.isComplete = false
      return list
    }
  }

  /// A name and a value that a call is given: `insert("kernelcore", "2G")`.
  private func setting(
    _ piece: SourceStrings.Piece,
    behind before: SourceStrings.Piece
  ) -> ArgumentFragment? {
    guard let name = before.name, KnownArguments.searched.contains(name.text) else { return nil }
    let argument = name.assigned(fragment(piece.item))
    let text = Array(argument.text.utf8)
    return ArgumentText.isUnmistakable(text, 0..<text.count) ? argument : nil
  }

  private struct Part {
    var fragment: ArgumentFragment
    var link: SourceStrings.Link
    /// Whether its own text says that arguments follow.
    var isNamed = false
  }

  // MARK: Strings of a line

  /// The runs of strings that hold nothing but arguments.
  private func lists(of group: [Part]) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    var run: [Part] = []
    var before: Part?
    func close() {
      if let list = list(of: run, behind: before) { lists.append(list) }
      run = []
    }
    for part in group {
      if isArguments(part.fragment) {
        run.append(part)
        continue
      }
      close()
      before = part
      let text = Array(part.fragment.text.utf8)
      guard !FileMarkers(scanning: text).isDisjoint(with: .argument) else { continue }
      lists += LiteralText(bytes: text).lists().map { list in
        list.mapped { part.fragment.offsets[min($0, part.fragment.offsets.count - 1)] }
      }
    }
    close()
    return lists
  }

  private func isArguments(_ fragment: ArgumentFragment) -> Bool {
    let text = Array(fragment.text.utf8)
    return ArgumentText.words(text, 0..<text.count).allSatisfy {
      ArgumentText.isKnown(text, $0) || ArgumentText.isArgument(text, $0)
    }
  }

  private func list(of run: [Part], behind before: Part?) -> ArgumentList? {
    var known = 0
    var unmistakable = 0
    var valued = 0
    var list = ArgumentList(fragments: [], isComplete: false)
    for part in run {
      var fragment = part.fragment
      let text = Array(fragment.text.utf8)
      for word in ArgumentText.words(text, 0..<text.count) {
        if ArgumentText.isKnown(text, word) || ArgumentText.isFlag(text, word) { known += 1 }
        if ArgumentText.isUnmistakable(text, word) { unmistakable += 1 }
        if text[word].contains(UInt8(ascii: "=")) { valued += 1 }
      }
      if part.link == .gluedByValue, !list.fragments.isEmpty {
        let place = fragment.offsets[0]
        var value = ArgumentFragment(
          text: String(ArgumentFragment.opaque),
          offsets: [place, place]
        )
        value.isGlued = true
        list.fragments.append(value)
      }
      fragment.isGlued =
        !list.fragments.isEmpty && (part.link == .glued || part.link == .gluedByValue)
      list.fragments.append(fragment)
    }
    guard known > 0, let start = list.fragments.first?.offsets.first else { return nil }
    if valued <= 1, run.count == 1, isLookedFor(list.fragments[0]) { return nil }
    let isNamed =
      run.contains(where: \.isNamed) || LiteralLine.namesArguments(lead(to: start))
      || before.map { LiteralLine.namesArguments(Array($0.fragment.text.utf8)[...]) } ?? false
    return unmistakable > 0 || isNamed || known > 1 || valued > 2 || valued > 0 && known < valued
      ? list : nil
  }

  /// Whether a program only compares or searches with a string, or complains with it: that sets nothing.
  private func isLookedFor(_ fragment: ArgumentFragment) -> Bool {
    guard let start = fragment.offsets.first, let end = fragment.offsets.last else { return false }
    let before = String(decoding: lead(to: start).suffix(120), as: UTF8.self).lowercased()
    if Self.asking.contains(where: { before.contains($0) }) { return true }
    // `if "…" in line`
    let behind = bytes[end...].dropFirst().drop { TextLine.isBlank($0) }
    return ["in ", "not in ", "==", "!="].contains { behind.starts(with: $0.utf8) }
  }

  private static let asking = [
    "contains", "assert", "expect", "strstr", "startswith", "starts_with", "hasprefix",
    "has_prefix", "indexof", "includes(", "==", "!=", "errorf", "error(", "find(", "match",
    "search(", "lookup", "require.", "raise ", "panic",
  ]

  /// What stands in front of a string on its line, or on the line above where nothing does.
  private func lead(to start: Int) -> ArraySlice<UInt8> {
    var line = (bytes[..<start].lastIndex(of: 0x0A) ?? -1) + 1
    let isBare = !bytes[line..<start].contains { (0x61...0x7A).contains($0 | 0x20) }
    if isBare, line > 0 { line = (bytes[..<(line - 1)].lastIndex(of: 0x0A) ?? -1) + 1 }
    return bytes[line..<start]
  }

  // MARK: Strings of many lines

  /// A file of its own in a string, or any text.
  private func text(_ item: QuotedItem) -> [ArgumentList] {
    var inner = FileSample(path: "", bytes: item.text)
    inner.isEmbedded = true
    guard !inner.markers.isDisjoint(with: [.argument, .grubVariable]) else { return [] }
    var lists: [ArgumentList] = []
    // One line that a program takes apart or puts together.
    if ArgumentText.isCommandLine(String(decoding: item.text, as: UTF8.self)) {
      return [ArgumentList(fragments: [fragment(item)], isComplete: false)]
    }
    if let format = KernelArgumentFormats.format(of: inner), !format.isLiteral,
      let found = try? format.locate(inner, item.text)
    {
      lists = found.filter { !$0.fragments.isEmpty }
    } else {
      lists = LiteralText(bytes: item.text).lists()
    }
    let places = item.offsets + [item.end]
    return lists.map { list in list.mapped { places[min($0, places.count - 1)] } }
  }

  // MARK: Values put in

  /// A string with everything that is put in when the program runs made opaque: `%s`, `{name}`,
  /// `#{…}`, `${…}`.
  private func fragment(_ item: QuotedItem) -> ArgumentFragment {
    let text = item.text
    var result: [UInt8] = []
    var places: [Int] = []
    var index = 0
    while index < text.count {
      places.append(item.offsets[index])
      if let end = Self.valueEnd(text, index) {
        result.append(1)
        index = end
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return ArgumentFragment(
      text: String(decoding: result, as: UTF8.self),
      offsets: places + [item.end]
    ).withoutTemplates
  }

  private static func valueEnd(_ text: [UInt8], _ start: Int) -> Int? {
    let rest = text[start...]
    if rest.first == UInt8(ascii: "%") {
      var index = start + 1
      if index < text.count, text[index] == UInt8(ascii: "(") {
        index = (text[index...].firstIndex(of: UInt8(ascii: ")")) ?? index) + 1
      }
      while index < text.count, "-+0123456789.lhz".utf8.contains(text[index]) { index += 1 }
      guard index < text.count, "sdiuxXvqpgfcbo".utf8.contains(text[index]) else { return nil }
      return index + 1
    }
    let isSigned = rest.first == UInt8(ascii: "#")
    let inner = isSigned ? rest.dropFirst() : rest
    guard inner.first == UInt8(ascii: "{"), !inner.starts(with: "{{".utf8),
      let close = inner.prefix(128).firstIndex(of: UInt8(ascii: "}")),
      !inner[inner.startIndex..<close].contains(UInt8(ascii: "\""))
    else { return nil }
    return close + 1
  }
}

extension SourceStrings.Piece {
  /// A name of an argument, where the string is nothing else.
  fileprivate var name: ArgumentFragment? {
    let text = item.text
    return ArgumentText.isArgument(text, 0..<text.count) && !text.contains(0x3D)
      ? item.fragment : nil
  }
}
