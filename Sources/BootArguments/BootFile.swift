internal import KernelText
package import SourceText

/// An existing boot configuration with the kernel arguments in it, ready to be changed in place.
///
/// Made by a format's parser. Only the bytes of arguments that change are touched; comments,
/// order, indentation and everything that zonewise does not know stay as they are.
struct BootFile {
  /// A piece of the file that holds kernel arguments: a whole line of them or one item of a list.
  struct Fragment {
    /// How changed arguments get back into the file.
    enum Rewriting {
      /// Argument by argument, each encoded for the place where it stands.
      case words(@Sendable (String) -> String)
      /// The whole piece, encoded anew.
      case whole(@Sendable (String) -> String)
      /// Not at all, and why.
      case refused(String)
    }

    /// The command line or its part, decoded.
    var text: String
    /// Where each byte of `text` stands in the file; one more for the end.
    var offsets: [Int]
    /// What `whole` replaces.
    var range: Range<Int>
    /// What goes when no argument is left; nil where the empty piece stays.
    var removal: Removal?
    var rewriting: Rewriting
  }

  /// What an item of a list takes with it when it goes; worked out only then.
  struct Removal {
    /// By whether it is the first that stays: then the separator behind it goes, else the one in
    /// front.
    let range: @Sendable (_ isFirst: Bool) -> Range<Int>

    init(_ range: Range<Int>) { self.range = { _ in range } }

    init(_ range: @escaping @Sendable (_ isFirst: Bool) -> Range<Int>) { self.range = range }
  }

  /// Where arguments go that the file does not have yet.
  enum Insertion {
    case fragment(Int)
    case text(at: Int, render: @Sendable ([BootArgument]) -> String)
    /// Where one place is not enough.
    case texts([Placement])
    case refused(at: Int, why: String)
  }

  struct Placement {
    var offset: Int
    var render: @Sendable ([BootArgument]) -> String
  }

  let file: String
  let bytes: [UInt8]
  var fragments: [Fragment]
  var insertion: Insertion
  /// What else changes where no argument is left.
  var whenEmpty: TextEdit?

  /// A byte that stands for what a shell or a template puts in: no argument that can be known.
  static let opaque: Unicode.Scalar = "\u{1}"

  private struct Piece {
    var fragment: Int
    var range: Range<Int>
    var argument: BootArgument
  }

  private var pieces: [Piece] {
    var pieces: [Piece] = []
    for (index, fragment) in fragments.enumerated() {
      let line = CommandLine(fragment.text)
      for (argument, range) in zip(line.arguments, line.ranges) {
        pieces.append(Piece(fragment: index, range: range, argument: argument))
      }
    }
    return pieces
  }

  private static func isKnown(_ argument: BootArgument) -> Bool {
    !argument.word.unicodeScalars.contains(opaque)
  }

  /// The arguments with their places.
  ///
  /// - Complexity: O(bytes + arguments × log arguments)
  var arguments: [LocatedArgument] {
    let known = pieces.filter { Self.isKnown($0.argument) }
    let ranges = known.map { piece in
      let offsets = fragments[piece.fragment].offsets
      let start = offsets[piece.range.lowerBound]
      let word = piece.argument.word
      return start..<max(start, Self.end(of: word, to: piece.range.upperBound, offsets, in: bytes))
    }
    let places = SourceLocation.places(of: ranges.map { $0.lowerBound }, in: bytes, file: file)
    return zip(zip(known, ranges), places).map { item, place in
      LocatedArgument(
        argument: item.0.argument,
        place: place,
        length: SourceLocation.length(of: item.1, in: bytes)
      )
    }
  }

  /// Where a word ends in the file, given where each of its bytes stands and what follows.
  ///
  /// What follows may stand elsewhere; so only a word that ends in an escape ends there.
  static func end(of word: String, to upper: Int, _ offsets: [Int], in bytes: [UInt8]) -> Int {
    let next = offsets[upper]
    guard let byte = word.utf8.last, upper > 0, offsets[upper - 1] < bytes.count,
      bytes[offsets[upper - 1]] == byte, !"\\&'".utf8.contains(byte)
    else { return next }
    return offsets[upper - 1] + 1
  }

  func failure(at offset: Int, _ problem: String) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }

  // MARK: Changing

  /// The file with the change made. Twice is once.
  func applying(
    _ change: ArgumentChange,
    owner: Ownership
  ) throws(LocatedError) -> [UInt8] {
    let ownerLine = Self.ownerLine(in: bytes)
    let change = ownerLine == nil ? change : change.asWholeOfOurs
    let pieces = pieces
    var plan = change.plan(for: pieces.map { $0.argument })
    reuseLastItem(pieces, &plan)
    guard !plan.changesNothing else { return bytes }
    try refuseOpenQuotes(pieces)
    var edits: [TextEdit] = []
    var hasKept = false
    var next = 0
    for index in fragments.indices {
      // Pieces are in the order of their fragments.
      let first = next
      while next < pieces.count, pieces[next].fragment == index { next += 1 }
      let actions = Array(plan.actions[first..<next])
      edits += try self.edits(of: index, actions, plan.appended, isFirst: !hasKept)
      hasKept = hasKept || actions.contains { $0 != .remove }
    }
    if !plan.appended.isEmpty, case .text(let offset, let render) = insertion {
      edits.append(TextEdit(range: offset..<offset, text: render(plan.appended)))
    }
    if !plan.appended.isEmpty, case .texts(let places) = insertion {
      edits += places.map {
        TextEdit(range: $0.offset..<$0.offset, text: $0.render(plan.appended))
      }
    }
    if !plan.appended.isEmpty, case .refused(let offset, let why) = insertion {
      throw failure(at: offset, why)
    }
    if let whenEmpty, plan.appended.isEmpty, plan.actions.allSatisfy({ $0 == .remove }) {
      edits.append(whenEmpty)
    }
    if let ownerLine { edits.append(TextEdit(range: ownerLine, text: owner.line)) }
    return TextEdit.apply(edits, to: bytes)
  }

  /// A word whose quote is never closed takes all that follows it into itself.
  private func refuseOpenQuotes(_ pieces: [Piece]) throws(LocatedError) {
    for piece in pieces {
      let quotes = piece.argument.word.utf8.count(where: { $0 == UInt8(ascii: "\"") })
      guard quotes.isMultiple(of: 2) else {
        throw failure(
          at: fragments[piece.fragment].offsets[piece.range.lowerBound],
          "this argument's quote is never closed and swallows what follows; close it first"
        )
      }
    }
  }

  /// A new argument takes the place of a last item that goes: so the list keeps its layout.
  private func reuseLastItem(_ pieces: [Piece], _ plan: inout ArgumentChange.Plan) {
    guard !plan.appended.isEmpty, case .text(let offset, _) = insertion,
      let item = fragments.firstIndex(where: {
        $0.removal != nil && $0.range.upperBound == offset && !$0.range.isEmpty
      })
    else { return }
    let own = pieces.indices.filter { pieces[$0].fragment == item }
    guard let first = own.first, own.allSatisfy({ plan.actions[$0] == .remove }) else { return }
    plan.actions[first] = .replace(plan.appended.removeFirst())
  }

  private func edits(
    of index: Int,
    _ actions: [ArgumentChange.Action],
    _ appended: [BootArgument],
    isFirst: Bool
  ) throws(LocatedError) -> [TextEdit] {
    let fragment = fragments[index]
    var part = ArgumentChange.Plan(actions: actions, appended: [])
    if case .fragment(index) = insertion { part.appended = appended }
    guard !part.changesNothing else { return [] }
    if let removal = fragment.removal, part.appended.isEmpty,
      actions.allSatisfy({ $0 == .remove })
    {
      return [TextEdit(range: removal.range(isFirst), text: "")]
    }
    switch fragment.rewriting {
    case .refused(let why):
      throw failure(at: fragment.range.lowerBound, why)
    case .words(let encode):
      var edits = CommandLine.edits(part, in: fragment.text) { encode($0.word) }
      if !part.appended.isEmpty {
        edits.append(CommandLine.appending(part, to: fragment.text) { encode($0.word) })
      }
      return edits.map {
        let range = fragment.offsets[$0.range.lowerBound]..<fragment.offsets[$0.range.upperBound]
        return TextEdit(range: range, text: $0.text)
      }
    case .whole(let encode):
      guard !fragment.text.unicodeScalars.contains(Self.opaque) else {
        throw failure(at: fragment.range.lowerBound, "part of this is computed; change it by hand")
      }
      var edits = CommandLine.edits(part, in: fragment.text)
      if !part.appended.isEmpty { edits.append(CommandLine.appending(part, to: fragment.text)) }
      let changed = TextEdit.apply(edits, to: Array(fragment.text.utf8))
      return [
        TextEdit(range: fragment.range, text: encode(String(decoding: changed, as: UTF8.self)))
      ]
    }
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

/// A kernel argument and where it stands in a file.
package struct LocatedArgument: Hashable, Sendable {
  package let argument: BootArgument
  package let place: SourceLocation
  /// How many characters it takes in the file, with its escapes and the quotes inside it; no more
  /// than its first line has.
  package let length: Int
}
