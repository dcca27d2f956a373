/// What to set, why, and what the host has now.
package struct BootRequest: Hashable, Sendable {
  package let change: ArgumentChange
  package let owner: Ownership
  /// The arguments of the host's own command line that the change replaces or removes; none where
  /// no host was looked at.
  package let previous: [BootArgument]
  /// What the answer rests on and the user must know, a sentence each.
  package let caveats: [String]

  package init(
    change: ArgumentChange,
    owner: Ownership,
    commandLine: String? = nil,
    caveats: [String] = []
  ) {
    self.change = change
    self.owner = owner
    self.caveats = caveats
    let keys = Set(change.set.map { $0.key })
    previous = CommandLine(commandLine ?? "").arguments.filter { argument in
      keys.contains(argument.key) && !KnownArguments.mayRepeat(argument.key)
        || change.removals.contains { $0.covers(argument.key, value: argument.value) }
    }
  }

  var arguments: [BootArgument] { change.set }
  var line: String { arguments.map { $0.word }.joined(separator: " ") }

  /// Arguments of the host that must go and are not set anew, exactly as they stand there.
  var goingWords: [String] {
    let keys = Set(arguments.map { $0.key })
    return previous.filter { !keys.contains($0.key) }.map { $0.word }
  }

  /// What tools that remove by text are told: exact words where the host is known, names otherwise.
  var removalWords: [String] {
    var words: [String] = []
    for removal in change.removals {
      let exact = previous.filter { removal.covers($0.key, value: $0.value) }.map { $0.word }
      words += exact.isEmpty ? removal.words : exact
    }
    return words
  }
}
