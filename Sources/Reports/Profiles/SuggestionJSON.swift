internal import Advice
internal import HostModel
package import Profiles
internal import SourceText

/// `profiles suggest --format json`, schema version 1.
package enum SuggestionJSON {
  package static func render(_ report: SuggestionReport) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "profiles suggest")
      root.string("suggested", report.suggested)
      root.number("threshold", ProfileSuggester.threshold)
      root.array("profiles", report.ranked) { writer, suggestion in
        writer.object {
          $0.string("name", suggestion.profile.name)
          $0.number("points", suggestion.points)
          $0.array("seen", suggestion.seen) { writer, seen in
            writer.object {
              $0.number("points", seen.selector.points)
              $0.string("why", seen.selector.why)
              $0.string("evidence", seen.evidence)
            }
          }
        }
      }
      root.array("unknown", report.unknown) { writer, reason in
        writer.object {
          $0.string("input", reason.input ?? "")
          $0.string("reason", "\(reason)")
          $0.string("effect", "what it would show speaks for no profile")
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}
