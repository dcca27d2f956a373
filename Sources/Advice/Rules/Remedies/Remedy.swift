/// What cures a finding.
package enum Remedy: Hashable, Sendable {
  /// What a program can change, in order; and what people should know beside it.
  case change([Change], note: String? = nil)
  /// Another division of boot memory. Which one, only an advice for the whole machine can say; the
  /// words stand in for it where there is none.
  case layout(String)
  /// What a program can't do.
  case action(String)
  /// Nothing, for that reason.
  case nothing(String)

  /// Sets these words of a command line.
  package static func boot(_ words: [String], note: String? = nil) -> Remedy {
    .change(words.map { .set(word: $0) }, note: note)
  }

  static func boot(_ words: String..., note: String? = nil) -> Remedy { .boot(words, note: note) }

  static func boot(without word: String, note: String? = nil) -> Remedy {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count > 1 ? String(parts[1]) : nil
    return .change([.remove(argument: String(parts[0]), value: value)], note: note)
  }

  /// What a program changes; empty where no program can cure it.
  package var changes: [Change] {
    guard case .change(let changes, _) = self else { return [] }
    return changes
  }

  /// Whether an argument goes that other kernels may need.
  var removesArguments: Bool {
    changes.contains { if case .remove = $0 { true } else { false } }
  }

  /// What cures a finding under each of two kernels; nil where nothing does both.
  func shared(with other: Remedy) -> Remedy? {
    if self == other { return self }
    guard case .change(let own, let note) = self, case .change(let others, _) = other else {
      // Words may have amounts that differ from kernel to kernel.
      return changes.isEmpty && other.changes.isEmpty ? self : nil
    }
    guard own.count == others.count else { return nil }
    var shared: [Change] = []
    for (one, two) in zip(own, others) {
      guard let change = one.smaller(two) else { return nil }
      shared.append(change)
    }
    return .change(shared, note: note)
  }

  /// Whether there is nothing to do.
  package var isNothing: Bool {
    guard case .nothing = self else { return false }
    return true
  }

  /// Whether another division of boot memory would cure it.
  package var isLayout: Bool {
    guard case .layout = self else { return false }
    return true
  }

  /// With the machine's own advice in the place of another division.
  func decided(by advice: Recommendation) -> Remedy {
    guard case .layout(let words) = self else { return self }
    guard !advice.arguments.isEmpty else {
      return advice.reason.isSatisfied
        ? .nothing(advice.reason.text)
        : .action("\(words); no argument does it: \(advice.reason.text)")
    }
    let removals = advice.remove.map { Change.remove(argument: $0) }
    return .change(advice.arguments.map { .set(word: $0) } + removals, note: words)
  }
}
