extension FileSample {
  /// The forms that a file nobody understands is nearest to, with what they are told by: for whoever
  /// named it.
  package var nearForms: String {
    let near = KernelArgumentFormats.near(self)
    let all = "Documentation/config-files.md has all forms"
    guard !near.isEmpty else { return all }
    let forms = near.map { "\($0.title) (told by \($0.documentation.recognizedBy))" }
    return "the nearest forms: " + forms.joined(separator: "; ") + ". " + all
  }
}

extension KernelArgumentFormats {
  private static let mostNear = 3

  /// Formats that a file's name speaks of, then those that share a word with its text.
  static func near(_ sample: FileSample) -> [KernelArgumentFormat] {
    // Words that any text about a kernel has.
    let own = sample.markers.subtracting([
      .root, .argument, .argumentName, .options, .kernelMessages, .specKey,
    ])
    let name = sample.name.lowercased()
    let ranked = all.filter { !$0.isLiteral }.map { format in
      (
        format: format,
        score: (format.nameWords.contains { name.contains($0) } ? 2 : 0)
          + (format.markers.isDisjoint(with: own) ? 0 : 1)
      )
    }
    return ranked.filter { $0.score > 0 }.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .prefix(mostNear).map(\.element.format)
  }
}

extension KernelArgumentFormat {
  /// Words of a file's name that speak of this format.
  fileprivate var nameWords: [Substring] {
    let general: Set<Substring> = [
      "arguments", "boot", "bootloader", "build", "conf", "config", "configuration", "data",
      "default", "direct", "domain", "entry", "environment", "file", "instance", "json", "kernel",
      "linux", "loader", "module", "other", "profile", "role", "script", "settings", "shell",
      "source", "specification", "text", "toml", "user", "variable", "yaml",
    ]
    let words = "\(name) \(title)".lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.filter { $0.count > 3 && !general.contains($0) }
  }
}
