internal import ArgumentParser

/// One output of a command that writes several formats in one run.
struct OutputTarget<Format: RawRepresentable<String> & CaseIterable> {
  var format: Format
  /// Nil for standard output.
  var file: String?

  /// What `--output FORMAT=FILE` and `--format` ask for; where neither is given, a format of the
  /// command's own on standard output. `--output FORMAT` alone is standard output too.
  static func all(
    output: [String],
    format: Format?,
    otherwise standard: Format
  ) throws -> [OutputTarget] {
    var targets: [OutputTarget] = []
    for text in output {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard let name = parts.first, let format = Format(rawValue: String(name)),
        parts.count == 2 || !text.contains("=")
      else {
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--output takes FORMAT=FILE with one of \(known), not '\(text)'")
      }
      targets.append(OutputTarget(format: format, file: parts.count == 2 ? String(parts[1]) : nil))
    }
    if let format { targets.append(OutputTarget(format: format, file: nil)) }
    guard targets.count(where: { $0.file == nil }) < 2 else {
      throw ValidationError(
        "only one format goes to standard output; write the others to files: --output FORMAT=FILE"
      )
    }
    return targets.isEmpty ? [OutputTarget(format: standard, file: nil)] : targets
  }
}
