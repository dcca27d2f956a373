/// A file that is none of what a command reads, and what it was seen to be.
package struct RecognizedText: Hashable, Sendable {
  package var found: [TextRecognizer.Found]
  private var isKernelLog = false
  private var isEmpty = false

  /// Recognizes what a text is, by the whole of it or by its beginning.
  package init(_ bytes: [UInt8]) {
    var recognizer = TextRecognizer()
    recognizer.append(bytes.span)
    found = recognizer.finish()
    isKernelLog = recognizer.isKernelLog
    isEmpty = !bytes.contains { $0 > 0x20 }
  }

  /// What it is: `this is /proc/meminfo (line 1)`.
  package var whatItIs: String {
    guard found.count != 1 else { return "this is \(found[0].kind.name)\(place(found[0]))" }
    return "this holds " + found.map { "\($0.kind.name) (line \($0.line))" }.joined(separator: ", ")
  }

  /// What can be told from it, a sentence for each kind.
  package var whatItTells: [String] {
    guard found.count != 1 else { return ["It tells \(found[0].kind.tells)."] }
    return found.map { "Line \($0.line), \($0.kind.name), tells \($0.kind.tells)." }
  }

  /// What to do next, each advice once.
  package var advice: [String] {
    var seen: [String] = []
    for item in found where !seen.contains(item.kind.advice) { seen.append(item.kind.advice) }
    return seen
  }

  /// All of that in one line, for a command that has no other answer.
  package var words: String {
    guard !found.isEmpty else { return unknown }
    return "\(whatItIs). \(whatItTells.joined(separator: " ")) "
      + "To go on: \(advice.joined(separator: "; "))"
  }

  /// A message is quoted, a heading or a counter is not.
  private func place(_ found: TextRecognizer.Found) -> String {
    found.kind.isMessage ? " (line \(found.line): \(found.text))" : " (line \(found.line))"
  }

  private var unknown: String {
    if isEmpty { return "the file is empty; take it again on the host" }
    if isKernelLog {
      return """
        a kernel log without boot messages about memory, without a report of the OOM killer and \
        without a failed allocation: nothing in it can be judged. Give the whole log \
        (journalctl -k -b), or /proc/zoneinfo of the host
        """
    }
    return Self.nothing
  }

  /// What is said of what is no source at all, file or folder.
  package static let nothing = """
    neither a host's root (a directory with proc/ or sys/), nor an archive or a bundle of one, \
    nor /proc/zoneinfo, a boot log or a report of the OOM killer; give one of these, or take all \
    with zonewise capture
    """
}
