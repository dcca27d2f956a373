internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import Profiles
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
      case .auto:
        Console.isTerminal && (Console.environment("NO_COLOR") ?? "").isEmpty
          && Console.environment("TERM") != "dumb"
      }
    return TextStyle(
      usesColor: usesColor,
      usesUnicode: Self.localeIsUTF8,
      width: Console.width ?? 80,
      isVerbose: verbose
    )
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

  /// The exit code that findings and unknown inputs call for.
  func status(findings: [Finding], unknown: Int) -> ExitStatus {
    status(worst: findings.map(\.severity).max(), unknown: unknown)
  }

  /// The same where only the worst finding's severity is known.
  func status(worst: Finding.Severity?, unknown: Int) -> ExitStatus {
    // Only check fails where nobody has said on what.
    let threshold = (failOn ?? .never).severity
    if let threshold, let worst, worst >= threshold { return .findings }
    return strict && unknown > 0 ? .incomplete : .done
  }
}

/// Options that choose the profile.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The workload: a name (zonewise profiles list), a YAML file, or suggest to let the host show.",
      valueName: "name|file|suggest"
    )
  )
  var profile: String?

  /// The profile that the user names, or `general`; nil where the host shall show.
  ///
  /// A failure ends the command with its reason.
  func named() throws -> (Profile, ProfileChoice)? {
    guard let profile else { return (try ProfileStore.load("general"), .default) }
    return profile == "suggest" ? nil : (try ProfileStore.load(profile), .user)
  }

  /// The same for a command that looks at no host, or not at first.
  func load() throws -> (Profile, ProfileChoice) {
    guard let named = try named() else {
      Console.report(
        "--profile suggest is for advise and cmdline; zonewise profiles suggest names one"
      )
      throw ExitStatus.usage.error
    }
    return named
  }

  /// The profile that a host looks like, or `general`.
  func suggested(for host: HostSnapshot) throws -> (Profile, ProfileChoice) {
    guard let best = ProfileSuggester.best(try ProfileStore.all(), for: host) else {
      Console.report("nothing on this host speaks for a profile: general is used")
      return (try ProfileStore.load("general"), .default)
    }
    return (best.profile, .suggested)
  }
}
