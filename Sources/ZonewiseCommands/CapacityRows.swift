internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelText
internal import Reports

/// The rows of one source of a report: one for most, many for a stream of snapshots. A source, or a
/// snapshot, that fails is a row that says so.
struct CapacityRows: Sequence, IteratorProtocol {
  private let source: String
  private let profile: Profile
  private let choice: ProfileChoice
  private var stream: SnapshotFile?
  private var count = 0
  private var isDone = false

  init(source: String, profile: Profile, choice: ProfileChoice) {
    self.source = source
    self.profile = profile
    self.choice = choice
  }

  mutating func next() -> HostRow? {
    guard !isDone else { return nil }
    do throws(CollectionError) {
      if stream != nil || source == "-" { return try nextOfStream() }
      switch try SourceFinder.find(source.isEmpty ? nil : source) {
      case .host(let host):
        isDone = true
        return row(try HostCollector.collect(from: host))
      case .snapshot:
        return try nextOfStream()
      case .oomLog, .bootLog:
        isDone = true
        return HostRow(source: source, failure: "a log: it tells nothing of what is in use")
      }
    } catch {
      isDone = true
      return HostRow(source: name, failure: error.description)
    }
  }

  private mutating func nextOfStream() throws(CollectionError) -> HostRow? {
    if stream == nil { stream = try SnapshotFile(path: source) }
    guard let snapshot = try stream?.next() else {
      isDone = true
      return nil
    }
    count += 1
    return row(snapshot)
  }

  private var name: String { source.isEmpty ? "this host" : source }

  private func row(_ snapshot: HostSnapshot) -> HostRow {
    let source = count > 0 ? "\(name):\(count)" : name
    do throws(NotJudged) {
      return HostRow(
        source: source, try Advisor.assess(snapshot, profile: profile, chosenBy: choice))
    } catch {
      return HostRow(source: source, failure: "\(error.input): \(error.reason)")
    }
  }
}
