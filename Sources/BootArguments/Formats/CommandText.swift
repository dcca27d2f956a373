internal import SourceText

/// Parts of shell commands that several targets share.
enum CommandText {
  /// `case` patterns for every form of the arguments that go or that are set anew.
  static func patterns(_ change: ArgumentChange) -> String {
    let set = change.set.flatMap { argument in
      KnownArguments.mayRepeat(argument.key)
        ? [ShellText.word(argument.word)] : forms(argument.key, values: nil)
    }
    return (set + removals(change)).joined(separator: " | ")
  }

  /// `case` patterns for every form of the arguments that go.
  static func removals(_ change: ArgumentChange) -> [String] {
    change.removals.flatMap { forms($0.key, values: $0.values) }
  }

  /// With `-` as good as `_`.
  private static func forms(_ key: String, values: [String]?) -> [String] {
    let name = key.replacing("_", with: "[-_]")
    return values.map { $0.map { "\(name)=\($0)" } } ?? [name, "\(name)=*"]
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
