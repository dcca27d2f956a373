internal import SourceText

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
}

/// A command line as a format found it, before its arguments are cut and placed.
struct CommandLineDraft {
  var title: String?
  var fragments: [BootFile.Fragment]
  var architectures: [String] = []
  var isComplete = true

  /// All pieces as the one line that the kernel gets.
  fileprivate var joined: (text: String, offsets: [Int]) {
    var text = ""
    var offsets: [Int] = []
    for fragment in fragments {
      if !offsets.isEmpty {
        text += " "
      }
      text += fragment.text
      // The last one, behind the piece, is where the blank in front of the next one stands.
      offsets += fragment.offsets
    }
    return (text, offsets)
  }

  /// Cuts the lines into arguments and finds their places, all in one pass over the file.
  ///
  /// A quote that is never closed is an error, but where nobody said that there are arguments, the
  /// one that has it is none.
  static func locate(
    _ drafts: [CommandLineDraft],
    in bytes: [UInt8],
    file: String,
    isLiteral: Bool = false
  ) throws(LocatedError) -> [LocatedCommandLine] {
    var found: [(argument: BootArgument, range: Range<Int>)] = []
    var ends: [Int] = []
    for draft in drafts {
      let (text, offsets) = draft.joined
      let line = CommandLine(text)
      for (argument, range) in zip(line.arguments, line.ranges)
      where !argument.word.unicodeScalars.contains(BootFile.opaque) {
        let start = offsets[range.lowerBound]
        guard argument.word.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else {
          if isLiteral { continue }
          throw LocatedError(
            "this argument's quote is never closed and swallows what follows; close it",
            at: SourceLocation(of: start, in: bytes, file: file)
          )
        }
        let end = BootFile.end(of: argument.word, to: range.upperBound, offsets, in: bytes)
        found.append((argument, start..<max(start, end)))
      }
      ends.append(found.count)
    }
    let places = SourceLocation.places(of: found.map { $0.range.lowerBound }, in: bytes, file: file)
    let located = zip(found, places).map { item, place in
      LocatedArgument(
        argument: item.argument,
        place: place,
        length: SourceLocation.length(of: item.range, in: bytes)
      )
    }
    var start = 0
    return zip(drafts, ends).compactMap { draft, end in
      defer { start = end }
      // A part with nothing that can be known says nothing.
      guard start < end || draft.isComplete else { return nil }
      return LocatedCommandLine(
        title: draft.title,
        arguments: Array(located[start..<end]),
        architectures: draft.architectures,
        isComplete: draft.isComplete
      )
    }
  }
}
