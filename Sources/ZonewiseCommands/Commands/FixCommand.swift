internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import FleetCheck
internal import SourceText
internal import SystemIO

/// `zonewise fix`: the remedies of what `check` finds, made in the files.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Change boot configs and specs so that what check finds there is cured.",
    discussion: """
      Prints a diff; --write changes the files, each whole or not at all. A change is made only if \
      its finding is gone then and no error comes. Comments and order stay. What no program can do \
      is told on standard error.
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Files and folders: fleet specs (fleet.yaml#class for one), machine specs, files with kernel "
        + "arguments.",
      valueName: "path"
    ),
    completion: .file()
  )
  var paths: [String] = []

  @Flag(help: "Print what would change as a diff; the default.")
  var diff = false

  @Flag(help: "Change the files.")
  var write = false

  @Option(
    help: ArgumentHelp("Only remedies of these rules, by code or name.", valueName: "rule,…"),
    completion: .list(RuleRegistry.descriptions.flatMap { [$0.code, $0.slug] })
  )
  var only: String?

  @Option(
    help: ArgumentHelp(
      "The profile for everything, whatever specs and policy say: a name or a file.",
      valueName: "name|file"
    ),
    completion: Completions.profile
  )
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "This policy for all files; default: the nearest .zonewise.yaml above each.",
      valueName: "file"
    ),
    completion: .file(extensions: ["yaml", "yml"])
  )
  var policy: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !paths.isEmpty else {
      throw ValidationError("fix takes files or folders; zonewise fix . looks at all below here")
    }
    guard !(diff && write) else { throw ValidationError("give --diff or --write, not both") }
    _ = try rules()
  }

  func run() throws { try Runner.run(fix) }

  private func rules() throws -> Set<String>? {
    guard let only else { return nil }
    return Set(
      try only.split(separator: ",").map { name in
        guard let rule = RuleRegistry.find(String(name)) else {
          throw ValidationError("no rule \(name); zonewise explain lists them")
        }
        return rule.code
      }
    )
  }

  private func fix() throws {
    var options = FixRun.Options(day: CalendarDate.today.description)
    options.profile = profile
    options.rules = try rules()
    var run = FixRun(
      paths,
      policies: PolicyFinder(fixed: try policy.map(PolicyFinder.read)),
      options: options
    )
    var tally = Tally()
    while let file = run.next() {
      tally.add(file, threshold: threshold)
      for text in file.texts { try emit(text) }
      report(file)
    }
    try finish(tally, skipped: run.skipped)
  }

  private var threshold: Finding.Severity? { (common.failOn ?? .warning).severity }

  /// What there was in all.
  private struct Tally {
    var files = 0
    var changed = 0
    var cured = 0
    var left = 0
    var grave = 0
    var failures = 0

    mutating func add(_ file: FixedFile, threshold: Finding.Severity?) {
      files += 1
      changed += file.texts.count
      cured += file.cured.count
      left += file.left.count
      grave +=
        threshold.map { least in
          file.left.count { $0.found.finding.severity >= least }
        } ?? 0
      failures += file.failures.count
    }
  }

  private func emit(_ text: FixedFile.Text) throws {
    if write {
      try AtomicFile.write(text.new, to: text.path)
    } else if !common.quiet {
      Console.write(
        UnifiedDiff.text(from: text.old, to: text.new, oldName: text.path, newName: text.path)
      )
    }
  }

  private func report(_ file: FixedFile) {
    for failure in file.failures { Console.report("\(failure)") }
    guard !common.quiet else { return }
    for entry in file.cured {
      Console.report("\(line(entry)): \(write ? "changed" : "to change"): \(remedy(entry))")
    }
    for entry in file.left {
      let why = entry.why.map { "not changed: \($0)" } ?? "for people: \(remedy(entry))"
      Console.report("\(line(entry)): \(why)")
    }
  }

  private func line(_ entry: FixedFile.Entry) -> String {
    let finding = entry.found.finding
    return
      "\(entry.found.location): \(finding.severity.rawValue) \(finding.code) of \(entry.subject)"
  }

  private func remedy(_ entry: FixedFile.Entry) -> String { entry.found.finding.remedy }

  private func finish(_ tally: Tally, skipped: Int) throws {
    if tally.files == 0 {
      throw NothingJudged(
        message:
          "nothing to fix under \(paths.joined(separator: ", ")): \(skipped) files looked at "
          + "and none is a spec or a file with kernel arguments"
      )
    }
    if !common.quiet, tally.cured + tally.left > 0 {
      let verb = write ? "changed" : "to change (--write does it)"
      Console.report(
        "\(tally.changed) files \(verb), \(tally.cured) findings cured, \(tally.left) left"
      )
    }
    if tally.changed > 0, !write { throw ExitStatus.findings.error }
    if tally.grave > 0 { throw ExitStatus.findings.error }
    if tally.failures > 0 { throw ExitStatus.notJudged.error }
  }
}
