/// Parts of shell commands that several targets share.
enum CommandText {
  /// `case` patterns for every form of the arguments that go or that are set anew.
  static func patterns(_ change: ArgumentChange) -> String {
    var patterns: [String] = []
    for argument in change.set where !KnownArguments.mayRepeat(argument.key) {
      patterns += forms(argument.key).flatMap { [$0, "\($0)=*"] }
    }
    for argument in change.set where KnownArguments.mayRepeat(argument.key) {
      patterns.append(ShellText.word(argument.word))
    }
    for removal in change.removals {
      for form in forms(removal.key) {
        patterns += removal.values.map { $0.map { "\(form)=\($0)" } } ?? [form, "\(form)=*"]
      }
    }
    return patterns.joined(separator: " | ")
  }

  private static func forms(_ key: String) -> [String] {
    Set([key, key.replacing("_", with: "-")]).sorted()
  }

  static func words(_ arguments: [BootArgument], option: String = "") -> String {
    arguments.map { " " + option + ShellText.word($0.word) }.joined()
  }

  /// Tools that cut a line at every blank can't carry one inside an argument.
  static func refuseBlanks(_ argument: BootArgument) -> String? {
    argument.word.utf8.contains { $0 == 0x20 || $0 == UInt8(ascii: "\"") }
      ? "it is cut at every blank, whatever the quotes" : nil
  }

  /// Refuses in turn.
  static func refusal(
    _ checks: (@Sendable (BootArgument) -> String?)...
  ) -> @Sendable (BootArgument) -> String? {
    { argument in checks.lazy.compactMap { $0(argument) }.first }
  }
}
