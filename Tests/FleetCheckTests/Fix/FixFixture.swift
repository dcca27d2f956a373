internal import Advice
internal import FleetCheck
internal import SourceText
internal import Testing

/// What `fix` makes of the files of a folder.
struct FixAnswer {
  var files: [FixedFile] = []
  /// The folder, with a slash at its end.
  var root: String

  var cured: [String] { files.flatMap(\.cured).map { "\($0.subject) \($0.found.finding.code)" } }
  var left: [FixedFile.Entry] { files.flatMap(\.left) }
  var failures: [LocatedError] { files.flatMap(\.failures) }
  /// Remedies that are changes, and that were not made.
  var refused: [String] {
    left.filter { $0.why != nil || !$0.found.finding.changes.isEmpty }.map {
      "\($0.subject) \($0.found.finding.code) \($0.found.finding.remedy): \($0.why ?? "not tried")"
    }
  }

  var isUnchanged: Bool { files.flatMap(\.texts).isEmpty }

  func text(_ name: String) -> String? {
    files.flatMap(\.texts).first { $0.path == root + name }
      .map { String(decoding: $0.new, as: UTF8.self) }
  }
}

extension CheckFixture {
  /// Runs `fix` over the folder without writing.
  func fix(_ names: [String] = [], rules: Set<String>? = nil) -> FixAnswer {
    var options = FixRun.Options(day: "2026-06-15")
    options.rules = rules
    let root = path.hasSuffix("/") ? String(path.dropLast()) : path
    var run = FixRun(
      names.isEmpty ? [root] : names.map { root + "/" + $0 },
      policies: PolicyFinder(),
      options: options
    )
    var answer = FixAnswer(root: path)
    while let file = run.next() { answer.files.append(file) }
    return answer
  }

  /// Writes what `fix` gave.
  func apply(_ answer: FixAnswer) throws {
    for text in answer.files.flatMap(\.texts) {
      let name = text.path.dropFirst(path.count)
      try write(String(decoding: text.new, as: UTF8.self), to: String(name))
    }
  }
}
