package import BootArguments
internal import HostModel
internal import SourceText

/// Boot arguments for one target as JSON, for programs that put them to use.
package enum BootAnswerJSON {
  /// The text is the snippet, the changed file, the way back or the diff.
  package static func render(
    _ target: BootTarget,
    _ request: BootRequest,
    text: [UInt8]
  ) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      writer.number("schemaVersion", UInt64(1))
      writer.string("command", "cmdline")
      writer.string("target", target.name)
      writer.string("kind", target.kind.rawValue)
      writer.string("place", target.place)
      writer.string("text", String(decoding: text, as: UTF8.self))
      writer.strings("arguments", request.change.set.map { $0.word })
      writer.array("remove", request.change.removals) { writer, removal in
        writer.object { writer in
          writer.string("name", removal.key)
          if let values = removal.values {
            writer.strings("values", values)
          } else {
            writer.null("values")
          }
          writer.string("reason", removal.why)
        }
      }
      writer.strings("apply", target.applySteps(request))
      writer.strings("rollback", target.rollbackSteps(request))
      writer.strings("notes", target.remarks(request))
      writer.bool("rebootNeeded", target.rebootNeeded)
      writer.string("profile", request.owner.profile)
      writer.string("reason", request.owner.reason)
      writer.string("date", request.owner.date)
    }
    return writer.bytes + [0x0A]
  }
}
