/// What the name of an archive tells, for walks over folders that hold many of others.
enum ArchiveName {
  /// A host's report, by the name that its program gives it.
  case report
  /// Of a capture, or of something else with such a name.
  case capture
  /// It may be one: only its entries tell.
  case unknown
  /// A packed page of a manual, a font, a package.
  case other

  init(_ path: String) {
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
      .lowercased()
    let isTar = Self.suffixes.contains { name.hasSuffix($0) } || name.contains(".tar.")
    if isTar, Self.beginnings.contains(where: { name.hasPrefix($0) }) {
      self = .report
    } else if isTar, Self.telling.contains(where: { name.contains($0) }) {
      self = .capture
    } else if isTar || Self.hinting.contains(where: { name.contains($0) }) {
      self = .unknown
    } else {
      self = .other
    }
  }

  private static let telling = [
    "sosreport", "supportconfig", "zonewise", "capture", "must-gather", "zoneinfo",
  ]
  /// Of captures that are one packed text, and of much else.
  private static let hinting = ["zonewise", "capture", "snapshot", "zoneinfo", "bundle"]
  /// Elsewhere in a name these are parts of words.
  private static let beginnings = ["sosreport", "supportconfig", "scc_", "nts_"]

  private static let suffixes = [
    ".tar", ".tgz", ".txz", ".tbz", ".tbz2", ".tzst", ".json.gz", ".json.zst", ".json.xz",
    ".ndjson.gz", ".ndjson.zst", ".ndjson.xz", ".jsonl.gz", ".jsonl.zst", ".jsonl.xz",
  ]
}
