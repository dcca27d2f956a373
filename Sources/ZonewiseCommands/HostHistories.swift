internal import Capacity
internal import Forecast
internal import Profiles

/// The sources of a report: hosts as they were captured, and histories.
struct HostSources {
  var captures: [String] = []
  var histories: [String]
  /// Whether hosts are to be judged as they were captured, or as this one is.
  var hasCaptures: Bool

  /// - Parameters:
  ///   - sources: As the user gave them; a history among them is found out by its beginning.
  ///   - histories: What was named as histories.
  init(_ sources: [String], histories: [String]) {
    var found: [String] = []
    for source in sources {
      if HistoryFinder.isHistory(source) { found.append(source) } else { captures.append(source) }
    }
    self.histories = found + histories
    hasCaptures = !captures.isEmpty || found.isEmpty
  }
}

/// The histories of a report's hosts, and what has no capture beside it.
struct HostHistories {
  private let finder: HistoryFinder
  private let workload: Workload
  private var outlooks = HostOutlooks()
  private var failures: [HostRow] = []
  private var matched: Set<String> = []

  init(_ finder: HistoryFinder, _ workload: Workload) {
    self.finder = finder
    self.workload = workload
  }

  /// Reads histories, all together, for a host may be in several; what can't be read is a row that says
  /// so.
  mutating func read(_ sources: [String]) throws -> HostOutlooks {
    let (finder, workload) = (finder, workload)
    var found = HostOutlooks()
    do {
      let failed = try finder.histories(sources) { history, last in
        found.add(HostOutlook(history, HostForecast(history, workload, last: last)))
      }
      failures = failed.map { line in
        HostRow(source: sources.first(where: line.hasPrefix) ?? sources[0], failure: line)
      }
    } catch let failure as HistoryFailure {
      failures = [HostRow(source: sources[0], failure: failure.description)]
    }
    outlooks = found
    return found
  }

  /// Says that a capture of the host is there.
  mutating func matched(_ outlook: HostOutlook) { matched.insert(outlook.host) }

  /// Hosts of which only the history is there, and what could not be read.
  var rows: [HostRow] {
    outlooks.all.filter { !matched.contains($0.host) }.map {
      HostRow(source: $0.host, history: $0)
    } + failures
  }
}
