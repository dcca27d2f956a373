internal import ArgumentParser
internal import Capacity
internal import Profiles

/// How much of a history is read.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How far back to look; default: 30d of a server, everything of files.",
      valueName: "30d"
    ),
    transform: ArgumentValue.span("since")
  )
  var since: Int64?

  @Option(
    help: ArgumentHelp(
      "How far apart samples of a server are to be; default: so that there are 2000.",
      valueName: "1h"
    ),
    transform: ArgumentValue.span("step")
  )
  var step: Int64?

  @Option(
    help: ArgumentHelp(
      "Label matchers for a server, as PromQL has them; repeatable.",
      valueName: "label=\"value\""
    )
  )
  var match: [String] = []

  private static let serverDays: Int64 = 30

  /// Reads histories by these options.
  func finder(of sources: [String], _ workload: Workload) -> HistoryFinder {
    let now = CalendarDate.now
    let isServer = sources.contains(where: HistoryFinder.isAddress)
    let back = since ?? (isServer ? Self.serverDays * 86_400 : nil)
    return HistoryFinder(
      workload,
      period: (back.map { now - $0 } ?? .min)...(isServer ? now : .max),
      step: step,
      matchers: match.joined(separator: ",")
    )
  }
}
