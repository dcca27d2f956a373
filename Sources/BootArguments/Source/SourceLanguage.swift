/// How a programming language writes comments and strings, as far as finding strings takes.
struct SourceLanguage: Sendable {
  /// As people call it.
  let name: String
  let suffixes: Set<String>
  /// What begins a comment up to the end of the line.
  var lineComments: [[UInt8]] = [Array("//".utf8)]
  var hasBlockComments = true
  /// Whether text in single quotes is a string; else a single character, or no quote at all.
  var hasSingleQuotes = false
  /// `"""…"""`, and with single quotes where strings have them.
  var hasTripleQuotes = false
  /// Text in backticks is a string as it stands.
  var hasBackticks = false
  /// `r#"…"#`.
  var hasRawStrings = false
  /// `<<TAG`, `<<-TAG`, `<<~TAG`, `<<<TAG`.
  var hasHereDocuments = false

  private static let hash = [Array("#".utf8)]

  static let all: [SourceLanguage] = [
    SourceLanguage(
      name: "C",
      suffixes: ["c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm"]
    ),
    SourceLanguage(name: "Go", suffixes: ["go"], hasBackticks: true),
    SourceLanguage(name: "Rust", suffixes: ["rs"], hasRawStrings: true),
    SourceLanguage(
      name: "JavaScript",
      suffixes: ["js", "jsx", "mjs", "cjs", "ts", "tsx"],
      hasSingleQuotes: true,
      hasBackticks: true
    ),
    SourceLanguage(
      name: "JSON with comments",
      suffixes: ["json5", "jsonc"],
      hasSingleQuotes: true
    ),
    SourceLanguage(
      name: "Python",
      suffixes: ["py", "pyi", "bzl", "star"],
      lineComments: hash,
      hasBlockComments: false,
      hasSingleQuotes: true,
      hasTripleQuotes: true
    ),
    SourceLanguage(
      name: "Ruby",
      suffixes: ["rb"],
      lineComments: hash,
      hasBlockComments: false,
      hasSingleQuotes: true,
      hasHereDocuments: true
    ),
    SourceLanguage(
      name: "Perl",
      suffixes: ["pl", "pm"],
      lineComments: hash,
      hasBlockComments: false,
      hasSingleQuotes: true,
      hasHereDocuments: true
    ),
    SourceLanguage(
      name: "PHP",
      suffixes: ["php"],
      lineComments: hash + [Array("//".utf8)],
      hasSingleQuotes: true,
      hasHereDocuments: true
    ),
    SourceLanguage(
      name: "Java",
      suffixes: ["java", "kt", "kts", "scala", "cs", "dart", "zig"],
      hasTripleQuotes: true
    ),
    SourceLanguage(
      name: "Groovy",
      suffixes: ["groovy", "gradle"],
      hasSingleQuotes: true,
      hasTripleQuotes: true
    ),
    SourceLanguage(
      name: "Elixir",
      suffixes: ["ex", "exs", "jl", "nim", "cr", "tcl", "r"],
      lineComments: hash,
      hasBlockComments: false,
      hasTripleQuotes: true
    ),
    SourceLanguage(
      name: "Lua",
      suffixes: ["lua"],
      lineComments: [Array("--".utf8)],
      hasBlockComments: false,
      hasSingleQuotes: true
    ),
    SourceLanguage(
      name: "PowerShell",
      suffixes: ["ps1", "psm1"],
      lineComments: hash,
      hasBlockComments: false,
      hasSingleQuotes: true
    ),
  ]

  /// The language of a file by its name; nil for what is none.
  static func of(_ name: Substring) -> SourceLanguage? {
    let names = [("Jenkinsfile", "Groovy"), ("Vagrantfile", "Ruby"), ("Tiltfile", "Python")]
    if let known = names.first(where: { name.hasPrefix($0.0) }) {
      return all.first { $0.name == known.1 }
    }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let suffix = name[name.index(after: dot)...].lowercased()
    return all.first { $0.suffixes.contains(suffix) }
  }
}
