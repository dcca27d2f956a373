internal import SourceText

extension BootFile.Fragment {
  /// A piece that means what it says, without any quoting.
  static func verbatim(_ range: Range<Int>, in bytes: [UInt8]) -> BootFile.Fragment {
    BootFile.Fragment(
      text: String(decoding: bytes[range], as: UTF8.self),
      offsets: Array(range.lowerBound...range.upperBound),
      range: range,
      rewriting: .words { $0 }
    )
  }
}

extension ShellValue {
  /// The word as a piece with kernel arguments in it.
  var fragment: BootFile.Fragment {
    BootFile.Fragment(text: string, offsets: places, range: range, rewriting: rewriting)
  }

  /// How this word takes changed arguments.
  private var rewriting: BootFile.Fragment.Rewriting {
    switch quoting {
    case .mixed:
      .refused("the value mixes several kinds of quotes; write it in one pair of quotes")
    case .double: .words { ShellText.insideDoubleQuotes($0) }
    case .single: .words { $0 }
    case .none where hasExpansion:
      .refused("the value is made by the shell; write it in double quotes")
    case .none: .whole { "\"" + ShellText.insideDoubleQuotes($0) + "\"" }
    }
  }
}

extension ShellAssignments.Assignment {
  var fragment: BootFile.Fragment { value.fragment }
}
