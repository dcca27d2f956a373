package import Advice
internal import SourceText

/// The counts of a whole check, gathered as results go by.
package struct CheckSummary: Hashable, Sendable {
  package private(set) var subjects = 0
  /// Machines behind the subjects: classes count as many as they stand for, hosts and the boots of
  /// logs one each. Files with kernel arguments are no machines.
  package private(set) var machines = 0
  package private(set) var classes = 0
  package private(set) var hosts = 0
  package private(set) var boots = 0
  /// Files with kernel arguments, however many command lines are in each.
  package private(set) var configs = 0
  /// Those of them with an open finding.
  package private(set) var configsWithFindings = 0
  private var currentConfig: Config?

  private struct Config: Hashable, Sendable {
    var path: String
    var hasFindings = false
  }
  package private(set) var failures = 0
  /// Files that hold arguments and are of a kind that is not read.
  package private(set) var unread = 0
  /// Those of them that the user named.
  package private(set) var unreadNamed = 0
  /// Files and folders that could not be opened on a walk.
  package private(set) var unopened = 0
  /// Files that were looked at and are none of ours.
  package var skipped = 0
  package private(set) var errors = 0
  package private(set) var warnings = 0
  package private(set) var notes = 0
  package private(set) var suppressed = 0
  package private(set) var inBaseline = 0
  /// Subjects of which some input was unknown.
  package private(set) var incomplete = 0
  /// Open findings by rule code, for tables.
  package private(set) var byRule: [String: Int] = [:]

  package init() {}

  package mutating func add(_ result: CheckResult) {
    switch result {
    case .failed: failures += 1
    case .unread(let file) where file.argument == nil: unopened += 1
    case .unread(let file):
      unread += 1
      if file.isNamed { unreadNamed += 1 }
    case .judged(let subject): add(subject)
    }
  }

  private mutating func add(_ subject: CheckedSubject) {
    switch subject.kind {
    case .policy: break
    case .machineClass: classes += 1
    case .host: hosts += 1
    case .bootLog: boots += 1
    case .commandLine: add(configOf: subject)
    }
    if subject.kind != .policy { subjects += 1 }
    if subject.kind != .policy, subject.kind != .commandLine { machines += subject.count }
    if !subject.unknown.isEmpty { incomplete += 1 }
    for found in subject.findings {
      guard found.isOpen else {
        if found.isInBaseline { inBaseline += 1 } else { suppressed += 1 }
        continue
      }
      byRule[found.finding.code, default: 0] += 1
      switch found.finding.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
    }
  }

  /// The command lines of a file come one after the other.
  private mutating func add(configOf subject: CheckedSubject) {
    let path = subject.place.file
    if currentConfig?.path != path {
      configs += 1
      currentConfig = Config(path: path)
    }
    if currentConfig?.hasFindings == false, !subject.open.isEmpty {
      configsWithFindings += 1
      currentConfig?.hasFindings = true
    }
  }

  /// Open findings of a severity or worse.
  package func count(atLeast severity: Finding.Severity) -> Int {
    switch severity {
    case .error: errors
    case .warning: errors + warnings
    case .note: errors + warnings + notes
    }
  }
}
