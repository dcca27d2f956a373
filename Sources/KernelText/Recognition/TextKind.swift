/// A kind of text that people have and paste: how it is seen, what can be told from it, and what has to
/// be added for more.
///
/// One file in `Kinds` and one line in `all`.
package struct TextKind: Sendable {
  /// As its readers call it: `/proc/meminfo`, `the output of free`.
  package var name: String
  /// What it says about memory, as the end of "it tells …".
  package var tells: String
  /// What to do next, a sentence.
  package var advice: String
  /// Whether the line that shows it is a message worth quoting.
  package var isMessage: Bool
  /// The kind that has all of this one and more: beside it this one is not named.
  package var isPartOf: String?
  /// Whether a line without its prefix shows it.
  var isShown: @Sendable (TextLine) -> Bool

  init(
    _ name: String,
    tells: String,
    advice: String,
    isMessage: Bool = false,
    isPartOf: String? = nil,
    isShown: @escaping @Sendable (TextLine) -> Bool
  ) {
    self.name = name
    self.tells = tells
    self.advice = advice
    self.isMessage = isMessage
    self.isPartOf = isPartOf
    self.isShown = isShown
  }

  /// Every kind, in the order in which a line is held against them: the first one that it shows counts.
  package static let all: [TextKind] = [
    zoneinfo, buddyinfo, pagetypeinfo, nodeMeminfo, meminfo, vmstat, vmstatCommand, free, numactl,
    numastat, lsmem, showMemory, memInfoReport, vmallocFailure, killedProcess, offlineFailure,
    descriptorFailure,
    pinFailure, iomem, slabinfo, kernelConfig, commandLine, processStatus, bootMessages,
  ]

  /// Advice for most of them.
  static let addZoneinfo = "add /proc/zoneinfo of the same host, or take all with zonewise capture"
}

extension TextKind: Hashable {
  package static func == (left: TextKind, right: TextKind) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A line without what stood in front of it and around it.
struct TextLine {
  var text: String
  var words: [Substring]

  init(_ text: String) {
    self.text = text
    words = text.split(separator: " ")
  }

  func hasPrefix(_ prefix: String) -> Bool { text.hasPrefix(prefix) }
  func has(_ part: String) -> Bool { text.contains(part) }

  /// Whether any of the parts stands in it.
  func has(anyOf parts: [String]) -> Bool { parts.contains { text.contains($0) } }

  /// Whether it is `NAME: 123 kB`, or `NAME 123` where `separator` is empty.
  func isNumber(of name: String) -> Bool {
    words.count > 1 && words[0] == name && words[1].utf8.allSatisfy(\.isDigit)
  }

  /// The words behind the first `count` ones are all numbers, and there are at least `least`.
  func endsInNumbers(behind count: Int, least: Int) -> Bool {
    words.count >= count + least
      && words.dropFirst(count).allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
  }
}
