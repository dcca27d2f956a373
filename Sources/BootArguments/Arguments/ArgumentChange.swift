internal import KernelText

/// What is to become of a kernel command line.
package struct ArgumentChange: Hashable, Sendable {
  package let set: [BootArgument]
  package let removals: [ArgumentRemoval]

  /// Refuses a name that is set twice, unless repeating it means something.
  package init(
    set: [BootArgument],
    removals: [ArgumentRemoval]
  ) throws(BootArgumentsError) {
    var seen: Set<String> = []
    for argument in set where !KnownArguments.mayRepeat(argument.key) {
      guard seen.insert(argument.key).inserted else {
        throw .badArgument(argument.word, why: "\(argument.name) is set twice; set it once")
      }
    }
    self.set = set
    self.removals = removals
  }

  /// Sets these and removes what conflicts with them and what `names` says.
  package init(
    _ set: [BootArgument],
    removing names: [String] = []
  ) throws(BootArgumentsError) {
    var removals = ArgumentRemoval.conflicts(with: set)
    let keys = Set(set.map { $0.key })
    for name in names {
      let key = KnownArguments.key(name)
      // What may be repeated is replaced as a whole.
      guard !keys.contains(key) || KnownArguments.mayRepeat(key),
        !removals.contains(where: { $0.key == key && $0.values == nil })
      else { continue }
      removals.removeAll { $0.key == key }
      removals.append(ArgumentRemoval(key: key, values: nil, why: "contradicts what is set"))
    }
    try self.init(set: set, removals: removals)
  }

  /// Takes out again what this change sets.
  package var undone: ArgumentChange {
    ArgumentChange(
      unchecked: [],
      removals: set.map {
        ArgumentRemoval(
          key: $0.key,
          values: KnownArguments.mayRepeat($0.key) ? [$0.value ?? ""] : nil,
          why: "set by this change"
        )
      }
    )
  }

  /// The same, and every other argument of ours goes: for a file that holds nothing else.
  var asWholeOfOurs: ArgumentChange {
    let keys = Set(set.map { $0.key })
    let stale = KnownArguments.ours.subtracting(keys).sorted().map {
      ArgumentRemoval(key: $0, values: nil, why: "from an earlier answer")
    }
    return ArgumentChange(unchecked: set, removals: removals + stale)
  }

  private init(unchecked set: [BootArgument], removals: [ArgumentRemoval]) {
    self.set = set
    self.removals = removals
  }

  // MARK: Planning

  enum Action: Hashable {
    case keep
    case remove
    case replace(BootArgument)
  }

  struct Plan: Hashable {
    /// One for each existing argument.
    var actions: [Action]
    var appended: [BootArgument]

    var changesNothing: Bool { appended.isEmpty && actions.allSatisfy { $0 == .keep } }
  }

  /// Decides about each existing argument. The first of a name is replaced in place, others go.
  ///
  /// - Complexity: O(existing × set)
  func plan(for existing: [BootArgument]) -> Plan {
    var actions: [Action] = existing.map { argument in
      removals.contains { $0.covers(argument.key, value: argument.value) } ? .remove : .keep
    }
    var appended: [BootArgument] = []
    keepRepeated(existing, &actions)
    var index = 0
    while index < set.count {
      let argument = set[index]
      guard !KnownArguments.mayRepeat(argument.key) else {
        let end =
          set[index...].firstIndex { !KnownArguments.mayRepeat($0.key) } ?? set.endIndex
        let run = Array(set[index..<end])
        let kept = zip(existing, actions).filter { $0.1 == .keep }.map(\.0)
        if !Self.contains(run, in: kept) { appended += run }
        index = end
        continue
      }
      index += 1
      let places = existing.indices.filter { existing[$0].key == argument.key }
      guard let first = places.first else {
        appended.append(argument)
        continue
      }
      for place in places.dropFirst() { actions[place] = .remove }
      actions[first] = existing[first].value == argument.value ? .keep : .replace(argument)
    }
    return Plan(actions: actions, appended: appended)
  }

  /// Repeatable arguments that are to be replaced by what the line has already stay.
  private func keepRepeated(_ existing: [BootArgument], _ actions: inout [Action]) {
    let keys = Set(set.lazy.filter { KnownArguments.mayRepeat($0.key) }.map { $0.key })
    let replaced = keys.filter { key in removals.contains { $0.key == key && $0.values == nil } }
    guard !replaced.isEmpty else { return }
    let own = set.filter { replaced.contains($0.key) }
    let places = existing.indices.filter { replaced.contains(existing[$0].key) }
    let isSame =
      places.count == own.count
      && zip(places, own).allSatisfy {
        existing[$0].key == $1.key && existing[$0].value == $1.value
      }
    guard isSame else { return }
    for place in places { actions[place] = .keep }
  }

  private static func contains(_ run: [BootArgument], in existing: [BootArgument]) -> Bool {
    guard existing.count >= run.count else { return false }
    return (0...(existing.count - run.count)).contains { start in
      zip(existing[start...], run).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    }
  }
}
