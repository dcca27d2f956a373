internal import Advice
internal import HostModel
package import Profiles
internal import SourceText

/// `zonewise profiles suggest` for people: the profile, what speaks for it, and the runners-up.
package enum SuggestionText {
  package static func render(_ report: SuggestionReport, style: TextStyle) -> String {
    var lines: [String] = []
    func add(_ line: String, indent: Int) {
      let lead = String(line.prefix { $0 == " " })
      for (index, part) in line.printable.wrapped(style.width - indent).enumerated() {
        lines.append((index == 0 ? lead : String(repeating: " ", count: indent)) + part)
      }
    }
    let good = report.ranked.filter(\.isGoodEnough)
    if let best = good.first {
      lines.append(style.marked("\(best.profile.name): \(best.profile.title).", .bold))
      if let next = good.dropFirst().first {
        add("\(next.profile.name) fits too; read both before you choose.", indent: 0)
      }
    } else {
      lines.append(style.marked("general: nothing here speaks clearly for another profile.", .bold))
    }
    for suggestion in report.ranked {
      lines.append("")
      let mark: TextStyle.Mark = suggestion.isGoodEnough ? .green : .dim
      lines.append(
        style.marked(suggestion.profile.name, mark)
          + "  \(suggestion.points) point\(suggestion.points == 1 ? "" : "s")"
          + (suggestion.isGoodEnough
            ? "" : ", \(ProfileSuggester.threshold) would suggest it")
      )
      for seen in suggestion.seen {
        add("  +\(seen.selector.points)  \(seen.selector.why)", indent: 7)
        add("       seen: \(seen.evidence)", indent: 13)
      }
    }
    if !report.unknown.isEmpty {
      lines.append("")
      lines.append(style.marked("NOT KNOWN", .bold))
      for reason in report.unknown { add("  \(reason)", indent: 4) }
    }
    lines.append("")
    lines.append("zonewise advise --profile \(report.suggested)")
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }
}
