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
      says so. A kernel newer than the newest that was read is judged as that one, and every answer
      says so.

      "Read" says in which of these sources a fact was found, and in which not. They are Debian's
      linux-source packages \(sources). A release between two of them is that of the commit which is
      named; where none is, "Start" says between which sources the change came, and what is taken.

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
      ("Read", readings(of: fact)),
      ("Start", starts(of: fact)),
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

  private static var sources: String {
    let names = SourcesRead.all.map { "\($0)" }
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  /// Where a release is taken that neither two sources in a row nor a commit show.
  private static func starts(of fact: KernelFact) -> String {
    var parts: [String] = []
    for place in Architecture.allCases where fact.architectures?.contains(place) ?? true {
      let own = fact.sinceOn[place]
      guard let start = own ?? fact.since, own != nil || fact.source.commit == nil,
        let first = SourcesRead.all.firstIndex(where: { holds(fact, in: $0, on: place) }), first > 0
      else { continue }
      let (absent, there) = (SourcesRead.all[first - 1], SourcesRead.all[first])
      guard !absent.isDirectly(before: there) else { continue }
      let text =
        (own == nil ? "" : "on \(place.rawValue) ")
        + "between \(absent) and \(there), \(start) is taken"
      if !parts.contains(text) { parts.append(text) }
    }
    return parts.joined(separator: "; ")
  }

  private static func holds(
    _ fact: KernelFact,
    in release: KernelRelease,
    on place: Architecture
  ) -> Bool {
    fact.holds(in: KernelVersion(releaseNumber: release, release: "\(release)"), on: place) ?? false
  }

  /// In which of the sources that were read a dated fact is, and in which it isn't.
  private static func readings(of fact: KernelFact) -> String {
    guard fact.since != nil || fact.until != nil else { return "" }
    let places = Architecture.allCases.filter { fact.architectures?.contains($0) ?? true }
    var parts: [String] = []
    var seen: Set<String> = []
    for place in places {
      let text = reading(of: fact, on: place)
      let own = fact.sinceOn[place] == nil ? "" : "on \(place.rawValue) "
      if seen.insert(own + text).inserted, own.isEmpty || !seen.contains(text) {
        parts.append(own + text)
      }
    }
    return parts.joined(separator: "; ")
  }

  private static func reading(of fact: KernelFact, on place: Architecture) -> String {
    let states = SourcesRead.all.map { ($0, holds(fact, in: $0, on: place)) }
    guard let first = states.firstIndex(where: \.1), let last = states.lastIndex(where: \.1) else {
      return "in none of them"
    }
    var text = "there in \(states[first].0)"
    text += first == 0 ? ", the oldest" : ", absent from \(states[first - 1].0)"
    if last + 1 < states.count {
      text += "; there in \(states[last].0), gone in \(states[last + 1].0)"
    }
    return text
  }

  private static func names(_ architectures: Set<Architecture>) -> String {
    Architecture.allCases.filter { architectures.contains($0) }.map(\.rawValue)
      .joined(separator: ", ")
  }
}

extension KernelRelease {
  /// Whether no mainline release lies between two of the same first number.
  fileprivate func isDirectly(before later: KernelRelease) -> Bool {
    series.major == later.major && series.minor + 1 == later.minor
  }
}
