internal import Advice
internal import Capacity
internal import HostModel
internal import MachineSpec
internal import SourceText

/// Finds the place in a file that a finding is about: the argument that causes it, else the key of
/// the spec, else the subject itself.
struct FindingPlacer {
  let commandLine: ClassCommandLine
  /// Of a class; nil for a command line without a machine.
  let places: ClassPlaces?
  let subject: String
  let start: SourceLocation
  /// Files that places may point into.
  let files: [String: FileLines]

  /// The findings with their places, fingerprints and lines.
  func place(_ findings: [Finding]) -> [CheckFinding] {
    var seen: [String: Int] = [:]
    return findings.map { finding in
      var (placed, word) = located(finding)
      var words = [
        finding.code, placed.location.file, subject, word,
        // Of several nodes the first: what was accepted for it stays accepted.
        finding.subject.nodes.first.map { "\($0)" } ?? "",
      ]
      let key = words.joined(separator: "\0")
      let before = seen[key] ?? 0
      seen[key] = before + 1
      // The second of its kind is another one, in the order of the rules.
      if before > 0 { words.append("\(before)") }
      placed.fingerprint = Fingerprint(words).text
      placed.excerpt = files[placed.location.file]?.text(placed.location.line)
      return placed
    }
  }

  private func located(_ finding: Finding) -> (CheckFinding, word: String) {
    switch finding.place {
    case .file(let location)?: return (CheckFinding(finding, at: location), "")
    case .commandLine(let byte, _)?:
      if let word = commandLine.word(at: byte) {
        return (CheckFinding(finding, at: word.location, length: word.length), word.text)
      }
    case nil: break
    }
    for cause in finding.about.causes {
      if let word = commandLine.lastWord(named: cause) {
        return (CheckFinding(finding, at: word.location, length: word.length), word.text)
      }
      if let place = places?[cause] { return (CheckFinding(finding, at: place), cause) }
    }
    return (CheckFinding(finding, at: places?["cmdline"] ?? start), "")
  }
}
