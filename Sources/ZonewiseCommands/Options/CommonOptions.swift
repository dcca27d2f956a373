internal import Advice
internal import ArgumentParser
internal import Reports

/// Options that all commands understand.
struct CommonOptions: ParsableArguments {
  enum Color: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error
    case warning
    case note
    case never

    /// Nil where nothing fails.
    var severity: Finding.Severity? { Finding.Severity(rawValue: rawValue) }
  }

  @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
  var color = Color.auto

  @Flag(name: .shortAndLong, help: "Show everything: the account, evidence, and what is unknown.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Print nothing; the exit code tells.")
  var quiet = false

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp("Exit with 1 on findings of this severity or worse.", valueName: "severity")
  )
  var failOn: FailOn?

  @Flag(help: "Exit with 3 where inputs were unknown.")
  var strict = false

  var style: TextStyle {
    let usesColor =
      switch color {
      case .always: true
      case .never: false
      case .auto: Self.colorIsWelcome
      }
    return TextStyle(
      usesColor: usesColor,
      usesUnicode: Self.localeIsUTF8,
      width: Console.width ?? 80,
      isVerbose: verbose,
      isPlain: Console.environment("TERM") == "dumb"
    )
  }

  /// What the environment says of colour: NO_COLOR forbids it, CLICOLOR_FORCE asks for it where
  /// output is no terminal.
  private static var colorIsWelcome: Bool {
    func value(_ name: String) -> String { Console.environment(name) ?? "" }
    guard value("NO_COLOR").isEmpty else { return false }
    guard ["", "0"].contains(value("CLICOLOR_FORCE")) else { return true }
    return Console.isTerminal && value("TERM") != "dumb" && value("CLICOLOR") != "0"
  }

  /// The first locale variable that is set decides; none at all is a log or a pipe, which take UTF-8.
  private static var localeIsUTF8: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = Console.environment(name), !value.isEmpty else { continue }
      let locale = value.lowercased()
      return locale.contains("utf-8") || locale.contains("utf8")
    }
    return true
  }

  /// The exit code that the worst finding and unknown inputs call for.
  func status(worst: Finding.Severity?, unknown: Int) -> ExitStatus {
    // Only check fails where nobody has said on what.
    let threshold = (failOn ?? .never).severity
    if let threshold, let worst, worst >= threshold { return .findings }
    return strict && unknown > 0 ? .incomplete : .done
  }
}
