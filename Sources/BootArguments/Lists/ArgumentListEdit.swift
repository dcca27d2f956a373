internal import KernelText
internal import SourceText

/// A change to the argument lists of a file.
///
/// Only the bytes of arguments that change are touched; comments, order, indentation and everything
/// that zonewise does not know stay as they are.
struct ArgumentListEdit {
  let file: String
  let bytes: [UInt8]
  /// Those that belong together: an argument in one of them is not set in another.
  let lists: [ArgumentList]

  private struct Piece {
    var list: Int
    var word: ArgumentList.Word
  }

  /// The file with the change made. Twice is once.
  ///
  /// - Parameters:
  ///   - change: What is to become of the arguments.
  ///   - owner: Who answers for all of them from now on, where the file says that zonewise made it;
  ///     nil for a change of a few.
  /// - Returns: The text.
  /// - Throws: What can't be changed, and where.
  func applying(
    _ change: ArgumentChange,
    owner: Ownership?
  ) throws(LocatedError) -> [UInt8] {
    let ownerLine = owner == nil ? nil : Self.ownerLine(in: bytes)
    let change = ownerLine == nil ? change : change.asWholeOfOurs
    let pieces = pieces()
    var plan = change.plan(for: pieces.map { $0.word.argument })
    reuseLastItem(pieces, &plan)
    guard !plan.changesNothing else { return bytes }
    try refuseOpenQuotes(pieces)
    var edits: [TextEdit] = []
    var next = 0
    for index in lists.indices {
      // Pieces are in the order of their lists.
      let first = next
      while next < pieces.count, pieces[next].list == index { next += 1 }
      let words = zip(pieces[first..<next], plan.actions[first..<next]).map { ($0.word, $1) }
      let isLast = index == lists.count - 1
      edits += try self.edits(of: lists[index], words, isLast ? plan.appended : [])
    }
    if let owner, let ownerLine {
      edits.append(TextEdit(range: ownerLine, text: owner.line))
    }
    return TextEdit.apply(edits, to: bytes)
  }

  /// The words of all lists; a piece that several of them share counts where it comes first.
  private func pieces() -> [Piece] {
    var seen: Set<Range<Int>> = []
    return lists.enumerated().flatMap { index, list in
      let isOwn = list.fragments.map { fragment in
        fragment.text.isEmpty || seen.insert(Self.source(of: fragment)).inserted
      }
      return list.words(in: bytes).filter { isOwn[$0.fragment] }.map {
        Piece(list: index, word: $0)
      }
    }
  }

  private static func source(of fragment: ArgumentFragment) -> Range<Int> {
    let start = fragment.offsets.first ?? 0
    return start..<max(start, fragment.offsets.last ?? start)
  }

  /// A word whose quote is never closed takes all that follows it into itself.
  private func refuseOpenQuotes(_ pieces: [Piece]) throws(LocatedError) {
    for piece in pieces where piece.word.hasOpenQuote {
      throw failure(
        at: piece.word.source.lowerBound,
        "this argument's quote is never closed and swallows what follows; close it first"
      )
    }
  }

  /// A new argument takes the place of a last item that goes: so the list keeps its layout.
  private func reuseLastItem(_ pieces: [Piece], _ plan: inout ArgumentChange.Plan) {
    guard !plan.appended.isEmpty, let list = lists.last, case .texts(let places) = list.insertion,
      places.count == 1, let place = places.first,
      let item = list.fragments.firstIndex(where: {
        $0.removal != nil && $0.range.upperBound == place.offset && !$0.range.isEmpty
      })
    else { return }
    let own = pieces.indices.filter {
      pieces[$0].list == lists.count - 1 && pieces[$0].word.fragment == item
    }
    guard let first = own.first, own.allSatisfy({ plan.actions[$0] == .remove }) else { return }
    plan.actions[first] = .replace(plan.appended.removeFirst())
  }

  // MARK: One list

  private func edits(
    of list: ArgumentList,
    _ words: [(word: ArgumentList.Word, action: ArgumentChange.Action)],
    _ appended: [BootArgument]
  ) throws(LocatedError) -> [TextEdit] {
    for (word, action) in words where word.isSplit && action != .keep {
      throw failure(
        at: word.source.lowerBound,
        "this argument is put together from several places; write it in one"
      )
    }
    var edits: [TextEdit] = []
    var hasKept = false
    var next = 0
    let place = appended.isEmpty ? nil : appendPlace(in: list)
    for index in list.fragments.indices {
      let first = next
      while next < words.count, words[next].word.fragment == index { next += 1 }
      let part = words[first..<next]
      let more = place == index ? appended : []
      if part.contains(where: { $0.action != .keep }) || !more.isEmpty {
        edits += try self.edits(
          of: list.fragments[index],
          ranges: part.map { $0.word.range },
          ArgumentChange.Plan(actions: part.map { $0.action }, appended: more),
          isFirst: !hasKept
        )
      }
      hasKept = hasKept || part.contains { $0.action != .remove }
    }
    if !appended.isEmpty {
      switch list.insertion {
      case .last, .fragment: break
      case .texts(let places):
        edits += places.map {
          TextEdit(range: $0.offset..<$0.offset, text: $0.render(appended))
        }
      case .refused(let error): throw error
      }
    }
    if let whenEmpty = list.whenEmpty, appended.isEmpty, losesItems(list, words) {
      edits.append(whenEmpty)
    }
    return edits
  }

  /// The piece that takes new arguments: in front of a bare `--`, behind which all is init's.
  private func appendPlace(in list: ArgumentList) -> Int? {
    let index: Int
    switch list.insertion {
    case .last: index = list.fragments.count - 1
    case .fragment(let place): index = place
    case .texts, .refused: return nil
    }
    guard list.fragments.indices.contains(index) else { return nil }
    let end = list.fragments[...index].firstIndex { fragment in
      KernelCommandLineText.arguments(fragment.text + " x").last?.name != "x"
    }
    let place = end ?? index
    // A piece that came earlier in the list is changed where it came first.
    let source = Self.source(of: list.fragments[place])
    return list.fragments.firstIndex {
      !$0.text.isEmpty && Self.source(of: $0) == source
    } ?? place
  }

  private func losesItems(
    _ list: ArgumentList,
    _ words: [(word: ArgumentList.Word, action: ArgumentChange.Action)]
  ) -> Bool {
    let going = Set(words.lazy.filter { $0.action == .remove }.map { $0.word.fragment })
    let staying = Set(words.lazy.filter { $0.action != .remove }.map { $0.word.fragment })
    let items = list.items ?? list.fragments.indices
    return !items.isEmpty
      && items.allSatisfy { going.contains($0) && !staying.contains($0) }
  }

  private func edits(
    of fragment: ArgumentFragment,
    ranges: [Range<Int>],
    _ plan: ArgumentChange.Plan,
    isFirst: Bool
  ) throws(LocatedError) -> [TextEdit] {
    if let removal = fragment.removal, plan.appended.isEmpty,
      plan.actions.allSatisfy({ $0 == .remove })
    {
      return [TextEdit(range: removal.range(isFirst), text: "")]
    }
    switch fragment.rewriting {
    case .refused(let why):
      throw failure(at: fragment.range.lowerBound, why)
    case .words(let encode):
      return CommandLine.edits(plan, at: ranges, in: fragment.text) { encode($0.word) }.map {
        let range = fragment.offsets[$0.range.lowerBound]..<fragment.offsets[$0.range.upperBound]
        return TextEdit(range: range, text: $0.text)
      }
    case .whole(let encode):
      let edits = CommandLine.edits(plan, at: ranges, in: fragment.text)
      let changed = String(
        decoding: TextEdit.apply(edits, to: Array(fragment.text.utf8)),
        as: UTF8.self
      )
      guard !changed.unicodeScalars.contains(ArgumentFragment.opaque) else {
        throw failure(at: fragment.range.lowerBound, "part of this is computed; change it by hand")
      }
      return [TextEdit(range: fragment.range, text: encode(changed))]
    }
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }

  /// The ownership comment without its leader, to the end of its line.
  private static func ownerLine(in bytes: [UInt8]) -> Range<Int>? {
    let marker = Array(Ownership.marker.utf8)
    var start = 0
    while let range = bytes[start...].firstRange(of: marker) {
      let lineStart = (bytes[..<range.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
      let leader = String(decoding: bytes[lineStart..<range.lowerBound], as: UTF8.self)
      guard leader.allSatisfy({ " \t#/*<!-;".contains($0) }), !leader.isEmpty else {
        start = range.upperBound
        continue
      }
      var end = bytes[range.lowerBound...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      let line = bytes[range.lowerBound..<end]
      for closer in [" -->", " */"] where line.reversed().starts(with: closer.utf8.reversed()) {
        end -= closer.utf8.count
      }
      return range.lowerBound..<end
    }
    return nil
  }
}
