internal import HostModel
internal import KernelText
internal import SystemIO

extension HostCollector {
  /// Sums over processes, as a capture has them or, where somebody asked, from each one's status.
  mutating func readProcesses() -> Reading<ProcessTotals> {
    let captured = attempt(.processTotals) { text, file throws(ParseError) in
      try ProcessTotalsText.parse(text, file: file)
    }
    if case .unknown(.missing) = captured {
      guard options.readProcesses else {
        return .unknown(.notAsked(input: "/proc/PID/status", option: "--processes"))
      }
      return sumProcesses()
    }
    if let totals = captured.value { listUnreadProcesses(totals) }
    return captured
  }

  /// Sums /proc/PID/status over at most `processLimit` processes.
  private mutating func sumProcesses() -> Reading<ProcessTotals> {
    let names: [String]
    do throws(ReadFailure) {
      names = try source.names(in: "/proc")
    } catch {
      return .unknown(.unreadable(input: "/proc", cause: error.description))
    }
    let pids = names.compactMap { UInt32($0) }.sorted()
    var totals = ProcessTotals()
    // kthreadd is the second process of every host, and shown to all who are shown others'.
    totals.areOthersHidden = source.isRunning && !pids.contains(2)
    totals.isTruncated = pids.count > options.processLimit
    for pid in pids.prefix(options.processLimit) {
      let reading = attempt(HostInput(path: "/proc/\(pid)/status", effect: nil)) {
        text,
        file throws(ParseError) in try ProcessStatusText.parse(text, file: file)
      }
      switch reading {
      case .known(let status, _):
        totals.processesRead += 1
        totals.pinned += status.pinned ?? .zero
        totals.locked += status.locked ?? .zero
        totals.pageTables += status.pageTables ?? .zero
        totals.resident += status.resident ?? .zero
        totals.swapped += status.swapped ?? .zero
      case .unknown(.missing):
        break
      case .unknown:
        totals.processesRefused += 1
      }
    }
    listUnreadProcesses(totals)
    return .known(totals)
  }

  private mutating func listUnreadProcesses(_ totals: ProcessTotals) {
    if totals.processesRefused > 0 {
      unread.append(
        UnreadInput(
          input: "/proc/PID/status",
          reason: "\(totals.processesRefused) processes refused",
          effect: "sums over processes are too small by theirs"
        )
      )
    }
    if totals.areOthersHidden {
      unread.append(
        UnreadInput(
          input: "/proc/PID/status",
          reason: "not all processes are shown here (a container, or hidepid)",
          effect: "sums over processes are too small by those that are not"
        )
      )
    }
    if totals.isTruncated {
      unread.append(
        UnreadInput(
          input: "/proc/PID/status",
          reason: "stopped after \(options.processLimit) processes",
          effect: "sums over processes are too small"
        )
      )
    }
  }
}
