internal import Advice
internal import ArgumentParser
internal import FleetCheck
internal import HostCollection
internal import Reports
internal import SourceText
internal import SystemIO

/// `zonewise check`: fleet configs and captures against rules and policy, for CI.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check fleet specs, boot configs and captures against rules and policy, for CI."
  )

  @Argument(
    help: ArgumentHelp(
      "Files and folders: fleet specs, captures, sosreports, snapshots, files with kernel arguments; "
        + "- for one spec, or for snapshots, one a line, on standard input.",
      valueName: "path"
    ),
    completion: .file()
  )
  var paths: [String] = []

  @Option(help: "How to print the findings on standard output.")
  var format: CheckFormat?

  @Option(
    help: ArgumentHelp(
      "Write the findings to a file; give it several times for several formats.",
      valueName: "format=file"
    )
  )
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "The profile for everything, whatever specs and policy say: a name, a file, or suggest.",
      valueName: "name|file|suggest"
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

  @Option(
    help: ArgumentHelp("Findings in this file don't count.", valueName: "file"),
    completion: .file(extensions: ["json"])
  )
  var baseline: String?

  @Option(
    name: .customLong("write-baseline"),
    help: ArgumentHelp("Write a baseline of everything that is found now.", valueName: "file"),
    completion: .file(extensions: ["json"])
  )
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp("Only files that differ from this git revision.", valueName: "rev")
  )
  var changed: String?

  @Flag(
    name: .customLong("init"),
    help: "Print a fleet spec to begin with, made from this host or from the one capture named."
  )
  var makesStarter = false

  @Flag(help: "List what is looked at and what it is taken for; judge nothing.")
  var list = false

  @Flag(
    name: .customLong("skip-others"),
    help:
      "Leave named files alone that check doesn't read, as on a walk: for hooks that pass names."
  )
  var skipsOthers = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try targets()
    guard !makesStarter || paths.count <= 1 else {
      throw ValidationError("--init takes one capture, or nothing for this host")
    }
    guard !list || output.isEmpty && format == nil else {
      throw ValidationError("--list prints lines of text: leave out --format and --output")
    }
    guard makesStarter || !paths.isEmpty else {
      throw ValidationError(
        "check takes files or folders; zonewise check . looks at all below here"
      )
    }
  }

  func run() throws { try Runner.run(check) }

  private func check() throws {
    if makesStarter {
      return Console.write(
        try SpecTemplate.text(of: paths.first, profiles: try ProfileStore.all())
      )
    }
    let session = CheckSession(
      day: CalendarDate.today.description,
      baseline: try baseline.map(Baseline.read),
      writesBaseline: writeBaseline != nil,
      isWhole: changed == nil
    )
    var options = CheckUnits.Options()
    options.profile = profile
    options.changed = try changed.map { try GitChanges.since($0) }
    options.listsLooked = list
    options.skipsOthers = skipsOthers
    let progress = ProgressLine(isQuiet: common.quiet)
    if let progress {
      options.onPath = { count in progress.say("zonewise: \(count) files looked at") }
    }
    let policies = PolicyFinder(fixed: try policy.map(PolicyFinder.read))
    if list {
      return listLooked(CheckUnits(paths, policies: policies, options: options), progress)
    }
    var run = CheckRun(session: session, outputs: try outputs(), progress: progress)
    try run.go(CheckUnits(paths, policies: policies, options: options))
    try finish(run)
  }

  /// A line for each path: what it is taken for.
  private func listLooked(_ units: consuming CheckUnits, _ progress: ProgressLine?) {
    var units = units
    var counts = (read: 0, left: 0)
    var isAtEnd = false
    while !isAtEnd {
      isAtEnd = units.next() == nil
      let looked = units.takeLooked()
      guard !looked.isEmpty else { continue }
      progress?.clear()
      for file in looked {
        if file.isRead { counts.read += 1 } else { counts.left += 1 }
        guard !common.quiet else { continue }
        let kind = file.isRead ? file.kind : "left alone: \(file.kind)"
        Console.write("\(file.path.printable): \(kind.printable)\n")
      }
    }
    progress?.clear()
    guard !common.quiet else { return }
    Console.write("\(counts.read) read, \(counts.left) left alone\n")
  }

  // MARK: What is asked

  private var threshold: Finding.Severity? { (common.failOn ?? .error).severity }

  private func targets() throws -> [OutputTarget<CheckFormat>] {
    try OutputTarget.all(output: output, format: format, otherwise: .text)
  }

  private func outputs() throws -> [CheckOutput] {
    let options = CheckReportOptions(
      failOn: threshold,
      style: common.style,
      baselineInUse: baseline != nil
    )
    return try targets().map { target in
      try CheckOutput(target, options: options, isQuiet: common.quiet)
    }
  }

  // MARK: The end

  private func finish(_ run: CheckRun) throws {
    let summary = run.session.summary
    if let writeBaseline, let found = run.session.newBaseline {
      try AtomicFile.write(found.bytes, to: writeBaseline)
      Console.report("\(writeBaseline): \(found.count) findings that will not count")
    }
    if writeBaseline == nil, let severity = threshold, summary.count(atLeast: severity) > 0 {
      throw ExitStatus.findings.error
    }
    if summary.failures > 0 || summary.unreadNamed > 0 { throw ExitStatus.notJudged.error }
    guard common.strict else { return }
    // Whoever is strict wants to hear that the paths were the wrong ones.
    let isEmpty = summary.subjects == 0 && summary.unread == 0 && changed == nil
    if isEmpty || summary.unopened > 0 { throw ExitStatus.notJudged.error }
    if summary.incomplete > 0 { throw ExitStatus.incomplete.error }
  }
}
