internal import HostModel
internal import KernelText

extension HostCollector {
  /// Sums /proc/PID/status over at most `processLimit` processes.
  mutating func readProcesses() {
    let names: [String]
    do throws(ReadFailure) {
      names = try source.names(in: "/proc")
    } catch {
      snapshot.processes = .unknown(.unreadable(input: "/proc", cause: error.description))
      return
    }
    let pids = names.compactMap { UInt32($0) }.sorted()
    var totals = ProcessTotals()
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
    snapshot.processes = .known(totals)
    listUnreadProcesses(totals)
  }

  private mutating func listUnreadProcesses(_ totals: ProcessTotals) {
    if totals.processesRefused > 0 {
      snapshot.unread.append(
        UnreadInput(
          input: "/proc/PID/status",
          reason: "\(totals.processesRefused) processes refused",
          effect: "sums over processes are too small by theirs"
        )
      )
    }
    if totals.isTruncated {
      snapshot.unread.append(
        UnreadInput(
          input: "/proc/PID/status",
          reason: "stopped after \(options.processLimit) processes",
          effect: "sums over processes are too small"
        )
      )
    }
  }
}
