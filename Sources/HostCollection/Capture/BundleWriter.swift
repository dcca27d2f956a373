internal import HostModel
internal import SourceText

/// Writes a captured host as one line of JSON, which `BundleSource` reads.
///
/// Other programs read and write bundles too: Documentation/sources.md and
/// Documentation/schemas/bundle.schema.json describe them.
enum BundleWriter {
  /// The line with its newline. The same host gives the same bytes but for the time.
  static func line(_ host: CapturedHost) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { root in
      let manifest = host.manifest
      root.number("schemaVersion", BundleFormat.schemaVersion)
      root.string("kind", BundleFormat.kind)
      root.string("tool", manifest.tool)
      root.string("taken", manifest.taken)
      root.string("from", manifest.from.rawValue)
      if let kernel = manifest.kernel { root.string("kernel", kernel) }
      if let machine = manifest.machine { root.string("machine", machine) }
      root.bool("redacted", manifest.isRedacted)
      root.bool("slim", manifest.isSlim)
      root.object("files") { files in
        for (path, contents) in host.files.sorted(by: { $0.key < $1.key }) {
          // What is not UTF-8 becomes U+FFFD here, as it does wherever these texts are read.
          files.string(path, String(decoding: contents, as: UTF8.self))
        }
      }
      root.object("unread") { unread in
        for (path, reason) in manifest.unreadable { unread.string(path, reason) }
      }
      root.object("listings") { listings in
        for (folder, names) in host.listings.sorted(by: { $0.key < $1.key }) {
          listings.strings(folder, names)
        }
      }
      if !host.substitutes.isEmpty {
        root.array("substitutes", host.substitutes) { writer, substitute in
          writer.object {
            $0.string("input", substitute.input)
            $0.string("from", substitute.from)
          }
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}
