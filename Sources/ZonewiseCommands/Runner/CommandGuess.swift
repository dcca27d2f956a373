/// What is said where the first word is no command and no file: which command may have been meant.
package struct CommandGuess: Hashable, Sendable {
  package var message: String
  /// Whether a command was meant, as far as one can tell; else the word may be a file's name.
  package var isCommand: Bool

  /// Words that people try, and the command that answers.
  private static let others = [
    "analyze": "advise", "analyse": "advise", "boot": "cmdline", "compare": "diff",
    "describe": "explain", "dmesg": "log", "doctor": "advise", "grub": "cmdline --for grub",
    "info": "advise", "lint": "check", "man": "help", "offline": "blocks", "panic": "log",
    "recommend": "advise", "rules": "explain", "show": "advise", "simulate": "predict",
    "size": "advise --want max", "snapshot": "capture", "status": "advise", "triage": "log",
    "validate": "check", "version": "--version",
  ]

  /// Looks at the words behind `zonewise`.
  ///
  /// - Parameters:
  ///   - arguments: The words.
  ///   - commands: All commands, with their other names.
  ///   - exists: Whether there is such a file.
  /// - Returns: What to say; nil where the first word is a command, an option or a file.
  package static func of(
    _ arguments: [String],
    commands: [String],
    exists: (String) -> Bool
  ) -> CommandGuess? {
    guard let word = arguments.first, !word.isEmpty, !commands.contains(word),
      word.unicodeScalars.allSatisfy(\.properties.isAlphabetic),
      !exists(word)
    else { return nil }
    if let meant = others[word.lowercased()] ?? nearest(to: word.lowercased(), among: commands) {
      return CommandGuess(
        message: "there is no command \(word); did you mean zonewise \(meant)? "
          + "zonewise --help lists the commands",
        isCommand: true
      )
    }
    return CommandGuess(
      message: "\(word): no command, and no such file or directory; zonewise --help lists the "
        + "commands, and a host from elsewhere is a file or a folder",
      isCommand: false
    )
  }

  /// The one command that is a slip or two away, or begins so.
  static func nearest(to word: String, among commands: [String]) -> String? {
    let begun = commands.filter { $0.hasPrefix(word) }
    if word.count > 1, begun.count == 1 { return begun.first }
    let slips = word.count < 5 ? 1 : 2
    let near = commands.map { (name: $0, distance: distance(Array(word), Array($0))) }
      .filter { $0.distance <= slips }
      .min { $0.distance < $1.distance }
    return near?.name
  }

  /// Letters to add, take away, replace or swap with their neighbour.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for (row, character) in left.enumerated() {
      var line = [row + 1]
      for (column, other) in right.enumerated() {
        var best = min(
          rows[row][column] + (character == other ? 0 : 1),
          min(rows[row][column + 1], line[column]) + 1
        )
        if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
          best = min(best, rows[row - 1][column - 1] + 1)
        }
        line.append(best)
      }
      rows.append(line)
    }
    return rows.last?.last ?? 0
  }
}
