internal import Advice
internal import Capacity
internal import HostModel
internal import SourceText

/// Applies policy, suppressions and baseline to results as they come, in the order of the input.
package struct CheckSession: Sendable {
  package let day: String
  private let baseline: Baseline?
  private let isWhole: Bool
  package private(set) var summary = CheckSummary()
  /// Fingerprints of everything that counts, for a new baseline; nil where none is asked for.
  package private(set) var newBaseline: Baseline?
  private var current: CheckedFile?
  /// Places of suppressions that met a finding.
  private var used: Set<SourceLocation> = []
  private var usedEntries: Set<SourceLocation> = []
  /// Places of suppressions that met a finding of a class which names their file.
  private var usedElsewhere: Set<SourceLocation> = []
  /// Boot configs' suppressions that met no finding of their own: a class may still name the file.
  private var undecided: [(suppression: Suppression, file: CheckedFile)] = []

  /// - Parameters:
  ///   - day: Today as YYYY-MM-DD.
  ///   - baseline: What is known.
  ///   - writesBaseline: Whether fingerprints are kept.
  ///   - isWhole: Whether all files are looked at; else unused entries of a policy say nothing.
  package init(day: String, baseline: Baseline?, writesBaseline: Bool, isWhole: Bool) {
    self.day = day
    self.baseline = baseline
    self.isWhole = isWhole
    newBaseline = writesBaseline ? Baseline() : nil
  }

  /// What becomes of a piece's results; the suppressions of the file before it come first.
  package mutating func take(_ results: [CheckResult], of file: CheckedFile) -> [CheckResult] {
    var finished: [CheckResult] = []
    if let current, current.number != file.number { finished += close(current) }
    current = file
    for result in results {
      guard case .judged(var subject) = result else {
        finished.append(counted(result))
        continue
      }
      subject.findings = subject.findings.compactMap { decided($0, subject, file) }
        .worstFirst(\.finding.severity)
      finished.append(counted(.judged(subject)))
    }
    return finished
  }

  /// What is left to say at the end: suppressions of the last file, and of the policies.
  package mutating func end(policies: [CheckPolicy]) -> [CheckResult] {
    var finished = current.map { close($0) } ?? []
    current = nil
    // Of some files only, nobody knows which classes name them.
    if isWhole {
      for (suppression, file) in undecided
      where !usedElsewhere.contains(Self.plain(suppression.place)) {
        finished += subject(
          [unused(suppression, file.lines)],
          path: file.path,
          settings: file.settings
        )
      }
    }
    undecided.removeAll()
    for policy in policies { finished += close(policy) }
    return finished
  }

  /// Files that were looked at and are none of ours: known at the end.
  package mutating func count(skipped: Int) { summary.skipped = skipped }

  private mutating func counted(_ result: CheckResult) -> CheckResult {
    summary.add(result)
    return result
  }

  // MARK: One finding

  private mutating func decided(
    _ found: CheckFinding,
    _ subject: CheckedSubject,
    _ file: CheckedFile
  ) -> CheckFinding? {
    guard var found = file.settings.applied(to: found) else { return nil }
    found.suppression = suppressed(found, subject, file)
    return found.suppression == nil ? compared(found) : found
  }

  /// The finding held against the baseline, and noted for a new one.
  private mutating func compared(_ found: CheckFinding) -> CheckFinding {
    var found = found
    if let baseline, baseline.has(found.fingerprint) { found.isInBaseline = true }
    newBaseline?.add(found.fingerprint)
    return found
  }

  private mutating func suppressed(
    _ found: CheckFinding,
    _ subject: CheckedSubject,
    _ file: CheckedFile
  ) -> CheckFinding.Suppressed? {
    let code = found.finding.code
    let location = found.location
    let isOwn = location.file == file.path
    if let inline = isOwn ? file.suppressions : subject.suppressions[location.file] {
      for suppression in inline.about(line: location.line)
      where suppression.rules.contains(code) && !suppression.isExpired(on: day) {
        if isOwn {
          used.insert(suppression.place)
        } else {
          usedElsewhere.insert(Self.plain(suppression.place))
        }
        return CheckFinding.Suppressed(
          kind: .inSource,
          reason: suppression.reason,
          place: suppression.place
        )
      }
    }
    let path = file.policy.relative(location.file)
    for entry in file.policy.entries
    where entry.suppression.rules.contains(code) && !entry.suppression.isExpired(on: day) {
      if let paths = entry.paths, !paths.contains(where: { $0.matches(path) }) { continue }
      if let names = entry.subjects, !names.contains(where: { $0.matches(name: subject.name) }) {
        continue
      }
      usedEntries.insert(entry.suppression.place)
      return CheckFinding.Suppressed(
        kind: .external,
        reason: entry.suppression.reason,
        place: entry.suppression.place
      )
    }
    return nil
  }

  /// A place whose path has no `..` in it: a class names files from its spec's own folder.
  private static func plain(_ place: SourceLocation) -> SourceLocation {
    var parts: [Substring] = []
    for part in place.file.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    var plain = place
    plain.file = (place.file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    return plain
  }

  // MARK: Suppressions themselves

  /// The suppressions of a file that are wrong, over, or for nothing.
  private mutating func close(_ file: CheckedFile) -> [CheckResult] {
    var findings: [CheckFinding] = file.suppressions.mistakes.map { mistake in
      about(SuppressionInvalid.self, mistake.fault, at: mistake.place, file.lines)
    }
    for suppression in file.suppressions.all where !used.contains(suppression.place) {
      if file.isConfig, !suppression.isExpired(on: day) {
        undecided.append((suppression, file))
      } else {
        findings.append(unused(suppression, file.lines))
      }
    }
    used.removeAll()
    return subject(findings, path: file.path, settings: file.settings)
  }

  private mutating func close(_ policy: CheckPolicy) -> [CheckResult] {
    guard isWhole, let path = policy.file else { return [] }
    let findings = policy.entries.map(\.suppression)
      .filter { !usedEntries.contains($0.place) }
      .map { unused($0, nil) }
    return subject(findings, path: path, settings: policy.common)
  }

  private mutating func subject(
    _ findings: [CheckFinding],
    path: String,
    settings: CheckPolicy.Settings
  ) -> [CheckResult] {
    let kept = findings.compactMap { settings.applied(to: $0) }.map { compared($0) }
    guard !kept.isEmpty else { return [] }
    var subject = CheckedSubject(
      kind: .policy,
      name: "suppressions",
      place: SourceLocation(file: path, line: 1, column: 1)
    )
    subject.findings = kept.worstFirst(\.finding.severity)
    return [counted(.judged(subject))]
  }

  private func unused(_ suppression: Suppression, _ lines: FileLines?) -> CheckFinding {
    if let day = suppression.expires, suppression.isExpired(on: self.day) {
      return about(
        SuppressionExpired.self,
        .init(rules: suppression.rules, day: day, reason: suppression.reason),
        at: suppression.place,
        lines
      )
    }
    return about(
      SuppressionUnused.self,
      .init(rules: suppression.rules),
      at: suppression.place,
      lines
    )
  }

  private func about<R: SuppressionRule>(
    _ rule: R.Type,
    _ detail: R.Detail,
    at place: SourceLocation,
    _ lines: FileLines?
  ) -> CheckFinding {
    let finding = rule.finding(detail, on: .file, at: .file(place), evidence: [])
    var found = CheckFinding(
      finding,
      at: place,
      length: lines == nil ? 0 : "zonewise-ignore".utf8.count
    )
    found.excerpt = lines?.text(place.line)
    found.fingerprint = Fingerprint([found.finding.code, place.file, finding.message]).text
    return found
  }
}
