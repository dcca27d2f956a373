internal import Advice
internal import HostCollection
internal import HostModel
internal import Reports

/// The rows of one source of a report: one for most, many for a stream of snapshots. A source, or a
/// snapshot, that fails is a row that says so.
struct CapacityRows {
  let profile: Profile
  let choice: ProfileChoice

  /// Reads a source (empty for this host) and hands on its rows in order.
  func read(_ source: String, _ take: (HostRow) -> Void) {
    let name = source.isEmpty ? "this host" : source
    do throws(CollectionError) {
      guard source != "-" else { return try readStream(source, name, take) }
      switch try SourceFinder.find(source.isEmpty ? nil : source) {
      case .host(let host): take(row(try HostCollector.collect(from: host), name))
      case .snapshot: try readStream(source, name, take)
      case .oomLog, .bootLog:
        take(HostRow(source: name, failure: "a log: it tells nothing of what is in use"))
      }
    } catch {
      take(HostRow(source: name, failure: error.description))
    }
  }

  /// One snapshot a line; a bad line is a row, and the next one is read all the same.
  private func readStream(
    _ path: String,
    _ name: String,
    _ take: (HostRow) -> Void
  ) throws(CollectionError) {
    var stream = try SnapshotStream(path: path)
    while true {
      do throws(CollectionError) {
        guard let snapshot = try stream.next() else { return }
        take(row(snapshot, "\(name):\(stream.line)"))
      } catch {
        guard case .snapshot = error else { throw error }
        take(HostRow(source: "\(name):\(stream.line)", failure: error.description))
      }
    }
  }

  private func row(_ snapshot: HostSnapshot, _ source: String) -> HostRow {
    do throws(NotJudged) {
      return HostRow(
        source: source,
        try Advisor.assess(snapshot, profile: profile, chosenBy: choice)
      )
    } catch {
      return HostRow(source: source, failure: "\(error.input): \(error.reason)")
    }
  }
}
