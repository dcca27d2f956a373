internal import ArgumentParser

/// One output of a command that writes several formats in one run.
struct OutputTarget<Format: RawRepresentable<String> & CaseIterable> {
  var format: Format
  /// Nil for standard output.
  var file: String?

  /// What `--output FORMAT=FILE` and `--format` ask for; where neither is given, a format of the
  /// command's own on standard output.
  static func all(
    output: [String],
    format: Format?,
    otherwise standard: Format
  ) throws -> [OutputTarget] {
    var targets: [OutputTarget] = []
    for text in output {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let format = Format(rawValue: String(parts[0])) else {
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--output takes FORMAT=FILE with one of \(known), not '\(text)'")
      }
      targets.append(OutputTarget(format: format, file: String(parts[1])))
    }
    if let format { targets.append(OutputTarget(format: format, file: nil)) }
    return targets.isEmpty ? [OutputTarget(format: standard, file: nil)] : targets
  }
}
