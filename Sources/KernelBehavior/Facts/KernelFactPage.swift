internal import HostModel

/// What people read about the table: Documentation/kernel-facts.md.
package enum KernelFactPage {
  package static var markdown: String {
    var text = """
      # What changed in the kernel, and when

      Made from the table in Sources/KernelBehavior/Facts: don't edit it, change the table. Where
      zonewise's answer depends on the kernel, it asks this table and nothing else. A kernel's config
      counts first, then what the running kernel shows, then its release. Releases are those of mainline;
      a stable release that took the change over is named beside it. A distribution's kernel that
      hides the stable release that it was built from is judged by what is assumed, and the answer
      says so.

      """
    for group in KernelFact.groups {
      text += "\n## \(group.title)\n"
      for fact in group.facts { text += "\n" + section(fact) }
    }
    return text
  }

  private static func section(_ fact: KernelFact) -> String {
    var text = "### \(fact.name)\n\n\(fact.statement)\n\n"
    for (title, body) in fields(of: fact) { text += "- \(title): \(body)\n" }
    return text
  }

  private static func fields(of fact: KernelFact) -> [(String, String)] {
    let source = "\(fact.source.file), \(fact.source.function)"
    let fallback = fact.assumption.holds ? "it does" : "it does not"
    return [
      ("Kernels", releases(of: fact)),
      ("Stable releases", fact.stable.map { "\($0)" }.joined(separator: ", ")),
      ("Architectures", names(fact.architectures ?? [])),
      ("Config", fact.options.map(\.description).joined(separator: " or ")),
      ("Source", source + (fact.source.commit.map { " (\($0))" } ?? "")),
      ("Where nothing tells", "\(fallback): \(fact.assumption.reason)"),
    ].filter { !$0.1.isEmpty }
  }

  private static func releases(of fact: KernelFact) -> String {
    var parts: [String] = []
    if let since = fact.since { parts.append("since \(since)") }
    for architecture in Architecture.allCases {
      if let since = fact.sinceOn[architecture] {
        parts.append("on \(architecture.rawValue) since \(since)")
      }
    }
    if let until = fact.until { parts.append("until \(until)") }
    return parts.isEmpty ? "all" : parts.joined(separator: ", ")
  }

  private static func names(_ architectures: Set<Architecture>) -> String {
    Architecture.allCases.filter { architectures.contains($0) }.map(\.rawValue)
      .joined(separator: ", ")
  }
}
