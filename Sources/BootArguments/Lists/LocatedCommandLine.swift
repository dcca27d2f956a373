package import KernelText
package import SourceText

/// One kernel command line in a file.
package struct LocatedCommandLine: Hashable, Sendable {
  /// Menu entry, resource, profile …; nil where there is only one.
  package var title: String?
  /// In the order in which the kernel will see them.
  package var arguments: [LocatedArgument]
  /// Where the file says for which ones the line is, else empty.
  package var architectures: [String]
  /// False where only a part of the line is in the file: a drop-in, additional arguments.
  package var isComplete: Bool
  package var confidence = ArgumentConfidence.stated
  /// Whether something that nobody can know stands among them: a variable, a template's value.
  package var hasGaps = false
  /// What becomes of their order before the kernel reads them.
  package var order = ArgumentOrder.asWritten
  package var guest: GuestMemory<SourceLocation>?

  /// Cuts lists into arguments and finds their places, all in one pass over the file.
  ///
  /// What a template puts in is left out where a file may be one. A quote that is never closed is an
  /// error, but where nobody said that there are arguments, the one that has it is none.
  static func locate(
    _ lists: [ArgumentList],
    in bytes: [UInt8],
    file: String,
    isLiteral: Bool = false,
    mayBeTemplate: Bool = true
  ) throws(LocatedError) -> [LocatedCommandLine] {
    let lists = lists.filter { !$0.fragments.isEmpty || $0.guest != nil }.map { list in
      var list = list
      if mayBeTemplate { list.fragments = list.fragments.map { $0.withoutTemplates } }
      return list
    }
    var found: [ArgumentList.Word] = []
    var ends: [Int] = []
    var gaps: Set<Int> = []
    for (index, list) in lists.enumerated() {
      for word in list.words(in: bytes) {
        guard word.isKnown else {
          gaps.insert(index)
          continue
        }
        guard !word.hasOpenQuote else {
          if isLiteral { continue }
          throw LocatedError(
            "this argument's quote is never closed and swallows what follows; close it",
            at: SourceLocation(of: word.source.lowerBound, in: bytes, file: file)
          )
        }
        found.append(word)
      }
      ends.append(found.count)
    }
    let places = SourceLocation.places(
      of: found.map { $0.source.lowerBound },
      in: bytes,
      file: file
    )
    let located = zip(found, places).map { word, place in
      LocatedArgument(
        argument: word.argument,
        place: place,
        length: SourceLocation.length(of: word.source, in: bytes)
      )
    }
    var start = 0
    return zip(lists, ends).enumerated().compactMap { index, pair in
      let (list, end) = pair
      defer { start = end }
      // A part with nothing that can be known says nothing.
      guard start < end || list.isComplete || list.guest != nil else { return nil }
      var line = LocatedCommandLine(
        title: list.title,
        arguments: Array(located[start..<end]),
        architectures: list.architectures,
        isComplete: list.isComplete
      )
      line.confidence = list.confidence
      line.order = list.order
      line.hasGaps = gaps.contains(index)
      line.guest = list.guest?.located { SourceLocation(of: $0, in: bytes, file: file) }
      return line
    }
  }
}
