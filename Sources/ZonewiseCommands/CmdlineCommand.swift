internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Reports

/// `zonewise cmdline`: boot arguments in the form that a boot loader or platform takes.
struct CmdlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cmdline",
    abstract: "Write the advised, or given, boot arguments for one boot loader or platform.",
    discussion: "It prints; it never changes a system. Targets:\n" + targetList
  )

  @Option(name: .customLong("for"), help: ArgumentHelp("What to write for.", valueName: "target"))
  var target: String

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: ArgumentHelp("These arguments instead of advice; no host is needed."))
  var args: String?

  @Option(
    help: ArgumentHelp(
      "How much Movable you would like; the advice says what of it is safe.",
      valueName: "max|size|ratio"
    )
  )
  var want: String?

  @Option(help: ArgumentHelp("Change this file of that kind; - reads it.", valueName: "file"))
  var current: String?

  @Flag(help: "Print the way back instead.")
  var rollback = false

  @Flag(help: "Print what would change as a diff.")
  var diff = false

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file")
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The day in the comment; default: today, or SOURCE_DATE_EPOCH.",
      valueName: "yyyy-mm-dd"
    )
  )
  var date: String?

  @Option(help: "Print the bare text, or all that is known about it.")
  var format = Format.text

  @OptionGroup var sourceOptions: SourceOptions
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
    if BootTargets.named(target) == nil {
      let known = BootTargets.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no target '\(target)'; there are \(known)")
    }
    if let want, MovableWish(text: want) == nil {
      throw ValidationError("--want takes max, a size (64GiB) or a ratio (3:1), not '\(want)'")
    }
    if args != nil, want != nil {
      throw ValidationError("--want asks for advice and --args replaces it: give one of the two")
    }
    if let date, CalendarDate(text: date) == nil {
      throw ValidationError("--date takes a day as 2026-01-31, not '\(date)'")
    }
  }

  func run() throws {
    guard let target = BootTargets.named(target) else { throw ExitStatus.usage.error }
    guard let request = try request() else {
      // Nothing to set: a file that was handed in stays as it is.
      if let current { try emit(try read(current)) }
      return
    }
    let old = try current.map { try read($0) }
    var new = try answer(target, request, old)
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

  /// What to set, by advice or by hand; nil where the advice is to set nothing.
  private func request() throws -> BootRequest? {
    let day = date ?? CalendarDate.today.description
    if let args {
      let host = try sourceOptions.source.map { _ in try sourceOptions.collect() }
      return BootRequest(
        change: try checked { () throws(BootArgumentsError) in
          try ArgumentChange(try BootArgument.parse(args))
        },
        owner: Ownership(
          version: ToolVersion.current,
          date: day,
          profile: nil,
          reason: "as given with --args"
        ),
        commandLine: host?.commandLine.value
      )
    }
    let named = try profileOptions.named()
    let snapshot = try sourceOptions.collect()
    let (profile, choice) = try named ?? profileOptions.suggested(for: snapshot)
    let advice: Recommendation
    do throws(NotJudged) {
      advice = try Advisor.assess(
        snapshot,
        profile: profile,
        chosenBy: choice,
        wish: want.flatMap { MovableWish(text: $0) }
      ).recommendation
    } catch {
      Console.report("\(error.input): \(error.reason)")
      throw ExitStatus.notJudged.error
    }
    guard !advice.arguments.isEmpty else {
      Console.report("nothing to set: \(advice.reason)")
      return nil
    }
    return BootRequest(
      change: try checked { () throws(BootArgumentsError) in
        try ArgumentChange(
          try BootArgument.parse(advice.arguments.joined(separator: " ")),
          removing: advice.remove
        )
      },
      owner: Ownership(
        version: ToolVersion.current,
        date: day,
        profile: profile.name,
        reason: advice.reason
      ),
      commandLine: snapshot.commandLine.value
    )
  }

  private func answer(
    _ target: BootTarget,
    _ request: BootRequest,
    _ old: [UInt8]?
  ) throws(ExitCode) -> [UInt8] {
    try checked { () throws(BootArgumentsError) in
      guard let current, let old else {
        let text = rollback ? try target.rollbackScript(request) : try target.snippet(request)
        return Array(text.utf8)
      }
      return rollback
        ? try target.unmerge(request, from: old, file: current)
        : try target.merge(request, into: old, file: current)
    }
  }

  /// Runs what may refuse an argument (wrong usage) or a file (nothing judged).
  private func checked<Value>(
    _ body: () throws(BootArgumentsError) -> Value
  ) throws(ExitCode) -> Value {
    do throws(BootArgumentsError) {
      return try body()
    } catch {
      Console.report(error.description)
      throw error.isAboutFile ? ExitStatus.notJudged.error : ExitStatus.usage.error
    }
  }

  private func read(_ file: String) throws(ExitCode) -> [UInt8] {
    do throws(InputFile.Failure) {
      return try InputFile.bytes(file)
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
  }

  private func emit(_ bytes: [UInt8]) throws(ExitCode) {
    guard let output else {
      if !common.quiet { Console.write(bytes) }
      return
    }
    do throws(OutputFile.Failure) {
      try OutputFile.write(bytes, to: output)
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
  }
}
