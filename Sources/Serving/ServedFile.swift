/// A file of the page, as the executable carries it.
package struct ServedFile: Sendable {
  package var name: String
  package var type: String
  package var text: String

  /// What a file is, by the end of its name.
  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
  ]

  /// The file of a name; the page itself has none.
  package static func named(_ name: String) -> ServedFile? {
    let own = name.isEmpty ? "index.html" : name
    guard let text = EmbeddedPage.texts.first(where: { $0.name == own })?.text,
      let type = own.split(separator: ".").last.flatMap({ types[String($0)] })
    else { return nil }
    return ServedFile(name: own, type: type, text: text)
  }

  /// Names of all of them.
  package static var names: [String] { EmbeddedPage.texts.map(\.name) }
}

/// The files of `Page/`, as they were when the executable was built.
enum EmbeddedPage {}
