internal import Advice
internal import HostModel
internal import SourceText

/// The rules as SARIF describes them, from their own documentation.
struct SARIFRules: Sendable {
  private let rules: [RuleDescription]
  private let indices: [String: Int]

  init(_ rules: [RuleDescription] = RuleRegistry.descriptions) {
    self.rules = rules
    indices = Dictionary(
      rules.enumerated().map { ($0.element.code, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Where the rule stands in the list; nil for one that isn't in it.
  func index(of code: String) -> Int? { indices[code] }

  func write(_ writer: inout JSONWriter) {
    writer.array("rules", rules) { writer, rule in
      writer.object {
        $0.string("id", rule.code)
        $0.string("name", Self.pascalCase(rule.slug))
        $0.message("shortDescription", rule.title)
        $0.message("fullDescription", rule.why)
        $0.object("help") {
          $0.string("text", Self.help(rule))
          $0.string("markdown", Self.helpMarkdown(rule))
        }
        if let uri = Self.uri(rule.reference) { $0.string("helpUri", uri) }
        $0.object("defaultConfiguration") { $0.string("level", rule.severity.usual.rawValue) }
        $0.object("properties") {
          $0.strings("tags", ["memory", rule.slug] + (rule.group.map { [$0.tag] } ?? []))
          $0.string("kernels", rule.kernels)
        }
      }
    }
  }

  private static func help(_ rule: RuleDescription) -> String {
    "\(rule.why)\n\nWhat to do: \(rule.remedy)\n\nSeverity: \(rule.severity.text)\n\n"
      + "Reference: \(rule.reference)"
  }

  private static func helpMarkdown(_ rule: RuleDescription) -> String {
    let text = MarkdownText.escaped
    return "\(text(rule.why))\n\n**What to do:** \(text(rule.remedy))\n\n"
      + "- Looks at: \(text(rule.observes))\n- Severity: \(text(rule.severity.text))\n"
      + "- Kernels: \(text(rule.kernels))\n- Reference: \(text(rule.reference))\n"
  }

  /// `ratio-over-limit` as SARIF spells names: `RatioOverLimit`.
  private static func pascalCase(_ slug: String) -> String {
    slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// A reference that is an address; most name a file of the kernel.
  private static func uri(_ reference: String) -> String? {
    reference.split(separator: " ").first { $0.hasPrefix("https://") }.map(String.init)
  }
}
