internal import Advice
internal import ArgumentParser
internal import Capacity
internal import History
internal import HostCollection
internal import HostModel
internal import Recording
internal import SourceText
internal import SystemIO

/// `zonewise record`: how hosts stand over time, in a SQLite database.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record over time how this host stands, in a SQLite database.",
    discussion: """
      Terms, zones, headroom and verdict, each with its time; a boot is noted where it is new.
      Until a signal ends it, or a number of times:
        zonewise record --database /var/lib/zonewise/history.db --interval 60s
      Captures and bundles that lie about become history too:
        zonewise record --database fleet.db --from captures/
      """
  )

  @Option(
    help: ArgumentHelp("The SQLite file; made where it isn't there.", valueName: "file"),
    completion: .file()
  )
  var database: String

  @Option(
    help: ArgumentHelp("Time from one look to the next, such as 10s, 5m, 1h.", valueName: "time"),
    transform: ArgumentValue.span("interval")
  )
  var interval: Int64 = 60

  @Option(help: ArgumentHelp("Looks; without it, until a signal comes.", valueName: "number"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "How long single looks are kept; then an hour keeps their minimum, mean and maximum.",
      valueName: "time"
    ),
    transform: ArgumentValue.span("detail")
  )
  var detail: Int64 = 7 * 86_400

  @Option(
    help: ArgumentHelp("How long hours are kept.", valueName: "time"),
    transform: ArgumentValue.span("retain")
  )
  var retain: Int64 = 90 * 86_400

  @Option(help: ArgumentHelp("The name to record this host under.", valueName: "name"))
  var host: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Captures, bundles, or folders of them, instead of this host; each has its own time.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var from: [String] = []

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count takes a number from 1, not \(count)") }
    if !from.isEmpty, count != nil || host != nil {
      throw ValidationError("--from has its own times and names: leave --count and --host out")
    }
    guard detail <= retain else {
      throw ValidationError(
        "--detail is longer than --retain: hours would be gone before their looks"
      )
    }
  }

  func run() throws {
    try Runner.run {
      let judge = HostObserver(workload: try profileOptions.workload())
      if from.isEmpty { try watch(judge) } else { try take(judge) }
    }
  }

  /// This host, again and again; the database is closed before a signal ends the process.
  private func watch(_ judge: HostObserver) throws {
    let signals = SignalWait()
    if let signal = try look(judge, until: signals) { signals.end(by: signal) }
  }

  /// Looks until there were enough, or a signal came, which is given back.
  private func look(_ judge: HostObserver, until signals: SignalWait) throws -> Int32? {
    let recorder = try HostRecorder(database)
    var next = SystemClock.monotonic
    var compacted: Int64?
    var left = count ?? .max
    var wasJudged = false
    while true {
      do {
        let seen = try judge.live(named: host)
        try recorder.record(seen)
        wasJudged = true
        if !common.quiet { Console.write(line(seen)) }
      } catch let error as DatabaseError {
        throw error
      } catch let failure as any CommandFailure {
        // A moment that can't be judged is a gap, not the end.
        Console.report(failure.reported)
        if count != nil, left == 1, !wasJudged { throw failure }
      }
      let now = SystemClock.real
      if compacted.map({ now / 3600 != $0 / 3600 }) ?? true {
        _ = try recorder.compact(
          detail: now - detail,
          retain: now - retain
        )
        compacted = now
      }
      left -= 1
      guard left > 0 else { break }
      // Looks that a stopped machine or a slow disk missed are not made up for.
      next = max(next + Double(interval), SystemClock.monotonic)
      if let signal = signals.wait(seconds: next - SystemClock.monotonic) {
        try recorder.close()
        return signal
      }
    }
    try recorder.close()
    return nil
  }

  /// What was captured before.
  private func take(_ judge: HostObserver) throws {
    let recorder = try HostRecorder(database)
    var taken = 0
    var refused = 0
    for path in try HostObserver.files(of: from) {
      try judge.captured(path) { look in
        switch look {
        case .seen(let seen):
          try recorder.record(seen)
          taken += 1
          if common.verbose { Console.write(line(seen)) }
        case .refused(let reason):
          Console.report(reason.reported)
          refused += 1
        }
      }
    }
    try recorder.close()
    guard taken > 0 else { throw NothingJudged(message: "nothing in --from could be recorded") }
    if !common.quiet {
      let rest = refused == 0 ? "" : ", \(refused) refused"
      Console.write("\(taken) looks recorded in \(database)\(rest)\n")
    }
    if refused > 0 { throw ExitStatus.notJudged.error }
  }

  /// `2026-11-29T09:00:00Z lab balanced, 2.31 GiB headroom, 1.90 GiB when full`
  private func line(_ seen: HostObservation) -> String {
    func figure(_ quantity: HistoryQuantity) -> String {
      seen.figure(quantity).map(\.text) ?? "unknown"
    }
    return
      "\(CivilTime(seconds: seen.time).timestamp) \(seen.host.printable) \(seen.verdict.rawValue), "
      + "\(figure(.headroom)) headroom, \(figure(.fullHeadroomLeast)) when full\n"
  }
}
