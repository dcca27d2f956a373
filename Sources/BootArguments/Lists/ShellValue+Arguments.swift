internal import SourceText

extension ShellValue {
  /// The word as a piece with kernel arguments in it.
  var fragment: ArgumentFragment {
    ArgumentFragment(text: string, offsets: places, range: range, rewriting: rewriting)
  }

  /// How this word takes changed arguments.
  private var rewriting: ArgumentFragment.Rewriting {
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
