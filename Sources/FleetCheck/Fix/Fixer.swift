internal import Advice
internal import Capacity
internal import SourceText
internal import SystemIO

/// Makes the changes that cure what is found on one target, one finding after the other.
///
/// Each change is tried and judged: one after which its finding is there again, or an error that was
/// not there before, is not made.
struct Fixer {
  /// More than any file has, and the end of changes that go round in a circle.
  private static let most = 1000

  let target: FixTarget
  let file: CheckedFile
  let day: String
  /// Codes of the rules whose remedies are applied; nil for all.
  let rules: Set<String>?

  /// A finding as it is met again after a change.
  private struct Key: Hashable {
    var subject: Int
    var risk: FindingRisk
  }

  private struct State {
    var entries: [(key: Key, name: String, found: CheckFinding)] = []
    var failures: [LocatedError] = []

    func count(_ key: Key) -> Int { entries.count { $0.key == key } }

    /// An error that another state doesn't have.
    func error(notIn before: State) -> CheckFinding? {
      let known = Set(before.entries.filter { $0.found.finding.severity == .error }.map(\.key))
      return entries.first { entry in
        entry.found.finding.severity == .error && !known.contains(entry.key)
      }?.found
    }
  }

  func fix(_ texts: inout FixTexts, into file: inout FixedFile) {
    var state = judge(texts)
    var refused: [Key: String] = [:]
    var seen: Set<FixTexts> = [texts]
    while state.failures.isEmpty, file.cured.count < Self.most,
      let entry = next(state, without: refused)
    {
      do throws(LocatedError) {
        let changed = try target.making(
          entry.found.finding.changes,
          to: entry.key.subject,
          in: texts
        )
        guard seen.insert(changed).inserted else {
          refused[entry.key] = "the change is made already, or undoes another one"
          continue
        }
        let then = judge(changed)
        if let why = obstacle(to: entry.key, from: state, then) {
          refused[entry.key] = why
          continue
        }
        texts = changed
        state = then
        file.cured.append(FixedFile.Entry(subject: entry.name, found: entry.found))
      } catch {
        refused[entry.key] = error.message
      }
    }
    file.failures += state.failures
    file.left += state.entries.map {
      FixedFile.Entry(subject: $0.name, found: $0.found, why: refused[$0.key])
    }
  }

  /// The worst finding that can still be cured.
  private func next(
    _ state: State,
    without refused: [Key: String]
  ) -> (key: Key, name: String, found: CheckFinding)? {
    state.entries.filter { entry in
      !entry.found.finding.changes.isEmpty && refused[entry.key] == nil
        && rules?.contains(entry.found.finding.code) != false
    }
    .max { $0.found.finding.severity < $1.found.finding.severity }
  }

  private func obstacle(to key: Key, from before: State, _ then: State) -> String? {
    if let failure = then.failures.first { return failure.message }
    if then.count(key) >= before.count(key) { return "changed so, it would be found again" }
    return then.error(notIn: before).map { error in
      "changed so, there would be \(error.finding.code): \(error.finding.message)"
    }
  }

  private func judge(_ texts: FixTexts) -> State {
    var session = CheckSession(day: day, baseline: nil, writesBaseline: false, isWhole: false)
    let lines = FileLines(path: file.path, bytes: texts.own)
    let own = CheckedFile(
      number: file.number,
      path: file.path,
      policy: file.policy,
      settings: file.settings,
      suppressions: InlineSuppressions(texts.own, file: file.path),
      lines: lines
    )
    var state = State()
    var subject = 0
    for result in session.take(target.judge(texts), of: own) {
      switch result {
      case .judged(let judged):
        state.entries += judged.open.map { found in
          (Key(subject: subject, risk: found.finding.risk), judged.name, found)
        }
        subject += 1
      case .failed(let failure): state.failures.append(failure)
      case .unread: break
      }
    }
    return state
  }
}
