/// Finds out which kinds of text a file holds, whatever carries and precedes their lines.
///
/// Asked only where a file is none of what a command reads: never for a live host.
package struct TextRecognizer {
  /// A kind that was seen, and the first line that showed it.
  package struct Found: Hashable, Sendable {
    package var kind: TextKind
    /// From 1.
    package var line: Int
    /// The line itself.
    package var text: String
  }

  private static let longestLine = 4096

  private var lines = LogLines(longest: longestLine)
  private var found: [Int: Found] = [:]
  private var stamped = 0
  private var firstStamped = 0

  package init() {}

  package mutating func append(_ piece: Span<UInt8>) {
    for index in 0..<piece.count where lines.add(piece[index]) { look() }
  }

  /// What the text holds, in the order in which it does; nothing where that is not known.
  package mutating func finish() -> [Found] {
    if lines.finish() { look() }
    let names = Set(found.values.map(\.kind.name))
    return found.values.filter { item in item.kind.isPartOf.map { !names.contains($0) } ?? true }
      .sorted { ($0.line, $0.kind.name) < ($1.line, $1.kind.name) }
  }

  /// Whether most lines have the kernel's time stamps.
  package var isKernelLog: Bool { stamped * 2 > lines.number || stamped > 20 }
  package var lineCount: Int { lines.number }

  private mutating func look() {
    let bytes = lines.text
    let prefix = LogPrefix(upToStampIn: bytes.span) ?? LogPrefix(of: bytes.span)
    if bytes.span.printkStamp != nil { stamped += 1 }
    guard prefix.end < bytes.count else { return }
    let line = TextLine(bytes.span.string(prefix.end..<bytes.count))
    guard !line.words.isEmpty,
      let index = TextKind.all.firstIndex(where: { $0.isShown(line) }), found[index] == nil
    else { return }
    found[index] = Found(
      kind: TextKind.all[index],
      line: lines.number,
      text: String(line.text.prefix(160))
    )
  }
}
