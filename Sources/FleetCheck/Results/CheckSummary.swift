package import Advice

/// The counts of a whole check, gathered as results go by.
package struct CheckSummary: Hashable, Sendable {
  package private(set) var subjects = 0
  /// Machines behind the subjects: classes count as many as they stand for.
  package private(set) var machines = 0
  package private(set) var failures = 0
  /// Files that hold arguments and are of a kind that is not read.
  package private(set) var unread = 0
  /// Those of them that the user named.
  package private(set) var unreadNamed = 0
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
    case .unread(let file):
      unread += 1
      if file.isNamed { unreadNamed += 1 }
    case .judged(let subject): add(subject)
    }
  }

  private mutating func add(_ subject: CheckedSubject) {
    if subject.kind != .policy {
      subjects += 1
      machines += subject.count
    }
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

  /// Open findings of a severity or worse.
  package func count(atLeast severity: Finding.Severity) -> Int {
    switch severity {
    case .error: errors
    case .warning: errors + warnings
    case .note: errors + warnings + notes
    }
  }
}
