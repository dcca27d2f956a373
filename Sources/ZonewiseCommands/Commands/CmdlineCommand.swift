internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports
internal import SystemIO

/// `zonewise cmdline`: boot arguments in the form that a boot loader or platform takes.
struct CmdlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cmdline",
    abstract: "Write the advised, or given, boot arguments for one boot loader or platform.",
    discussion: "It prints; it never changes a system. Targets:\n" + targetList
  )

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("What to write for.", valueName: "target"),
    completion: Completions.target,
    transform: ArgumentValue.target
  )
  var target: BootTarget

  @Option(help: ArgumentHelp("These arguments instead of advice; no host is needed."))
  var args: String?

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like; the advice says what of it is safe.",
      valueName: "max|size|ratio"
    ),
    transform: ArgumentValue.wish
  )
  var want: MovableWish?

  @OptionGroup var needOptions: NeedOptions

  @Flag(
    name: .customLong("accept-less"),
    help: "Write what is safe, and can be had, where --want and --need ask for more than that."
  )
  var acceptLess = false

  @Option(
    help: ArgumentHelp("Change this file of that kind; - reads it.", valueName: "file"),
    completion: .file()
  )
  var current: String?

  @Flag(help: "Print the way back instead.")
  var rollback = false

  @Flag(help: "Print what would change as a diff.")
  var diff = false

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"),
    completion: .file()
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The day in the comment; default: today, or SOURCE_DATE_EPOCH.",
      valueName: "yyyy-mm-dd"
    ),
    transform: ArgumentValue.day
  )
  var date: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "Keep what is promised in this file, for zonewise verify after the boot.",
      valueName: "file"
    ),
    completion: .file()
  )
  var promise: String?

  @Option(help: "Print the bare text, or all that is known about it.")
  var format = TextOrJSON.text

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions
  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  private static var targetList: String {
    let width = (BootTargets.all.map(\.name.count).max() ?? 0) + 2
    return BootTargets.all.map { target in
      "  " + target.name + String(repeating: " ", count: width - target.name.count) + target.title
    }
    .joined(separator: "\n")
  }

  func validate() throws {
    if args != nil, want != nil {
      throw ValidationError("--want asks for advice and --args replaces it: give one of the two")
    }
    if args != nil, !needOptions.needs.isEmpty {
      throw ValidationError("--need asks for advice and --args replaces it: give one of the two")
    }
    if acceptLess, want == nil, needOptions.needs.isEmpty {
      throw ValidationError(
        "--accept-less says what to do when --want or --need is answered NO: give one of them"
      )
    }
    if promise != nil, rollback {
      throw ValidationError("--rollback takes arguments away and promises nothing: leave --promise")
    }
    if promise == "-" {
      throw ValidationError("--promise takes a file: the arguments go to standard output")
    }
  }

  func run() throws { try Runner.run(write) }

  private func write() throws {
    let asked = try ask()
    let promised = try promise.map { (file: $0, bytes: try PromiseMaker.promise(asked, on: day)) }
    try write(asked.request)
    guard let promised else { return }
    try AtomicFile.write(promised.bytes, to: promised.file)
    guard !common.quiet else { return }
    Console.report(
      "the promise is in \(promised.file); after the boot: zonewise verify \(promised.file)"
    )
  }

  private func write(_ request: BootRequest?) throws {
    guard let request else {
      // Nothing to set: a file that was handed in stays as it is.
      if let current { try emit(try InputFile.bytes(current)) }
      return
    }
    let old = try current.map { try InputFile.bytes($0) }
    var new = try answer(request, old)
    if diff {
      let text = UnifiedDiff.text(
        from: old ?? [],
        to: new,
        oldName: current ?? "/dev/null",
        newName: target.place
      )
      new = Array(text.utf8)
    }
    switch format {
    case .json: try emit(BootAnswerJSON.render(target, request, text: new))
    case .text:
      try emit(new)
      guard !common.quiet, !rollback, old != nil || !target.hasComments else { return }
      for line in target.about(request) { Console.report(line) }
    }
  }

  /// What to set, by advice or by hand.
  private func ask() throws -> BootQuestion {
    if let args {
      let needsMachine = sourceOptions.source != nil || promise != nil
      let need: SourceNeed = promise == nil ? .identity : .layout
      let machine =
        try needsMachine
        ? sourceOptions.reader(stated).machine(for: need, command: "cmdline") : nil
      try judge(args, on: machine)
      var asked = BootQuestion(machine: machine)
      asked.request = BootRequest(
        change: try ArgumentChange(try BootArgument.parse(args)),
        owner: owner(profile: nil, reason: "as given with --args"),
        commandLine: machine?.newest?.snapshot.commandLine.value
      )
      if promise != nil, let machine, machine.tellsUse {
        asked.assessment = try profileOptions.assess(machine, want: nil, needs: [])
      }
      return asked
    }
    let machine = try sourceOptions.reader(stated).machine(for: .use, command: "cmdline")
    let assessment = try profileOptions.assess(
      machine,
      want: want,
      needs: needOptions.needs
    )
    if assessment.isRefusal {
      Console.report(AdviseSummary.text(assessment))
      guard acceptLess else {
        Console.report("nothing written; --accept-less writes what is safe")
        throw ExitStatus.findings.error
      }
    }
    var asked = BootQuestion(machine: machine, assessment: assessment)
    let advice = assessment.recommendation
    guard !advice.arguments.isEmpty else {
      Console.report("nothing to set: \(advice.reason.text)")
      if want != nil, case .notPredicted = advice.reason { throw ExitStatus.notJudged.error }
      return asked
    }
    asked.request = BootRequest(
      change: try ArgumentChange(
        try BootArgument.parse(advice.arguments.joined(separator: " ")),
        removing: advice.remove
      ),
      owner: owner(profile: assessment.profile.name, reason: advice.reason.text),
      commandLine: assessment.snapshot.commandLine.value
    )
    return asked
  }

  /// Says what the rules find in arguments that are given by hand; an error is not written.
  private func judge(_ args: String, on machine: SourceMachine?) throws {
    let given = stated.overrides
    let snapshots = machine?.members.map(\.snapshot) ?? []
    var found = FoundByKernel(kernels: snapshots.map { $0.kernel.value?.release })
    for host in snapshots.isEmpty ? [nil] : snapshots.map(Optional.some) {
      let line = ArgumentContext(
        args,
        kernel: host?.kernel.value ?? given.kernel,
        architecture: host?.architecture.value ?? given.architecture,
        pageSize: host?.pageSize.value ?? given.pageSize,
        limits: Profile.Limits()
      )
      let findings = RuleRegistry.argument.flatMap { $0.findings(in: line) }
      found.add(findings, kernel: host?.kernel.value?.release)
    }
    for entry in found.found.sorted(by: { $0.finding.severity > $1.finding.severity }) {
      let finding = entry.finding
      let some = entry.kernels.count < found.all.count
      let kernels = some ? " (Linux \(entry.kernels.joined(separator: ", ")))" : ""
      Console.report(
        "\(finding.severity.rawValue) \(finding.code): \(finding.message)\(kernels)"
      )
      Console.report("  → \(finding.remedy)")
    }
    let findings = found.found.map(\.finding)
    for name in try BootArgument.parse(args).map(\.name) where !KnownArguments.isKnown(name) {
      Console.report("\(name) is no argument about memory that zonewise knows; it is not judged")
    }
    let threshold = common.failOn.map(\.severity) ?? .error
    guard let threshold, findings.contains(where: { $0.severity >= threshold }) else { return }
    Console.report("nothing written; --fail-on never writes the arguments as they are")
    throw ExitStatus.findings.error
  }

  private var day: String { (date ?? CalendarDate.today).description }

  private func owner(profile: String?, reason: String) -> Ownership {
    Ownership(
      version: ToolVersion.current,
      date: day,
      profile: profile,
      reason: reason
    )
  }

  private func answer(
    _ request: BootRequest,
    _ old: [UInt8]?
  ) throws(BootArgumentsError) -> [UInt8] {
    guard let current, let old else {
      let text = rollback ? try target.rollbackScript(request) : try target.snippet(request)
      return Array(text.utf8)
    }
    return rollback
      ? try target.unmerge(request, from: old, file: current)
      : try target.merge(request, into: old, file: current)
  }

  private func emit(_ bytes: [UInt8]) throws(AtomicFile.Failure) {
    if let output {
      try AtomicFile.write(bytes, to: output)
    } else if !common.quiet {
      Console.write(bytes)
    }
  }
}
