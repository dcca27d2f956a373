internal import Advice
internal import FleetCheck
internal import HostModel
internal import SourceText

/// Parts that SARIF has in several places.
extension JSONWriter {
  /// Scalars of a line that are worth quoting; lines may be as long as their file.
  private static let longestSnippet = 1000

  mutating func message(_ key: String, _ text: String) {
    object(key) { $0.string("text", text) }
  }

  /// Prose with strangers' words: viewers make links of `[text](target)`, which a blank prevents.
  mutating func prose(_ key: String, _ text: String) {
    // Few texts have a bracket: a search by bytes spares most of them the one by characters.
    let hasLink = text.utf8.contains(UInt8(ascii: "]"))
    message(key, hasLink ? text.replacing("](", with: "] (") : text)
  }

  /// A place in a file, with the words that a finding there is about.
  mutating func physicalLocation(_ location: SourceLocation, of found: CheckFinding? = nil) {
    let uri = ArtifactURI(path: location.file)
    let line = Int64(max(1, location.line))
    object("physicalLocation") {
      $0.object("artifactLocation") {
        $0.string("uri", uri.text)
        if uri.isRelative { $0.string("uriBaseId", "%SRCROOT%") }
      }
      guard let found, found.length > 0 else {
        $0.object("region") { $0.number("startLine", line) }
        return
      }
      let column = max(1, location.column)
      let words = found.excerpt.flatMap { Self.words(in: $0, from: column, found.length) }
      $0.object("region") {
        $0.number("startLine", line)
        $0.number("startColumn", Int64(column))
        $0.number("endColumn", Int64(column + found.length))
        if let words { $0.message("snippet", words) }
      }
      guard let excerpt = found.excerpt, Self.isShort(excerpt) else { return }
      $0.object("contextRegion") {
        $0.number("startLine", line)
        $0.message("snippet", excerpt)
      }
    }
  }

  /// Counts only as far as the limit.
  private static func isShort(_ line: String) -> Bool {
    line.unicodeScalars.prefix(longestSnippet + 1).count <= longestSnippet
  }

  private static func words(in line: String, from column: Int, _ length: Int) -> String? {
    let scalars = line.unicodeScalars
    guard
      let start = scalars.index(
        scalars.startIndex,
        offsetBy: column - 1,
        limitedBy: scalars.endIndex
      ), start < scalars.endIndex
    else { return nil }
    return String(scalars[start...].prefix(min(length, longestSnippet)))
  }
}
